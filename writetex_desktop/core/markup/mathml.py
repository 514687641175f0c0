r"""Answers in MathML, written as LaTeX: `<mfrac><mi>a</mi><mn>2</mn></mfrac>` is `\frac{a}{2}`.

Source: MathML Core (https://www.w3.org/TR/mathml-core/). What is not known is left out, its content stays.
"""

import html
import re
from dataclasses import dataclass, field
from typing import Final

_PIECE: Final = re.compile(
    r"<(?P<end>/?)(?:m:|mml:)?(?P<name>[a-zA-Z][\w-]*)(?P<attributes>[^<>]*)>|(?P<text>[^<]+|<)"
)
_IS_MATHML: Final = re.compile(
    r"<(?:m:|mml:)?m(?:i|n|o|row|frac|sup|sub|sqrt|text|table|over|under|subsup|style)[\s>]"
)
_MATH: Final = re.compile(r"<(?:m:|mml:)?math\b[^<>]*>|</(?:m:|mml:)?math\s*>")
_ACCENTS: Final = {
    **dict.fromkeys("^ˆ\u0302", "hat"), **dict.fromkeys("¯‾\u0304-−", "bar"), **dict.fromkeys("→⃗⇀", "vec"),
    **dict.fromkeys("˙.\u0307", "dot"), **dict.fromkeys("¨\u0308", "ddot"),
    **dict.fromkeys("~˜∼\u0303", "tilde"), "_": "overline", "⏞": "overbrace", "︷": "overbrace", "ˇ": "check",
    "˘": "breve",
}  # fmt: skip
_BELOW: Final = {"_": "underline", "⏟": "underbrace", "︸": "underbrace", "¯": "underline"}
_NAMES: Final = """
    sin cos tan cot sec csc sinh cosh tanh coth arcsin arccos arctan log ln lg exp lim max min sup inf det dim
    ker deg gcd arg Pr hom limsup liminf
"""
_FUNCTIONS: Final = frozenset(_NAMES.split())
_ESCAPED: Final = {**{sign: f"\\{sign}" for sign in "{}%#&$_"}, "\\": "\\backslash "}
_ALPHABETS: Final = {
    "bold": "mathbf", "normal": "mathrm", "double-struck": "mathbb", "script": "mathcal",
    "fraktur": "mathfrak", "sans-serif": "mathsf", "monospace": "mathtt", "bold-italic": "boldsymbol",
}  # fmt: skip
_VARIANT: Final = re.compile(r"""mathvariant\s*=\s*["']([a-z-]+)""")
_FENCES: Final = re.compile(r"""(open|close|separators)\s*=\s*["']([^"']*)""")
_VOID: Final = frozenset(("mspace", "none", "mprescripts", "maligngroup", "malignmark"))
_DEEPEST: Final = 60


@dataclass(slots=True)
class _Element:
    """An element: its name, its attributes as they were written, what it holds already as LaTeX."""

    name: str
    attributes: str = ""
    children: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


def write_mathml(text: str, *, formula: bool) -> str:
    r"""Replace MathML by LaTeX; other text stays.

    Args:
        text: An answer, or any beginning of one.
        formula: Whether it is one formula; in running text it is put into `\( \)` or `\[ \]`.
    """
    if "<" not in text or not _IS_MATHML.search(text):
        return text
    if formula and not _MATH.search(text):
        return _latex(text)
    pieces: list[str] = []
    position = 0
    opened: re.Match[str] | None = None
    for tag in _MATH.finditer(text):
        if not tag[0].startswith("</"):
            if opened is None:
                pieces.append(text[position : tag.start()])
                opened, position = tag, tag.end()
        elif opened is not None:
            pieces.append(_delimited(text[position : tag.start()], opened[0], formula=formula))
            opened, position = None, tag.end()
    rest = text[position:]
    pieces.append(rest if opened is None else _delimited(rest, opened[0], formula=formula))
    return "".join(pieces)


def _delimited(inner: str, opening: str, *, formula: bool) -> str:
    latex = _latex(inner) if _IS_MATHML.search(inner) else inner
    display = formula or "block" in opening
    return f"\\[{latex}\\]" if display else f"\\({latex}\\)"


