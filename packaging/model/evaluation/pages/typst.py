"""Pages set by Typst, whose mathematics has a font and rules of its own."""

import re
from collections.abc import Callable
from pathlib import Path

import typst

from model.evaluation.pages.chosen import Part, Plan

FACES = ("Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono", "Libertinus Serif")
_MONO = 2
_SPECIAL = re.compile(r"([\\#$*_`<>@=~\[\]/+-])")


def set_typst(plan: Plan, folder: Path, converted: Callable[[str], str]) -> Path | None:
    """Set a page; gives the PDF, None where Typst or the converter refuses.

    Args:
        plan: The page.
        folder: Where it is put.
        converted: Says a formula in Typst's own language.
    """
    face = FACES[plan.face % len(FACES)]
    if plan.face % len(FACES) == _MONO:
        face = FACES[1]
    head = (
        f'#set page("a4", margin: 2cm, columns: {plan.columns})\n#set par(justify: true)\n'
        f'#set text(size: {9 if plan.columns == 2 else 11}pt, font: "{face}", lang: "en")\n'
        "#set table(stroke: none, align: (x, _) => if x == 0 { left } else { right })\n"
    )
    try:
        source = head + "\n\n".join(_block(part, at, converted) for at, part in enumerate(plan.parts))
        path = folder / f"{plan.name}.pdf"
        path.write_bytes(typst.compile(source.encode(), format="pdf"))
    except (typst.TypstError, ValueError):
        return None
    return path


def _block(part: Part, at: int, converted: Callable[[str], str]) -> str:
    match part.kind:
        case "heading":
            return f"= {_line(part.text, converted)}"
        case "display":
            formula = f"$ {converted(part.text)[1:-1].strip()} $"
            return formula if at % 3 else f'#math.equation(block: true, numbering: "(1)", {formula})'
        case "item":
            return f"- {_line(part.text, converted)}"
        case "table":
            cells = ", ".join(f"[{_line(cell, converted)}]" for row in part.rows for cell in row)
            count = len(part.rows[0])
            if part.is_ruled:
                return f"#align(center, table(columns: {count}, stroke: 0.5pt, {cells}))"
            head = ", ".join(f"[{_line(cell, converted)}]" for cell in part.rows[0])
            rest = ", ".join(f"[{_line(cell, converted)}]" for row in part.rows[1:] for cell in row)
            rule = "table.hline(stroke: 0.6pt)"
            return f"#align(center, table(columns: {count}, {rule}, {head}, {rule}, {rest}, {rule}))"
        case _:
            return _line(part.text, converted)


def _line(text: str, converted: Callable[[str], str]) -> str:
    parts = re.split(r"\\\((.*?)\\\)", text)
    parts[::2] = [_SPECIAL.sub(r"\\\1", part) for part in parts[::2]]
    parts[1::2] = [f"${converted(part)[1:-1].strip()}$" for part in parts[1::2]]
    return "".join(parts)
