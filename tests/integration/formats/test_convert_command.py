"""`writetex convert` as a process: what it says of bytes that are no formula."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import run


@pytest.mark.parametrize(
    ("data", "status", "printed", "said"),
    [
        ("\ufeff\\alpha\n".encode(), 0, "α\n", ""),
        (b"\xff\xfe", 1, "", "writetex: The input is not text in UTF-8. Save it in UTF-8.\n"),
        (b"", 1, "", "writetex: There is no formula to convert. Write one first.\n"),
    ],
)
async def test_a_file_is_converted_or_refused_in_words(
    tmp_path: Path, data: bytes, status: int, printed: str, said: str
) -> None:
    source = tmp_path / "formula.tex"
    source.write_bytes(data)
    assert await run(tmp_path, "convert", "--to", "unicode", str(source)) == (status, printed, said)


@pytest.mark.parametrize("name", [r"\frac{a}{b}", "x^2 + y", "a = b", r"\alpha", "{" * 5000])
async def test_a_formula_in_the_place_of_a_file_is_told_where_it_belongs(tmp_path: Path, name: str) -> None:
    status, printed, said = await run(tmp_path, "convert", "--to", "typst", name)
    assert (status, printed) == (1, "")
    shown = name if len(name) <= 60 else name[:60] + "…"
    assert said == (
        f"writetex: There is no file named “{shown}”. Give a formula on standard input, with - as its name.\n"
    )


def test_a_warning_of_a_library_is_no_word_of_the_program() -> None:
    program = (
        "import warnings, logging, sys\n"
        "from writetex_desktop.composition.conversion_program import definitions\n"
        "definitions(None, None)\n"
        "warnings.warn('of a library')\n"
        "logging.getLogger('library').error('of a library')\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stderr == ""
