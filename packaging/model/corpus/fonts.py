"""From TeX's font names to outlines: the map file of dvips, encoding vectors, Type 1 programs.

Source of the map's format: the manual of dvips, section "psfonts.map"
(https://tug.org/texinfohtml/dvips.html).
"""

import re
import shutil
import subprocess
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FontFile:
    """Where a TeX font's outlines are and how they are bent.

    Attributes:
        name: TeX's name of the font.
        postscript: The font's own name.
        program: File name of the Type 1 program.
        slant: Shear, dx for dy.
        extend: Factor of width.
        encoding: Glyph names for the codes 0-255; empty for the program's own encoding.
    """

    name: str
    postscript: str
    program: str
    slant: float
    extend: float
    encoding: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """The fields for a JSON file."""
        return asdict(self)


def find(name: str) -> Path:
    """The file that TeX would take for a name.

    Raises:
        FileNotFoundError: TeX does not know the name.
    """
    found = subprocess.run(["kpsewhich", name], capture_output=True, text=True, check=False).stdout.strip()
    if not found:
        raise FileNotFoundError(name)
    return Path(found)


class FontMap:
    """The map file of dvips, read once."""

    def __init__(self) -> None:
        self._lines: dict[str, str] = {}
        for line in find("psfonts.map").read_text(errors="replace").splitlines():
            if line and line[0] not in "%*;# ":
                self._lines.setdefault(line.split(None, 1)[0], line)
        self._encodings: dict[str, tuple[str, ...]] = {}
        self._tfm: dict[str, Path] = {}

    def tfm(self, name: str) -> Path:
        """The metric file of a font."""
        if name not in self._tfm:
            self._tfm[name] = find(f"{name}.tfm")
        return self._tfm[name]

    def resolve(self, name: str, programs: Path) -> FontFile | None:
        """The outlines of a font, copied into `programs`; None when TeX has none, or only bitmaps of it."""
        line = self._lines.get(name)
        if line is None:
            return None
        quoted = " ".join(re.findall(r'"([^"]*)"', line))
        words = re.sub(r'"[^"]*"', " ", line).replace("<<", "<").replace("<[", "<").split()
        files = [word.lstrip("<") for word in words[1:] if word.startswith("<")]
        program = next((word for word in files if word.endswith((".pfb", ".pfa"))), None)
        if program is None:
            return None
        slant = re.search(r"([-\d.]+)\s+SlantFont", quoted)
        extend = re.search(r"([-\d.]+)\s+ExtendFont", quoted)
        encoding = next((word for word in files if word.endswith(".enc")), None)
        if not (programs / program).exists():
            try:
                shutil.copy(find(program), programs / program)
            except FileNotFoundError:  # in the map, but not installed
                return None
        return FontFile(
            name,
            words[1] if len(words) > 1 and not words[1].startswith("<") else name,
            program,
            float(slant.group(1)) if slant else 0.0,
            float(extend.group(1)) if extend else 1.0,
            self._encoding(encoding) if encoding else (),
        )

    def _encoding(self, name: str) -> tuple[str, ...]:
        if name not in self._encodings:
            text = re.sub(r"%[^\n]*", "", find(name).read_text(errors="replace"))
            body = text[text.index("[") + 1 : text.rindex("]")]
            self._encodings[name] = tuple(re.findall(r"/(\S+)", body))
        return self._encodings[name]
