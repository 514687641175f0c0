"""The exported history is a document that LaTeX takes."""

import shutil
import subprocess
from pathlib import Path

import pytest

from writetex_desktop.core.history.entry import HistoryEntry
from writetex_desktop.core.history.export import ExportForm, Kept, export_foot, export_head, export_pieces
from writetex_desktop.core.reading.recognition import Engine, Mode

MARKUPS = [
    (r"\frac{-b \pm \sqrt{b^2-4ac}}{2a}", Mode.FORMULA),
    (r"a &= b \\ c &= d", Mode.FORMULA),
    (r"\begin{align} a &= b \\ c &= d \end{align}", Mode.HANDWRITING),
    ("Let $x$ be a number.\n\nThen \\(x = x\\).", Mode.TEXT),
    (r"\begin{tabular}{cc} a & b \\ c & d \end{tabular}", Mode.TABLE),
    (r"\begin{tikzpicture} \draw (0,0) -- (1,1); \end{tikzpicture}", Mode.TIKZ),
]


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")
def test_pdflatex_takes_the_exported_history(tmp_path: Path) -> None:
    kept: list[Kept] = [
        (HistoryEntry(number, markup, mode, Engine.ENDPOINT, "gpt_x", 1.0), None)
        for number, (markup, mode) in enumerate(MARKUPS)
    ]
    pieces = "".join(export_pieces(kept, ExportForm.LATEX, first=True))
    text = export_head(ExportForm.LATEX) + pieces + export_foot(ExportForm.LATEX)
    (tmp_path / "history.tex").write_text(text, encoding="utf-8")
    run = subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "history.tex"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        timeout=50,
    )
    assert run.returncode == 0, run.stdout.decode("utf-8", "replace")[-2000:]
    assert (tmp_path / "history.pdf").stat().st_size > 1000
