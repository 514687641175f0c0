"""Reads the pages of `model.evaluation.pages.make` by rapidocr alone, which reads words: lines to a file.

`python packaging/model/evaluation/pages/peer.py FOLDER FILE` in an environment of its own with rapidocr and
onnxruntime, since both want libraries that the program does without. Five to fifteen seconds a page.
"""

import json
import sys
from pathlib import Path


def main() -> None:
    """Write a list of lines for each page."""
    from rapidocr import RapidOCR  # noqa: PLC0415 - in an environment of its own

    engine = RapidOCR()
    read = {}
    for path in sorted(Path(sys.argv[1]).glob("*.png")):
        answer = engine(str(path))
        read[path.stem] = list(answer.txts or ())
        print(path.stem, len(read[path.stem]), flush=True)
    Path(sys.argv[2]).write_text(json.dumps(read), "utf-8")


if __name__ == "__main__":
    main()
