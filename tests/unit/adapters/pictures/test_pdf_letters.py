"""The letters of a page of a PDF file, in the picture that is drawn of it."""

from pathlib import Path

import pytest

from writetex_desktop.adapters.pictures.apart import PagesApart, letters_told
from writetex_desktop.adapters.pictures.pdf_pages import PdfPages
from writetex_desktop.core.errors import ImageError
from writetex_desktop.core.pictures.image import BYTES_PER_PIXEL, Bitmap, ImageLimits

LIMITS = ImageLimits(max_side_px=600, max_area_px=360_000)
INK = 128


def document(folder: Path, words: str, *, turned: int = 0) -> str:
    """A page of one line in Helvetica, which every viewer has."""
    content = f"BT /F1 24 Tf 40 200 Td ({words}) Tj ET".encode("latin-1")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] /Rotate %d /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>" % turned,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    )
    body, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(body)
    path = folder / "page.pdf"
    path.write_bytes(body + b"xref\n0 6\n0000000000 65535 f \n" + table + trailer)
    return str(path)


def text_of(page: Bitmap) -> str:
    return "".join(" " * each.follows_blank + each.text for each in page.printed).strip()


def has_ink(page: Bitmap, left: float, top: float, right: float, bottom: float) -> bool:
    rows = range(max(0, int(top)), min(page.height, int(bottom) + 1))
    columns = range(max(0, int(left)), min(page.width, int(right) + 1))
    return any(page.data[(y * page.width + x) * BYTES_PER_PIXEL] < INK for y in rows for x in columns)


@pytest.mark.parametrize("turned", [0, 90])
def test_letters_stand_where_their_ink_is(tmp_path: Path, turned: int) -> None:
    page = PdfPages().page(document(tmp_path, "Caf\xe9 of fields", turned=turned), 1, LIMITS)
    assert text_of(page) == "Caf\xe9 of fields"
    for letter in page.printed:
        box = letter.box
        assert has_ink(page, box.left, box.top, box.right, box.bottom)
    # Nothing is left out: outside the boxes there is paper.
    edges = [letter.box for letter in page.printed]
    assert not has_ink(page, 0, 0, page.width, min(box.top for box in edges) - 3)
    assert not has_ink(page, 0, max(box.bottom for box in edges) + 3, page.width, page.height)


def test_the_process_for_documents_tells_the_same(tmp_path: Path) -> None:
    path = document(tmp_path, "Some words")
    assert PagesApart().page(path, 1, LIMITS).printed == PdfPages().page(path, 1, LIMITS).printed


def test_a_page_without_text_tells_nothing(tmp_path: Path) -> None:
    assert PdfPages().page(document(tmp_path, ""), 1, LIMITS).printed == ()


@pytest.mark.parametrize(
    "told",
    [5, [[1, 2, 3, 4, 5, True]], [["a", 1, 2, 3, True]], [["a", 1, 2, 3, float("nan"), True]], "ab", [[]]],
)
def test_letters_that_are_none_are_refused(told: object) -> None:
    with pytest.raises(ImageError):
        letters_told(told)
