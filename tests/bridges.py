"""The bridges to other programs, packed as they are given to people."""

import subprocess
import sys
from pathlib import Path

BRIDGES = Path(__file__).parent.parent / "packaging" / "bridges"


def packed(folder: Path) -> dict[str, Path]:
    """Pack all of them into a folder; gives the files by their names."""
    command = (sys.executable, str(BRIDGES / "build.py"), str(folder))
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)
    return {Path(line).name: Path(line) for line in done.stdout.splitlines()}
