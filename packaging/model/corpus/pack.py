"""Packs what training reads into one file for a machine without TeX: glyph runs, outlines, objects, targets.

`python -m model.corpus.pack FILE.tar.xz`; unpack it in `.model-work/` there. A minute; about 45 MB.
"""

import io
import json
import sys
import tarfile
from pathlib import Path

from model.paths import CORPUS, FONTS, OBJECTS, RUNS, VOCABULARY, WORK


def slim_corpus() -> bytes:
    """The corpus without the LaTeX it was made from."""
    lines = []
    with CORPUS.open(encoding="utf-8") as file:
        for line in file:
            entry = json.loads(line)
            del entry["latex"]
            lines.append(json.dumps(entry))
    return ("\n".join(lines) + "\n").encode()


def main() -> None:
    """Write the archive."""
    with tarfile.open(Path(sys.argv[1]), "w:xz") as archive:
        for path in (RUNS, FONTS, VOCABULARY, OBJECTS):
            archive.add(path, path.relative_to(WORK))
        data = slim_corpus()
        entry = tarfile.TarInfo(CORPUS.name)
        entry.size = len(data)
        archive.addfile(entry, io.BytesIO(data))


if __name__ == "__main__":
    main()
