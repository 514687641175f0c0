"""What a file is by its bytes, whatever its name says."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writetex_desktop.core.pictures.file_forms import FileForm, form_of, refusal


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (b"", FileForm.EMPTY),
        (b"\n \n", FileForm.EMPTY),
        (bytes(512), FileForm.EMPTY),
        (b"\x89PNG\r\n\x1a\n", FileForm.PLAIN),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", FileForm.PLAIN),
        (b"RIFF\x24\x00\x00\x00AVI LIST", FileForm.VIDEO),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", FileForm.HEIF),
        (b"\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00mif1heic", FileForm.HEIF),
        (b"\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00mif1avif", FileForm.PLAIN),
        (b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isommp41", FileForm.VIDEO),
        (b"\x00\x00\x00\x18ftypcrx \x00\x00\x00\x01crx isom", FileForm.CAMERA),
        (b"%PDF-1.7\n", FileForm.PDF),
        (b"junk before\n%PDF-1.7\n", FileForm.PDF),
        (b"%!PS-Adobe-3.0 EPSF-3.0", FileForm.DRAWING),
        (b"PK\x03\x04\x14\x00", FileForm.DOCUMENT),
        (b"8BPS\x00\x01", FileForm.CAMERA),
        (b"\x00\x00\x00\x0cJXL \r\n\x87\n", FileForm.CAMERA),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", FileForm.SVG),
        (gzip.compress(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), FileForm.SVG),
        (gzip.compress(b"<svg>" + bytes(range(256)) * 400)[:300], FileForm.SVG),
        (gzip.compress(b"\xff\x00"), FileForm.UNKNOWN),
        (b"\x1f\x8b\x08 and no more", FileForm.UNKNOWN),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- a <svg> -->\n<svg:svg>", FileForm.SVG),
        (b'<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x">\n<svg >', FileForm.SVG),
        (b"<!DOCTYPE html><html><body><svg></svg>", FileForm.TEXT),
        (b"\\frac{1}{2}\n", FileForm.TEXT),
        ("\u0434\u0430".encode(), FileForm.TEXT),
        ("x = 1".encode("utf-16"), FileForm.TEXT),
        (b"\x02\x07\x01", FileForm.UNKNOWN),
    ],
)
def test_a_file_is_told_by_its_first_bytes(data: bytes, form: FileForm) -> None:
    assert form_of(data) is form


@given(st.binary(max_size=64))
def test_every_refusal_is_a_sentence_with_a_remedy(data: bytes) -> None:
    error = refusal(data)
    assert error.message.endswith(".")
    assert error.remedy.text.endswith(".")
