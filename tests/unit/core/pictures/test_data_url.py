"""Pictures as text."""

import base64
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writetex_desktop.core.errors import ImageError
from writetex_desktop.core.pictures.data_url import is_data_url, parse_data_url


@given(st.binary(min_size=1))
def test_base64_is_read_back(data: bytes) -> None:
    assert parse_data_url("data:image/png;base64," + base64.b64encode(data).decode()) == data


@given(st.binary(min_size=1))
def test_the_url_safe_alphabet_without_padding_is_read_back(data: bytes) -> None:
    text = base64.urlsafe_b64encode(data).decode().rstrip("=")
    assert parse_data_url("data:image/webp;base64," + text) == data


@pytest.mark.parametrize(
    "text",
    [
        "  data:image/png;base64,AQID\n",
        "DATA:IMAGE/PNG;BASE64,AQID",
        "data:image/png;name=a.png;base64,AQ\r\nID",
        "data:image/svg+xml;charset=utf-8;base64,AQID",
        "data:image/png;base64,AQ%49D",
        "data:image/png,%01%02%03",
    ],
)
def test_the_forms_of_the_standard_are_read(text: str) -> None:
    assert is_data_url(text)
    assert parse_data_url(text) == b"\x01\x02\x03"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "data:",
        "data:text/plain;base64,AQID",
        "data:image/png;base64",
        "data:image/png;base64,",
        "data:image/png;base64,A",
        "data:image/png;base64,???",
        "data:image/png;base64,AQ=ID",
        "data:image/png;base64,\u00e4\u00f6\u00fc",
        "https://example.com/a.png",
    ],
)
def test_nonsense_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(ImageError) as caught:
        parse_data_url(text)
    assert caught.value.remedy.text


@given(st.text())
def test_any_text_gives_bytes_or_an_image_error(text: str) -> None:
    with suppress(ImageError):
        assert parse_data_url("data:image/png;base64," + text)
