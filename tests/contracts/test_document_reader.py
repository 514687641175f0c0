"""What every `DocumentReader` keeps to."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fakes import FakeDocumentReader
from writetex_desktop.adapters.pictures.apart import PagesApart
from writetex_desktop.adapters.pictures.pdf_pages import PdfPages
from writetex_desktop.core.errors import ImageError, LockedError
from writetex_desktop.core.pictures.image import ImageLimits
from writetex_desktop.core.secret import Secret
from writetex_desktop.ports.pictures import DocumentReader

LIMITS = ImageLimits(max_side_px=150, max_area_px=15_000)
OBJECTS = (
    b"<< /Type /Catalog /Pages 2 0 R >>",
    b"<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>",
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 300] /Contents 5 0 R >>",
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 5 0 R >>",
    b"<< /Length 26 >>\nstream\n1 0 0 rg 0 0 100 100 re f \nendstream",
)


def pdf() -> bytes:
    """Make a document of an upright and a lying page, each with a red square in its lower left corner."""
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(OBJECTS, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(body)
    return body + b"xref\n0 6\n0000000000 65535 f \n" + table + trailer


def real(folder: Path) -> tuple[DocumentReader, str]:
    path = folder / "two.pdf"
    path.write_bytes(pdf())
    return PdfPages(), str(path)


def apart(folder: Path) -> tuple[DocumentReader, str]:
    return PagesApart(), real(folder)[1]


def fake(_folder: Path) -> tuple[DocumentReader, str]:
    return FakeDocumentReader({"two.pdf": 2}), "two.pdf"


@pytest.fixture(params=[real, apart, fake], ids=["PdfPages", "PagesApart", "FakeDocumentReader"])
def two(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[DocumentReader, str]:
    make: Callable[[Path], tuple[DocumentReader, str]] = request.param
    return make(tmp_path)


def test_pages_are_counted_and_drawn_within_the_limits(two: tuple[DocumentReader, str]) -> None:
    reader, path = two
    assert reader.page_count(path) == 2
    for number in (1, 2):
        page = reader.page(path, number, LIMITS)
        assert page.width * page.height <= LIMITS.max_area_px * 1.05
        assert max(page.width, page.height) <= LIMITS.max_side_px
    assert bytes(reader.page(path, 1, LIMITS).data) != bytes(reader.page(path, 2, LIMITS).data)


@pytest.mark.parametrize("number", [0, 3])
def test_a_page_that_is_not_there_is_refused(two: tuple[DocumentReader, str], number: int) -> None:
    reader, path = two
    with pytest.raises(ImageError):
        reader.page(path, number, LIMITS)


def test_a_document_that_is_not_there_is_refused_with_a_remedy(two: tuple[DocumentReader, str]) -> None:
    reader, _ = two
    with pytest.raises(ImageError) as caught:
        reader.page_count("missing.pdf")
    assert caught.value.remedy.text


def test_a_page_is_drawn_in_its_colours_on_white(tmp_path: Path) -> None:
    reader, path = real(tmp_path)
    page = reader.page(path, 1, LIMITS)
    pixels = bytes(page.data)
    assert (page.width, page.height) == (100, 150)
    assert pixels[:3] == b"\xff\xff\xff"
    assert pixels[-100 * 4 :][:3] == b"\x00\x00\xff"


def test_what_only_claims_to_be_a_document_is_refused_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing")
    with pytest.raises(ImageError) as caught:
        PdfPages().page_count(str(tmp_path / "broken.pdf"))
    assert caught.value.remedy.text


LOCKED = Path(__file__).parents[1] / "data" / "locked.pdf"
"""The document above, encrypted by Ghostscript."""

PASSWORD = Secret("open sesame")


def locked_fake() -> DocumentReader:
    return FakeDocumentReader({str(LOCKED): 2}, {str(LOCKED): PASSWORD.reveal()})


@pytest.mark.parametrize("make", [PdfPages, PagesApart, locked_fake])
def test_a_locked_document_opens_with_its_password_alone(make: Callable[[], DocumentReader]) -> None:
    reader = make()
    for password in (None, Secret(""), Secret("open")):
        with pytest.raises(LockedError) as caught:
            reader.page_count(str(LOCKED), password)
        assert caught.value.remedy.text
        with pytest.raises(LockedError):
            reader.page(str(LOCKED), 1, LIMITS, password)
    assert reader.page_count(str(LOCKED), PASSWORD) == 2
    assert reader.page(str(LOCKED), 2, LIMITS, PASSWORD).width > 0


def test_an_open_document_takes_any_password(two: tuple[DocumentReader, str]) -> None:
    reader, path = two
    assert reader.page_count(path, Secret("whatever")) == 2
