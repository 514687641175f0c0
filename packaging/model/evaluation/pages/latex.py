"""Pages set by pdfLaTeX and drawn by poppler."""

import re
import subprocess
from pathlib import Path

from model.evaluation.pages.chosen import Part, Plan

FACES = (
    "",
    "\\usepackage{lmodern}",
    "\\usepackage{newtxtext,newtxmath}",
    "\\usepackage{mathpazo}",
    "\\usepackage{kpfonts}",
)

_PREAMBLE = r"""\documentclass[%s]{article}
\usepackage[utf8]{inputenc}\usepackage[T1]{fontenc}%s
\usepackage[a4paper,margin=%scm]{geometry}\usepackage{amsmath,amssymb,booktabs}
\pagestyle{%s}\begin{document}
"""


def as_latex(plan: Plan) -> str:
    """A page as a document."""
    options = "10pt,twocolumn" if plan.columns == 2 else ("11pt", "12pt", "10pt")[plan.face % 3]
    face = FACES[plan.face % len(FACES)]
    body = "\n".join(_blocks(plan))
    style = "plain" if plan.face % 2 else "empty"
    return (
        _PREAMBLE % (options, face, "2" if plan.columns == 2 else "2.6", style) + body + "\\end{document}\n"
    )


def _blocks(plan: Plan) -> list[str]:
    found: list[str] = []
    for at, part in enumerate(plan.parts):
        before = plan.parts[at - 1].kind if at else ""
        after = plan.parts[at + 1].kind if at + 1 < len(plan.parts) else ""
        match part.kind:
            case "heading":
                found.append(f"\\section{{{_escaped(part.text)}}}\n")
            case "display":
                number = "*" if at % 3 else ""
                found.append(f"\\begin{{equation{number}}}\n{part.text}\n\\end{{equation{number}}}")
            case "item":
                start = "\\begin{itemize}\n" if before != "item" else ""
                end = "\n\\end{itemize}" if after != "item" else ""
                found.append(f"{start}\\item {_escaped(part.text)}{end}")
            case "table":
                found.append(f"\\begin{{center}}\n{_table(part)}\n\\end{{center}}")
            case _:
                # What follows a display goes on in its paragraph.
                found.append(_escaped(part.text) + ("" if after == "display" else "\n"))
    return found


def _table(part: Part) -> str:
    columns = "l" + "r" * (len(part.rows[0]) - 1)
    rows = [" & ".join(map(_escaped, row)) + " \\\\" for row in part.rows]
    if part.is_ruled:
        lines = "\\hline\n" + "\n\\hline\n".join(rows) + "\n\\hline"
        return f"\\begin{{tabular}}{{|{'|'.join(columns)}|}}\n{lines}\n\\end{{tabular}}"
    body = "\n".join(rows[1:])
    head = f"\\begin{{tabular}}{{{columns}}}\n\\toprule\n{rows[0]}\n\\midrule\n"
    return f"{head}{body}\n\\bottomrule\n\\end{{tabular}}"


def _escaped(text: str) -> str:
    parts = re.split(r"(\\\(.*?\\\))", text)
    parts[::2] = [re.sub(r"([%&#_])", r"\\\1", part) for part in parts[::2]]
    return "".join(parts)


def set_latex(plan: Plan, folder: Path) -> Path | None:
    """Set a page; gives the PDF, None where LaTeX finds a fault."""
    (folder / f"{plan.name}.tex").write_text(as_latex(plan), "utf-8")
    command = ["pdflatex", "-interaction=batchmode", "-halt-on-error", f"{plan.name}.tex"]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=60)
    except subprocess.TimeoutExpired:
        return None
    return None if done.returncode else folder / f"{plan.name}.pdf"
