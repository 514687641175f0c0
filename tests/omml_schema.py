"""What Office accepts as mathematics: the content models of ECMA-376, part 1, 22.1 (shared-math.xsd).

The schema itself comes in no package that a test could install, so its sequences are written out here:
which children an element has, in which order, and which values. Of the formatting for Word (`w:rPr`,
wml.xsd) colours are here, for we write no other.
https://ecma-international.org/publications-and-standards/standards/ecma-376/
"""

import re
import xml.etree.ElementTree as ET
from typing import Final

SPACE: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_OBJECTS: Final = (
    "acc|bar|box|borderBox|d|eqArr|f|func|groupChr|limLow|limUpp|m|nary|phant|rad|sPre|sSub|sSubSup|sSup|r"
)
_ARGUMENT: Final = f"argPr? ({_OBJECTS})* ctrlPr?"
_SEQUENCES: Final = {
    "oMath": f"({_OBJECTS})*",
    "acc": "accPr? e",
    "accPr": "chr? ctrlPr?",
    "bar": "barPr? e",
    "barPr": "pos? ctrlPr?",
    "borderBox": "borderBoxPr? e",
    "borderBoxPr": "hideTop? hideBot? hideLeft? hideRight? strikeH? strikeV? strikeBLTR? strikeTLBR? ctrlPr?",
    "d": "dPr? e+",
    "dPr": "begChr? sepChr? endChr? grow? shp? ctrlPr?",
    "eqArr": "eqArrPr? e+",
    "eqArrPr": "baseJc? maxDist? objDist? rSpRule? rSp? ctrlPr?",
    "f": "fPr? num den",
    "fPr": "type? ctrlPr?",
    "func": "funcPr? fName e",
    "groupChr": "groupChrPr? e",
    "groupChrPr": "chr? pos? vertJc? ctrlPr?",
    "limLow": "limLowPr? e lim",
    "limUpp": "limUppPr? e lim",
    "m": "mPr? mr+",
    "mPr": "baseJc? plcHide? rSpRule? cGpRule? rSp? cSp? cGp? mcs? ctrlPr?",
    "mcs": "mc+",
    "mc": "mcPr?",
    "mcPr": "count? mcJc?",
    "mr": "e+",
    "nary": "naryPr? sub sup e",
    "naryPr": "chr? limLoc? grow? subHide? supHide? ctrlPr?",
    "phant": "phantPr? e",
    "phantPr": "show? zeroWid? zeroAsc? zeroDesc? transp? ctrlPr?",
    "rad": "radPr? deg e",
    "radPr": "degHide? ctrlPr?",
    "sPre": "sPrePr? sub sup e",
    "sSub": "sSubPr? e sub",
    "sSubSup": "sSubSupPr? e sub sup",
    "sSup": "sSupPr? e sup",
    **dict.fromkeys(("funcPr", "limLowPr", "limUppPr", "sPrePr", "sSubPr", "sSupPr"), "ctrlPr?"),
    "sSubSupPr": "alnScr? ctrlPr?",
    "ctrlPr": "wordRPr?",
    "wordRPr": "color? shd?",
    "r": "rPr? wordRPr? t*",
    "rPr": "lit? (nor?|(scr? sty?)) brk? aln?",
    **dict.fromkeys(("e", "sub", "sup", "num", "den", "fName", "deg", "lim"), _ARGUMENT),
}
_SWITCH: Final = "0|1|on|off|true|false"
_VALUES: Final = {
    **dict.fromkeys(("chr", "begChr", "sepChr", "endChr"), ".?"),
    **dict.fromkeys(("degHide", "subHide", "supHide", "grow", "plcHide", "nor", "lit"), _SWITCH),
    **dict.fromkeys(("hideTop", "hideBot", "hideLeft", "hideRight"), _SWITCH),
    **dict.fromkeys(("strikeH", "strikeV", "strikeBLTR", "strikeTLBR", "show"), _SWITCH),
    "pos": "top|bot",
    "vertJc": "top|bot",
    "type": "bar|skw|lin|noBar",
    "limLoc": "undOvr|subSup",
    "scr": "roman|script|fraktur|double-struck|sans-serif|monospace",
    "sty": "p|b|i|bi",
    "mcJc": "left|center|right",
    "baseJc": "inline|top|bottom|center",
    "count": r"\d+",
}
_TEXT: Final = "t"


def faults(omml: str) -> list[str]:
    """What the standard does not allow in a piece of office mathematics, a phrase each."""
    root = ET.fromstring(omml)
    found = [] if root.tag == f"{SPACE}oMath" else [f"the root is {root.tag}"]
    for element in root.iter():
        name = _name(element)
        children = [_name(child) for child in element]
        if name in _SEQUENCES:
            if not _fits(children, _SEQUENCES[name]):
                found.append(f"{name} holds {' '.join(children)}")
            if (element.text or "").strip():
                found.append(f"{name} holds text")
        elif name in _VALUES:
            if not re.fullmatch(_VALUES[name], element.get(f"{SPACE}val", "1"), re.DOTALL) or children:
                found.append(f"{name} is {element.get(f'{SPACE}val')}")
        elif name in {"color", "shd"}:
            colour = element.get(f"{WORD}{'val' if name == 'color' else 'fill'}", "")
            if not re.fullmatch("[0-9A-F]{6}", colour) or children:
                found.append(f"{name} is {colour}")
        elif name != _TEXT or children:
            found.append(f"{name} is no element of office mathematics")
    return found


def _name(element: ET.Element) -> str:
    """The name of an element; that of a run's properties for Word is told from those for mathematics."""
    return "wordRPr" if element.tag == f"{WORD}rPr" else element.tag.removeprefix(SPACE).removeprefix(WORD)


def _fits(children: list[str], sequence: str) -> bool:
    pattern = re.sub(r"\w+", lambda name: f"(?:{name[0]};)", sequence).replace(" ", "")
    return re.fullmatch(pattern, "".join(f"{child};" for child in children)) is not None
