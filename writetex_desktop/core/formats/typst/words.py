"""Single signs, names and words as Typst takes them."""

from writetex_desktop.core.formats.mathml import tree
from writetex_desktop.core.formats.mathml.tree import STROKE
from writetex_desktop.core.formats.typst import signs


def operator(sign: str, *, is_matched: bool = False, in_call: bool) -> str:
    """Write an operator.

    Args:
        sign: Its sign or its name.
        is_matched: Whether it is a bracket that has a partner for Typst, too.
        in_call: Whether it stands between the brackets of a call, where commas and colons say something.
    """
    if sign == tree.APPLICATION:
        return ""
    if sign in tree.OPENING | tree.CLOSING:
        return sign if is_matched else f"\\{sign}"
    if sign in signs.SIGNS:
        return signs.SIGNS[sign]
    if len(sign) > 1:
        if sign.replace(" ", "").isalpha():
            return function(sign)
        # Side by side they would be a shorthand: `<=` is ≤, and `||` is ‖.
        return " ".join(operator(each, in_call=in_call) for each in sign.replace(" ", ""))
    is_escaped = (sign in {",", ";", ":"} and in_call) or sign in signs.ESCAPED
    return f"\\{sign}" if is_escaped else sign


def word(text: str, variant: str) -> str:
    """Write an identifier in its face; `variant` is MathML's name of it."""
    if text in signs.NAMES:
        return text
    if text[1:] == STROKE:
        return f"cancel({word(text[0], variant)})"
    if len(text) > 1 and variant in {"", "normal"}:
        return f"upright({quoted(text)})"
    # Typst slants no capital Greek and no digit either, so that only Latin letters need to be told.
    sign = signs.SIGNS.get(text) or (quoted(text) if len(text) > 1 or text in signs.ESCAPED else text)
    if variant == "normal" and not (text.isascii() and text.isalpha()):
        return sign
    return in_face(sign, variant)


def in_face(written: str, variant: str) -> str:
    """Put what is written in a face; `variant` is MathML's name of it."""
    face = signs.FACES.get(variant, "")
    return f"{face}({written})" + ")" * face.count("(") if face else written


def function(name: str, variant: str = "") -> str:
    """Write the name of a function in its face; upright ones have none."""
    return name if name in signs.NAMES else f"op({in_face(quoted(name), variant)})"


def quoted(text: str) -> str:
    """Write running text."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def lone(bracket: str) -> str:
    """Write a bracket whose partner Typst shall not look for; nothing for an invisible one."""
    escaped = tree.OPENING | tree.CLOSING | signs.ESCAPED
    return f"\\{bracket}" if bracket in escaped else bracket.strip(".")
