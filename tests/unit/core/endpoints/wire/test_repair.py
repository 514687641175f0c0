import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writetex_desktop.core.endpoints.wire.memory import RepairMemory
from writetex_desktop.core.endpoints.wire.repair import (
    ALL_WISHES,
    Repair,
    find_repair,
    plain_repair,
    repaired,
)

REQUEST: dict[str, object] = {
    "model": "m",
    "messages": [],
    "stream": True,
    "stream_options": {},
    "max_tokens": 9,
    "reasoning_effort": "none",
    "thinking": {"type": "disabled"},
}


def told(message: str, param: str | None = None) -> str:
    return json.dumps({"error": {"message": message, "param": param}})


@pytest.mark.parametrize(
    ("body", "repair"),
    [
        (told("Unsupported value", "reasoning_effort"), Repair("reasoning_effort")),
        (told("Use 'max_completion_tokens'", "max_tokens"), Repair("max_tokens", "max_completion_tokens")),
        (told("Bad", "stream_options.include_usage"), Repair("stream_options")),
        (json.dumps({"detail": [{"loc": ["body", "thinking"], "msg": "extra"}]}), Repair("thinking")),
        (told("Unrecognized request argument supplied: stream_options"), Repair("stream_options")),
        (told("Unknown field `thinking`"), Repair("thinking")),
        (json.dumps({"detail": "reasoning_effort is not allowed"}), Repair("reasoning_effort")),
    ],
)
def test_the_parameter_a_server_names_is_found(body: str, repair: Repair) -> None:
    assert find_repair(400, body, REQUEST, ()) == repair


@pytest.mark.parametrize(
    "body",
    [
        told("The model is thinking about your stream"),
        told("Invalid", "model"),
        told("Invalid", "messages.[0].content"),
        told("temperature must be 1", "temperature"),
        "<html>stream_options</html>",
        "",
    ],
)
def test_a_refusal_that_names_none_of_ours_is_not_repaired(body: str) -> None:
    assert find_repair(400, body, REQUEST, ()) is None


@pytest.mark.parametrize("status", [401, 404, 429, 502])
def test_only_refusals_of_the_request_are_repaired(status: int) -> None:
    assert find_repair(status, told("", "thinking"), REQUEST, ()) is None


def test_a_parameter_refused_under_both_names_is_dropped() -> None:
    first = find_repair(400, told("", "max_tokens"), REQUEST, ())
    assert first is not None
    request = repaired(REQUEST, (first,))
    assert request["max_completion_tokens"] == 9
    second = find_repair(422, told("", "max_completion_tokens"), request, (first,))
    assert second == Repair("max_completion_tokens")
    assert "max_completion_tokens" not in repaired(REQUEST, (first, second))


@given(st.lists(st.sampled_from([*REQUEST, "max_completion_tokens"]), min_size=20, max_size=20))
def test_repairing_ends_and_keeps_what_matters(named: list[str]) -> None:
    repairs: tuple[Repair, ...] = ()
    for name in named:
        repair = find_repair(400, told("", name), repaired(REQUEST, repairs), repairs)
        repairs += (repair,) if repair else ()
    assert len(repairs) <= len(REQUEST)
    assert {"model", "messages"} <= repaired(REQUEST, repairs).keys()


@pytest.mark.parametrize(
    ("message", "least"),
    [
        (
            "'reasoning_effort' does not support 'none'. Supported values are: 'minimal', 'low', and 'high'.",
            "minimal",
        ),
        ("Invalid reasoning_effort. Valid values are: high, low, medium, none", "none"),
        ("reasoning_effort: Input should be 'low', 'medium' or 'high'", "low"),
    ],
)
def test_a_server_that_says_which_efforts_it_knows_gets_the_least(message: str, least: str) -> None:
    request = {**REQUEST, "reasoning_effort": "minimal" if least == "none" else "none"}
    repair = find_repair(400, told(message, "reasoning_effort"), request, ())
    assert repair == Repair("reasoning_effort", new_value=least)
    assert repaired(request, (repair,))["reasoning_effort"] == least


def test_an_effort_that_is_refused_again_is_dropped() -> None:
    message = "reasoning_effort: valid values are: low"
    first = find_repair(400, told(message), REQUEST, ())
    assert first == Repair("reasoning_effort", new_value="low")
    assert find_repair(400, told(message), repaired(REQUEST, (first,)), (first,)) == Repair(
        "reasoning_effort"
    )


def test_a_server_that_only_streams_is_not_asked_for_the_whole() -> None:
    assert find_repair(400, told("", "stream"), REQUEST, ()) == Repair("stream")
    assert find_repair(400, told("", "stream"), REQUEST, (), needs_stream=True) is None


def test_a_request_without_wishes_cannot_be_made_plainer() -> None:
    repair = plain_repair(REQUEST)
    assert repair == Repair(ALL_WISHES)
    plain = repaired(REQUEST, (repair,))
    assert plain.keys() == {"model", "messages", "stream", "stream_options"}
    assert plain_repair(plain) is None


def test_what_was_learnt_is_known_of_that_model_at_that_endpoint_only() -> None:
    memory = RepairMemory()
    memory.learn("https://a.example/v1", "m", (Repair("thinking"),))
    assert memory.known("https://a.example/v1", "m") == (Repair("thinking"),)
    assert memory.known("https://a.example/v1", "n") == ()
    assert memory.known("https://b.example/v1", "m") == ()
