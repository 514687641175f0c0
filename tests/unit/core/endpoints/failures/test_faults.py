import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writetex_desktop.core.endpoints.catalogue.provider import ErrorSign
from writetex_desktop.core.endpoints.failures.body import quotable, read_body, retry_after
from writetex_desktop.core.endpoints.failures.faults import WireFailure, explain, format_wait
from writetex_desktop.core.endpoints.failures.trouble import Trouble, explain_trouble
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
    assert retry_after({"retry-after": value}, NOW) is None


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
    assert retry_after({"retry-after": "Mon, 23 Nov 2026 12:01:00 GMT"}, NOW) == 60
    assert retry_after({"retry-after": "Mon, 23 Nov 2026 11:00:00 GMT"}, NOW) == 0


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "1 second"), (7, "7 seconds"), (89.5, "2 minutes"), (600, "10 minutes"), (24367, "7 hours")],
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
