#!/usr/bin/env python3
"""Write the SHA-256 of the files that carry weights into the code, which looks before it loads one.

    python3 packaging/fingerprints.py            write `writetex_desktop/adapters/fingerprints.py`
    python3 packaging/fingerprints.py --check    only say whether it is right

To be run whenever a file in `resources/model`, `resources/signs` or `resources/ink` has changed.
"""

import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULE = ROOT / "writetex_desktop" / "adapters" / "fingerprints.py"
FOLDERS = ("model", "signs", "ink")
ENDINGS = frozenset((".onnx", ".json", ".npz"))

HEAD = '''"""What each file that carries weights is known by; written by `packaging/fingerprints.py`."""

from collections.abc import Mapping

SUMS: Mapping[str, Mapping[str, str]] = {
'''
FOOT = '''}
"""SHA-256 by folder of `resources` and by file."""
'''


def module_text() -> str:
    """Give the module as it should be for the files that are there."""
    lines: list[str] = []
    for folder in FOLDERS:
        lines.append(f'    "{folder}": {{\n')
        for path in sorted((ROOT / "resources" / folder).iterdir()):
            if path.suffix in ENDINGS:
                digest = hashlib.sha256(path.read_bytes()).hexdigest()
                lines.append(f'        "{path.name}": "{digest}",\n')
        lines.append("    },\n")
    return HEAD + "".join(lines) + FOOT


def main(argv: Sequence[str]) -> int:
    """Write or check the module; gives the exit status."""
    text = module_text()
    if "--check" in argv:
        if MODULE.read_text("utf-8") == text:
            return 0
        print("The fingerprints are not those of resources: run packaging/fingerprints.py.")
        return 1
    MODULE.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
