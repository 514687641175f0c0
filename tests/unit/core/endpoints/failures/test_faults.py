import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writetex_desktop.core.endpoints.catalogue.provider import ErrorSign
from writetex_desktop.core.endpoints.failures.body import quotable, read_body
from writetex_desktop.core.endpoints.failures.faults import WireFailure, explain
from writetex_desktop.core.endpoints.failures.trouble import Trouble, explain_trouble
from writetex_desktop.core.endpoints.failures.waits import (
    LONGEST_BELIEVED_S,
    asked_wait,
    read_wait,
    wait_in_words,
)
from writetex_desktop.core.endpoints.failures.words import format_wait
from writetex_desktop.core.errors import Fault, RemedyAction
from writetex_desktop.core.secret import Secret

KEY = "sk-test-0123456789abcdefsecret"
ROWS = json.loads((Path(__file__).parents[4] / "data" / "provider_errors.json").read_text(encoding="utf-8"))
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def failure(status: int, body: str, headers: dict[str, str] | None = None) -> WireFailure:
    url = "https://user:pw@api.example.com/v1/chat/completions"
    return WireFailure(status, body, headers or {}, url, "some-model", NOW, Secret(KEY))


@pytest.mark.parametrize("row", ROWS, ids=[row["name"] for row in ROWS])
def test_each_servers_own_error_is_understood(row: dict[str, object]) -> None:
    headers = row.get("headers", {})
    assert isinstance(headers, dict)
    error = explain(failure(int(str(row["status"])), str(row["body"]), headers))
    assert error.fault == row["fault"]
    assert error.retryable is row.get("retryable", False)
    assert error.parameter == row.get("parameter", "")
    if "wait" in row:
        assert error.retry_after_s == pytest.approx(row["wait"])
    assert "api.example.com" in error.message
    assert error.message.endswith((".", "”"))
    assert error.remedy.text.endswith(".")
    for private in ("{", "<", "pw@", "sk-", "https://"):
        assert private not in error.message


NAMES = ["error", "message", "detail", "code", "loc", "param", "status", "retryDelay", "type"]
BODIES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=12,
)


@given(status=st.integers(100, 599), body=st.text() | BODIES.map(json.dumps))
def test_whatever_comes_is_explained(status: int, body: str) -> None:
    error = explain(failure(status, body))
    assert error.message
    assert error.remedy.text


@given(st.text(), st.text())
def test_the_key_is_never_quoted(before: str, after: str) -> None:
    body = json.dumps({"error": {"message": before + KEY + after}})
    assert KEY not in explain(failure(400, body)).message


def test_a_quotation_is_short_plain_and_without_keys() -> None:
    words = "<b>Bad</b>  key gsk_abcdefgh123 and Bearer abc.def at https://x.example/a "
    said = quotable(words + "word " * 99, Secret(""))
    assert said.startswith("Bad key … and … at word")
    assert len(said) < 170


def test_a_server_that_wants_a_key_where_there_is_none_asks_for_it() -> None:
    error = explain(WireFailure(401, "", {}, "http://mybox:8000/v1/chat/completions", "m", NOW))
    assert error.message == "mybox:8000 asks for an API key."
    assert error.fault is Fault.BAD_KEY


def test_a_redirection_gives_the_new_base_url() -> None:
    headers = {"location": "https://new.example/api/v1/chat/completions"}
    error = explain(failure(308, "", headers))
    assert error.fault is Fault.REDIRECTED
    assert error.suggestion == "https://new.example/api/v1"
    assert "https://new.example/api/v1" in error.message
    assert error.remedy.action is RemedyAction.OPEN_ENDPOINT_SETTINGS


@pytest.mark.parametrize("location", ["", "javascript:alert(1)", "//", "http://["])
def test_a_redirection_to_nowhere_suggests_nothing(location: str) -> None:
    assert explain(failure(302, "", {"location": location})).suggestion == ""


@pytest.mark.parametrize("value", ["soon", "-3", "Mon, 99 Nov 2026 12:00:12 GMT", "", "9" * 400])
def test_a_wait_that_makes_no_sense_is_none(value: str) -> None:
    assert asked_wait({"retry-after": value}, NOW) is None


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-1", "1e300", '"99999999999s"'])
def test_a_wait_in_the_body_that_makes_no_sense_is_none(value: str) -> None:
    error = explain(failure(429, f'{{"error": {{"code": 429, "retry_after": {value}}}}}'))
    assert error.retry_after_s is None
    assert error.fault is Fault.RATE_LIMITED


def test_a_providers_own_sign_counts_before_the_common_ones() -> None:
    body = '{"error": {"code": "invalid_api_key", "message": "no"}}'
    signs = (ErrorSign(Fault.NO_MONEY, 401, code="Invalid_API_Key"),)
    assert explain(failure(401, body), signs).fault is Fault.NO_MONEY
    assert explain(failure(403, body), signs).fault is Fault.BAD_KEY