def _latex(markup: str) -> str:
    stack = [_Element("mrow")]
    for piece in _PIECE.finditer(markup):
        name = (piece["name"] or "").lower()
        if piece["text"] is not None:
            stack[-1].text.append(html.unescape(piece["text"]))
        elif piece["end"]:
            if any(each.name == name for each in stack[-_DEEPEST:][1:]) or stack[-1].name == name:
                while len(stack) > 1:
                    closed = stack.pop()
                    stack[-1].children.append(_written(closed))
                    if closed.name == name:
                        break
        elif piece["attributes"].endswith("/") or name in _VOID:
            stack[-1].children.append(_written(_Element(name, piece["attributes"])))
        elif len(stack) < _DEEPEST:
            stack.append(_Element(name, piece["attributes"]))
    while len(stack) > 1:
        closed = stack.pop()
        stack[-1].children.append(_written(closed))
    return "".join(stack[0].children) or "".join(stack[0].text)


def _written(element: _Element) -> str:  # noqa: C901, PLR0911, PLR0912 - one line for each element
    parts = [*element.children, "", "", ""]
    first, second, third = parts[:3]
    text = " ".join("".join(element.text).split())
    match element.name:
        case "mi" | "mn" | "mo" | "ms":
            return _sign(text, element)
        case "mtext":
            return f"\\text{{{''.join(element.text)}}}" if text else ""
        case "mfrac":
            return f"\\frac{{{first}}}{{{second}}}"
        case "msqrt":
            return f"\\sqrt{{{''.join(element.children)}}}"
        case "mroot":
            return f"\\sqrt[{second}]{{{first}}}"
        case "msup":
            return f"{_nucleus(first)}^{{{second}}}"
        case "msub":
            return f"{_nucleus(first)}_{{{second}}}"
        case "msubsup" | "munderover":
            return f"{_nucleus(first)}_{{{second}}}^{{{third}}}"
        case "mover":
            accent = _ACCENTS.get(_plain(second))
            return f"\\{accent}{{{first}}}" if accent else _above(first, second)
        case "munder":
            accent = _BELOW.get(_plain(second))
            return f"\\{accent}{{{first}}}" if accent else f"{_nucleus(first)}_{{{second}}}"
        case "mfenced":
            return _fenced(element)
        case "mtd":
            return "".join(element.children) + " & "
        case "mtr" | "mlabeledtr":
            return "".join(element.children).removesuffix(" & ") + " \\\\ "
        case "mtable":
            return "\\begin{matrix} " + "".join(element.children).removesuffix(" \\\\ ") + " \\end{matrix}"
        case "mspace":
            return "\\ "
        case "semantics":
            annotated = next((each for each in element.children if each.startswith("\0")), "")
            return annotated[1:] or first
        case "annotation":
            return "\0" + "".join(element.text) if "tex" in element.attributes.lower() else ""
        case "mphantom" | "none" | "mprescripts" | "annotation-xml":
            return ""
        case _:
            return "".join(element.children) or text


def _sign(text: str, element: _Element) -> str:
    if text in _FUNCTIONS:
        return f"\\{text} "
    if variant := _VARIANT.search(element.attributes):
        alphabet = _ALPHABETS.get(variant[1], "")
        if alphabet and not (alphabet == "mathrm" and element.name != "mi"):
            return f"\\{alphabet}{{{text}}}"
    if element.name == "mi" and len(text) > 1 and text.isascii() and text.isalpha():
        return f"\\mathrm{{{text}}}"
    return "".join(_ESCAPED.get(sign, sign) for sign in text)


def _nucleus(text: str) -> str:
    return (
        text
        if re.fullmatch(r"\\?[^\W_]+|[^\w\\]|\\[a-zA-Z]+ ?", text) and len(text.strip("\\ "))
        else f"{{{text}}}"
    )


def _plain(text: str) -> str:
    return text.strip().removeprefix("\\") if len(text.strip()) <= 2 else text.strip()  # noqa: PLR2004 - `\_`


def _above(first: str, second: str) -> str:
    bare = first.strip()
    return (
        f"{bare}^{{{second}}}"
        if bare in {"∑", "∏", "∫", "⋃", "⋂", "\\lim", "\\max"}
        else f"\\overset{{{second}}}{{{first}}}"
    )


def _fenced(element: _Element) -> str:
    said = {name: html.unescape(value) for name, value in _FENCES.findall(element.attributes)}
    opening, closing = said.get("open", "("), said.get("close", ")")
    separator = (said.get("separators", ",").strip() or "")[:1]
    inner = separator.join(element.children)
    return (
        f"\\left{_ESCAPED.get(opening, opening) or '.'}{inner}\\right{_ESCAPED.get(closing, closing) or '.'}"
    )
