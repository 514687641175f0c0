"""Reads the pages of `model.evaluation.pages.make` as the program does and says how much of them is right.

`python -m model.evaluation.pages.measure [--limit N] [--faults] [--peer FILE] [--documents text]` with the
environment of the program itself; FILE is what `model.evaluation.pages.peer` wrote. `results.json` beside the
pages keeps every fault. Five to fifteen seconds a page.
"""

import argparse
import json
import threading
import time
from collections import defaultdict
from dataclasses import asdict
from pathlib import Path

from model.evaluation.pages.make import PAGES
from model.evaluation.pages.score import Fault, Score, Told, compare, meant_by, numbered, starts_of, told_of
from model.paths import MODEL
from writetex_desktop.adapters.pictures.codec import PillowCodec
from writetex_desktop.adapters.pictures.pdf_pages import PdfPages
from writetex_desktop.adapters.recogniser.display import Hurry
from writetex_desktop.adapters.recogniser.model import FormulaModel
from writetex_desktop.adapters.recogniser.pages.networks import TextNetworks
from writetex_desktop.adapters.recogniser.pages.reader import PageReader
from writetex_desktop.adapters.recogniser.pages.weights import find_weights
from writetex_desktop.core.formats.page_text import markup_of
from writetex_desktop.core.pictures.image import EncodedImage, as_bmp
from writetex_desktop.services.batches.sources import PAGE_LIMITS


def main() -> None:
    """Print a line for each kind of page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=int, default=10**6)
    parser.add_argument("--only", default="", help="part of the names of the pages that are read")
    parser.add_argument(
        "--documents",
        choices=("text", "pictures"),
        help="read the PDF files, with the text in them or without",
    )
    parser.add_argument("--faults", action="store_true")
    parser.add_argument("--peer", type=Path, help="what another program read")
    options = parser.parse_args()
    weights = find_weights()
    assert weights is not None, "The extra `pages` is not installed."
    reader = PageReader(TextNetworks(weights), FormulaModel(MODEL))
    peer = json.loads(options.peer.read_text("utf-8")) if options.peer else {}
    totals: dict[str, Score] = defaultdict(Score)
    found: dict[str, list[dict[str, str]]] = {}
    plans = json.loads((PAGES / "truth.json").read_text("utf-8"))
    for plan in [each for each in plans if options.only in each["name"]][: options.limit]:
        name = plan["name"]
        parts = numbered(plan["parts"]) if plan["setter"] == "latex" else plan["parts"]
        meant, starts = told_of(meant_by(parts)), starts_of(parts)
        document = PAGES / "work" / f"{name}.pdf"
        if options.documents and (plan["is_scanned"] or not document.exists()):
            continue
        if options.documents:
            bitmap = PdfPages().page(str(document), 1, PAGE_LIMITS)
            image = as_bmp(bitmap)
        else:
            data = (PAGES / f"{name}.png").read_bytes()
            bitmap = PillowCodec().decode(data)
            image = EncodedImage("image/png", data, bitmap.width, bitmap.height)
        printed = () if options.documents == "pictures" else bitmap.printed
        begun = time.process_time()
        page = reader.read(image, Hurry.within(600, threading.Event()), printed=printed)
        seconds = time.process_time() - begun
        blocks = [placed.block for placed in page.blocks]
        (PAGES / "work" / f"{name}.read.md").write_text(markup_of(blocks), "utf-8")
        score, faults = compare(meant, told_of(blocks), starts)
        score.seconds = seconds
        found[name] = [asdict(fault) for fault in faults]
        for kind in (
            "all",
            plan["setter"],
            "scanned" if plan["is_scanned"] else "clean",
            f"{plan['columns']} columns",
        ):
            totals[kind].add(score)
        if name in peer:
            text = " ".join(" ".join(peer[name]).split())
            other, _ = compare(meant, Told(text, (), (), (), ()), starts)
            totals["peer"].add(other)
            totals["peer, scanned" if plan["is_scanned"] else "peer, clean"].add(other)
        print(f"{name}: {row(score)}", flush=True)
        if options.faults:
            show(faults)
    (PAGES / "results.json").write_text(json.dumps(found, indent=1), "utf-8")
    for kind, score in totals.items():
        print(f"{kind:>14}: {row(score)}")


def show(faults: list[Fault]) -> None:
    """Print what was read otherwise."""
    for fault in faults:
        print(f"    {fault.kind}\n      - {fault.meant}\n      + {fault.read}")


def row(score: Score) -> str:
    """The shares of a score in a line."""

    def share(part: int, whole: int) -> str:
        return f"{part / whole:6.1%} of {whole}" if whole else "-"

    wrong, lost = share(score.letters_wrong, score.letters), share(score.letters_lost, score.letters)
    found, right = share(score.inlines_found, score.inlines), share(score.inlines_right, score.inlines_found)
    false = score.inlines_read - score.inlines_found
    shown, shown_right = (
        share(each, score.displays) for each in (score.displays_found, score.displays_right)
    )
    return (
        f"words wrong {wrong} (lost {lost}); inline found {found}, right {right}, false {false}; "
        f"displays found {shown}, right {shown_right}, false {score.displays_false}; "
        f"cells {share(score.cells_right, score.cells)}, false tables {score.tables_false}; "
        f"headings {share(score.headings_found, score.headings)}; "
        f"in order {score.pages_in_order} of {score.pages}; {score.seconds / max(1, score.pages):.1f} s"
    )


if __name__ == "__main__":
    main()