def test_a_date_to_wait_for_is_counted_from_now_where_the_server_gives_no_clock() -> None:
    assert asked_wait({"retry-after": "Mon, 23 Nov 2026 12:01:00 GMT"}, NOW) == 60
    assert asked_wait({"retry-after": "Mon, 23 Nov 2026 11:00:00 GMT"}, NOW) == 0


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        *((0.2, "1 second"), (7, "7 seconds"), (89.5, "2 minutes"), (600, "10 minutes"), (24367, "7 hours")),
        (3 * 86400, "3 days"),
    ],
)
def test_waits_are_said_in_words(seconds: float, words: str) -> None:
    assert format_wait(seconds) == words


def test_a_web_page_is_not_read() -> None:
    body = read_body("\ufeff <html>secret</html>")
    assert body.is_page
    assert body.message == ""


def test_neither_body_nor_key_shows_in_a_repr() -> None:
    assert "secret" not in repr(failure(400, "secret body", {"set-cookie": "secret"}))
    assert "secret" not in repr(read_body('{"message": "secret"}'))


@pytest.mark.parametrize("trouble", Trouble)
def test_every_trouble_is_told_with_a_remedy(trouble: Trouble) -> None:
    error = explain_trouble(trouble, "https://user:pw@api.example.com/v1")
    assert "{" not in error.message
    assert "pw" not in error.message
    assert error.remedy.text.endswith(".")
    assert error.remedy.action is not None


@pytest.mark.parametrize(
    "words",
    [
        "This model's maximum output exceeded; feel free to contact us.",
        "thinking_budget exceeds the maximum of the model.",
        "Invalid value for 'user': string too long, limit 64 exceeded.",
        "Unknown parameter: 'location'.",
        "The load balancer could not parse the body.",
    ],
)
def test_words_that_sound_like_money_or_place_are_not_taken_for_it(words: str) -> None:
    assert explain(failure(400, json.dumps({"error": {"message": words}}))).fault is Fault.BAD_PARAMETER


def test_a_long_wait_is_told_with_the_hour_of_the_users_clock() -> None:
    error = explain(failure(429, "", {"retry-after": "7200"}))
    assert "in 2 hours, at 14:00" in error.remedy.text
    tomorrow = explain(failure(429, "", {"retry-after": "86400"}))
    assert "tomorrow at 12:00" in tomorrow.remedy.text
    assert not error.retryable


def test_a_spent_day_never_proposes_to_ask_again_in_seconds() -> None:
    row = next(each for each in ROWS if each["name"] == "Gemini: the free requests of a day")
    error = explain(failure(429, row["body"]))
    assert "second" not in error.message + error.remedy.text
    assert "at 08:0" in error.remedy.text  # midnight in California


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        *(("7m12s", 432), ("1h2m3s", 3723), ("350ms", 0.35), ("6m0s", 360), ("2m59.56s", 179.56)),
        *(("12", 12), ("0.5", 0.5), ("PT1M30S", 90), ("00:02:05", 125), ("1 minute", 60), ("2 days", 172800)),
        *(("2026-11-23T12:00:30Z", 30), ("2026-11-23 14:00:30+02:00", 30), ("1795435230", 30)),
        *(("1795435230000", 30), ("Mon, 23 Nov 2026 12:00:30 GMT", 30), ("3分钟", 180), ("5 秒", 5)),
        *(("soon", None), ("", None), ("-5", None), ("P", 0), ("99999999999999", None), ("40 days", None)),
    ],
)
def test_one_reader_knows_every_form_of_a_wait(value: str, seconds: float | None) -> None:
    assert read_wait(value, NOW) == (None if seconds is None else pytest.approx(seconds))


@given(st.text(alphabet="0123456789.:hmsdPTZ+- 秒retryin", max_size=40))
def test_no_text_makes_a_wait_below_zero_or_beyond_belief(text: str) -> None:
    for found in (read_wait(text, NOW), wait_in_words(f"retry {text}", NOW)):
        assert found is None or 0 <= found <= LONGEST_BELIEVED_S


@pytest.mark.parametrize(
    "words",
    [
        "header X-Api-Token: topsecretvalue was wrong",
        "you sent Authorization: Bearer abc.def.ghi123456",
        "key AKIAABCDEFGHIJKLMNOP is unknown",
        "at https://u:p@host.example/v1?key=topsecretvalue",
        "data:image/png;base64,iVBORw0KGgo= is no picture",
    ],
)
def test_nothing_that_was_sent_in_confidence_is_quoted(words: str) -> None:
    sent = WireFailure(
        *(400, json.dumps({"error": {"message": words}}), {}, "https://a.example/v1", "m", NOW, Secret(KEY)),
        (Secret("topsecretvalue"),),
    )
    message = explain(sent).message
    for private in ("topsecret", "abc.def", "AKIA", "iVBOR", "u:p@"):
        assert private not in message


def test_of_words_without_end_only_the_beginning_is_read_and_no_half_of_a_key_is_shown() -> None:
    for before in range(19_950, 20_010):
        message = explain(
            failure(400, json.dumps({"error": {"message": "<" + "x" * before + f"> {KEY}"}}))
        ).message
        assert KEY[:12] not in message
        assert len(message) < 400
