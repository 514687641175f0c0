"""Reads pages set by pdfLaTeX from paragraphs with formulas, and says how much of them is right.

    .venv/bin/python packaging/measure_pages.py PARAGRAPHS.jsonl.gz [PAGES] [DPI]

A line of the corpus is `{"text": "... $x$ ..."}`. Every other page is set in two columns. What is counted:
characters of the words that differ, formulas of the sentences that are found and that are right, and pages
whose paragraphs come in their order. Needs pdflatex.
"""

import difflib
import gzip
import json
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pypdfium2

from writetex_desktop.adapters.pictures.codec import PillowCodec
from writetex_desktop.adapters.recogniser.display import Hurry
from writetex_desktop.adapters.recogniser.model import FormulaModel
from writetex_desktop.adapters.recogniser.pages.networks import TextNetworks
from writetex_desktop.adapters.recogniser.pages.reader import PageReader
from writetex_desktop.adapters.recogniser.pages.weights import find_weights
from writetex_desktop.core.errors import WriteTexError
from writetex_desktop.core.formats.page import Formula, Paragraph, Role, Words
from writetex_desktop.core.formats.page_text import runs_of
from writetex_desktop.core.latex.canonical import canonicalize
from writetex_desktop.core.pictures.image import EncodedImage

ROOT = Path(__file__).resolve().parent.parent
MARK = "\u25ca"
"""Stands for a formula among the words."""

PARAGRAPHS = 6
SHORTEST, LONGEST = 150, 700
"""Characters of a paragraph."""

HEAD = 25
"""Characters by which a paragraph is found again."""

PLAIN = re.compile(r"[A-Za-z0-9 .,;:()'$\\{}^_=+\-<>|/*!?\[\]&]+")


def paragraphs(path: Path, wanted: int) -> list[str]:
    """Some that pdfLaTeX sets and whose formulas the canonical form takes; always the same ones."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        texts = [str(json.loads(line)["text"]) for line in lines]
    random.Random(16).shuffle(texts)  # noqa: S311 - the same pages each time
    found: list[str] = []
    for text in texts:
        parts = text.split("$")
        if not SHORTEST < len(text) < LONGEST or not PLAIN.fullmatch(text) or len(parts) % 2 == 0:
            continue
        if "\\" not in "".join(parts[::2]) and all(map(_is_known, parts[1::2])):
            found.append(" ".join(text.split()))
        if len(found) == wanted:
            break
    return found


def _is_known(latex: str) -> bool:
    try:
        return bool(canonicalize(latex))
    except (WriteTexError, ValueError):
        return False


def set_page(texts: list[str], folder: Path, dpi: int, *, columns: bool) -> EncodedImage | None:
    """Set paragraphs as a page; None where LaTeX refuses."""
    kind = "10pt,twocolumn" if columns else "11pt"
    source = (
        f"\\documentclass[{kind}]{{article}}\\usepackage[a4paper,margin=2.2cm]{{geometry}}"
        "\\usepackage{amsmath,amssymb}\\pagestyle{empty}\\begin{document}\n"
        + "\n\n".join(texts)
        + "\n\\end{document}\n"
    )
    (folder / "page.tex").write_text(source, "utf-8")
    command = ["pdflatex", "-interaction=batchmode", "-halt-on-error", "page.tex"]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    if done.returncode:
        return None
    document = pypdfium2.PdfDocument(folder / "page.pdf")
    document[0].render(scale=dpi / 72, grayscale=True).to_pil().save(folder / "page.png")
    bitmap = PillowCodec().decode((folder / "page.png").read_bytes())
    return EncodedImage("image/png", (folder / "page.png").read_bytes(), bitmap.width, bitmap.height)


def flat(runs: Iterator[Words | Formula]) -> tuple[str, list[str]]:
    """Words with marks for formulas, and the formulas."""
    words, formulas = "", []
    for run in runs:
        if isinstance(run, Formula):
            words += MARK
            formulas.append(canonicalize(run.latex) if _is_known(run.latex) else run.latex)
        else:
            words += run.text
    return " ".join(words.split()), formulas


def main() -> None:
    """Print a line a page and one for all."""
    corpus, count, dpi = Path(sys.argv[1]), int([*sys.argv, "8"][2]), int([*sys.argv, "", "150"][3])
    texts = paragraphs(corpus, count * PARAGRAPHS)
    weights = find_weights()
    assert weights is not None, "The extra `pages` is not installed."
    reader = PageReader(TextNetworks(weights), FormulaModel(ROOT / "resources" / "model"))
    total = dict.fromkeys(("letters", "wrong", "formulas", "found", "right", "pages", "ordered"), 0)
    for number in range(count):
        chosen = texts[number * PARAGRAPHS : (number + 1) * PARAGRAPHS]
        with tempfile.TemporaryDirectory() as folder:
            picture = set_page(chosen, Path(folder), dpi, columns=number % 2 == 1)
        if picture is None:
            continue
        begun = time.process_time()
        page = reader.read(picture, Hurry.within(300, threading.Event()))
        seconds = time.process_time() - begun
        blocks = [each.block for each in page.blocks if isinstance(each.block, Paragraph)]
        read = [
            run for block in blocks if block.role is not Role.FURNITURE for run in (*block.runs, Words(" "))
        ]
        words, formulas = flat(iter(read))
        true_words, true_formulas = flat(
            iter([run for text in chosen for run in (*runs_of(text), Words(" "))])
        )
        _count(total, (words, formulas), (true_words, true_formulas))
        heads = [text.split("$")[0][:HEAD] for text in chosen if len(text.split("$")[0]) > HEAD]
        places = [words.find(head) for head in heads]
        total["pages"] += 1
        total["ordered"] += [p for p in places if p >= 0] == sorted(p for p in places if p >= 0)
        print(f"page {number}: {seconds:.1f} s of processor time", flush=True)
    letters, formulas_count = max(1, total["letters"]), max(1, total["formulas"])
    wrong = total["wrong"] / letters
    found, right = total["found"] / formulas_count, total["right"] / max(1, total["found"])
    print(f"{total['pages']} pages at {dpi} dpi: characters wrong {wrong:.2%}, in order {total['ordered']}")
    print(f"{formulas_count} formulas: found {found:.1%}, right {right:.1%} of these")


def _count(total: dict[str, int], read: tuple[str, list[str]], true: tuple[str, list[str]]) -> None:
    """Compare a page with its truth: letters by letters, formulas where their marks meet."""
    plain, true_plain = (text.replace(MARK, "").replace(" ", "") for text in (read[0], true[0]))
    same = sum(
        match.size
        for match in difflib.SequenceMatcher(None, true_plain, plain, autojunk=False).get_matching_blocks()
    )
    total["letters"] += len(true_plain)
    total["wrong"] += max(len(true_plain), len(plain)) - same
    total["formulas"] += len(true[1])
    matcher = difflib.SequenceMatcher(None, true[0], read[0], autojunk=False)
    for match in matcher.get_matching_blocks():
        before = true[0][: match.a].count(MARK), read[0][: match.b].count(MARK)
        marks = true[0][match.a : match.a + match.size].count(MARK)
        total["found"] += marks
        total["right"] += sum(true[1][before[0] + at] == read[1][before[1] + at] for at in range(marks))


if __name__ == "__main__":
    main()
