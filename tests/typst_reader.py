"""Typst read by its own compiler, which writes MathML into the pages that it makes."""

import re
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from html import unescape
from typing import Any, Final

import pytest

_MATH: Final = re.compile(r"<math.*?</math>", re.DOTALL)
_FACES: Final = (
    ("BOLD SCRIPT ", "bold-script"),
    ("BOLD FRAKTUR ", "bold-fraktur"),
    ("SANS-SERIF BOLD ITALIC ", "bold-sans-serif"),
    ("SANS-SERIF BOLD ", "bold-sans-serif"),
    ("SANS-SERIF ITALIC ", "sans-serif"),
    ("SANS-SERIF ", "sans-serif"),
    ("BOLD ITALIC ", "bold"),
    ("BOLD ", "bold"),
    ("ITALIC ", ""),
    ("DOUBLE-STRUCK ", "double-struck"),
    ("SCRIPT ", "script"),
    ("FRAKTUR ", "fraktur"),
    ("BLACK-LETTER ", "fraktur"),
    ("MONOSPACE ", "monospace"),
)
_MARKS: Final = dict(
    zip(
        "\u0302\u0303\u0304\u0305\u20d7\u20d6\u20e1\u0307\u0308\u20db\u20dc\u0301\u0300\u030c\u0306\u030a",
        "^~¯¯→←↔˙¨⃛⃜´`ˇ˘˚",
        strict=True,
    )
)
"""Marks that combine, which the compiler sets as accents."""

_STAND_INS: Final = {"&lt;": "\ue000", "&amp;": "\ue001", "&gt;": "\ue002"}
_SELECTORS: Final = "\ufe00\ufe01\ufe0e\ufe0f"


class TypstReader:
    """The compiler of the test dependency `typst`."""

    def __init__(self) -> None:
        self._typst: Any = pytest.importorskip("typst", reason="Typst is not installed")

    def mathml(self, sources: Sequence[str]) -> list[str]:
        """Compile equations and give the MathML of each; an empty text for one that does not compile."""
        if not sources:
            return []
        try:
            page = self._typst.compile("\n\n".join(sources).encode(), format="html").decode()
        except Exception:  # noqa: BLE001 - whatever the compiler says, the halves tell which source it is
            if len(sources) == 1:
                return [""]
            half = len(sources) // 2
            return self.mathml(sources[:half]) + self.mathml(sources[half:])
        found = [_with_faces(each) for each in _MATH.findall(page)]
        if len(found) == len(sources):
            return found
        # A frame holds an equation of its own.
        return [_with_faces(_outermost(self._typst, source)) for source in sources]


def _outermost(typst: Any, source: str) -> str:
    page = typst.compile(source.encode(), format="html").decode()
    start, end = page.find("<math"), page.rfind("</math>")
    return page[start : end + len("</math>")] if start >= 0 else ""


def _with_faces(mathml: str) -> str:
    """Write letters of Unicode's mathematical alphabets as plain ones with MathML's name of their face."""
    if not mathml:
        return ""
    try:
        root = ET.fromstring(
            unescape(mathml.replace("&lt;", "\ue000").replace("&amp;", "\ue001").replace("&gt;", "\ue002"))
        )
    except ET.ParseError:
        return ""
    for parent in list(root.iter()):
        for at, child in enumerate(list(parent)):
            if child.text and not len(child):
                parent[at] = _parted(child)
    return ET.tostring(root, encoding="unicode")


def _parted(token: ET.Element) -> ET.Element:
    row = ET.Element("mrow")
    for sign in (token.text or "").translate({0xE000: "<", 0xE001: "&", 0xE002: ">"}):
        if sign in _SELECTORS:
            continue
        plain, face = plain_sign(sign)
        face = face if face is not None else token.get("mathvariant", "")
        last = row[-1] if len(row) else None
        if last is not None and last.get("mathvariant", "") == face:
            last.text = f"{last.text}{plain}"
        else:
            part = ET.SubElement(row, token.tag, {"mathvariant": face} if face else {})
            part.text = plain
    return row


def plain_sign(sign: str) -> tuple[str, str | None]:
    """Give the plain letter of one of Unicode's mathematical alphabets, and its face; None for others."""
    name = unicodedata.name(sign, "")
    body = name.removeprefix("MATHEMATICAL ")
    is_letter = name.startswith("MATHEMATICAL ") or (unicodedata.normalize("NFKC", sign) != sign)
    if is_letter and sign not in "ℓℑℜ":
        for start, face in _FACES:
            if body.startswith(start):
                # One step only: the second one would make φ of ϕ.
                return chr(int(unicodedata.decomposition(sign).split()[-1], 16)), face
    if name.endswith("PLANCK CONSTANT"):
        return "h", ""
    return _MARKS.get(sign, sign), None
