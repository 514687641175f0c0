"""What must not be in a log."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writetex_desktop.core.redaction import redact

KEY = "sk-proj-abcdefghijklmnop1234567890"


@pytest.mark.parametrize(
    "text",
    [
        f"Authorization: Bearer {KEY}",
        f"'authorization': 'Bearer {KEY}'",
        f'"Authorization": "Bearer {KEY}", "Accept": "json"',
        f"(b'Authorization', b'Bearer {KEY}')",
        f"Proxy-Authorization: Basic {KEY}",
        f"x-api-key: {KEY}",
        f"x-goog-api-key={KEY}",
        f"api_key='{KEY}'",
        f"https://api.example/v1/models?key={KEY}&x=1",
        f"bearer {KEY}",
        f"the server said: Incorrect API key provided: {KEY}.",
        f"Cookie: session={KEY}",
    ],
)
def test_keys_are_taken_out_wherever_they_usually_stand(text: str) -> None:
    assert KEY not in redact(text)
    assert "abcdefghijkl" not in redact(text)


def test_a_key_of_no_known_form_is_taken_out_when_it_is_known() -> None:
    assert redact("it was hunter2hunter2!", ["hunter2hunter2"]) == "it was ***!"


def test_a_key_with_signs_that_are_escaped_is_taken_out_in_both_forms() -> None:
    secret = "pass'word\\ü-long"
    text = f"{secret} {secret!r} {secret.encode('unicode_escape').decode()}"
    assert "word" not in redact(text, [secret])


def test_a_longer_secret_that_holds_a_shorter_one_leaves_nothing() -> None:
    assert redact("abcdefgh-ijklmn", ["abcdefgh", "abcdefgh-ijklmn"]) == "***"


def test_what_local_servers_are_given_as_a_key_is_no_secret() -> None:
    assert redact("none of it", ["none"]) == "none of it"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("File /home/ada/writetex/a.py, line 3", "File ~/writetex/a.py, line 3"),
        ("File /Users/ada/a.py", "File ~/a.py"),
        (r"File C:\Users\ada lovelace\a.py", r"File ~ lovelace\a.py"),
        ("GET https://api.example/v1/x?q=secret HTTP/1.1", "GET https://api.example/v1/x?*** HTTP/1.1"),
        ("url data:image/png;base64,AAAABBBB== end", "url data:*** end"),
    ],
)
def test_names_queries_and_pictures_are_taken_out(text: str, plain: str) -> None:
    assert redact(text) == plain


@pytest.mark.parametrize(
    "text",
    [
        "the hotkey Ctrl+Super+M is taken",
        "https://api.example/v1/chat/completions",
        "the authorization failed",
        "task-failed-with-an-error-of-some-length",
    ],
)
def test_ordinary_lines_are_left_as_they_are(text: str) -> None:
    assert redact(text) == text


@given(st.text(), st.lists(st.text(st.characters(exclude_characters="*"), min_size=6)), st.data())
def test_no_known_secret_is_left(text: str, secrets: list[str], data: st.DataObject) -> None:
    for secret in secrets:
        at = data.draw(st.integers(0, len(text)))
        text = text[:at] + secret + text[at:]
    clean = redact(text, secrets)
    assert not [secret for secret in secrets if secret in clean]
