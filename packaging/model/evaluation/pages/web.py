"""Pages as a browser shows them: KaTeX in Chromium."""

import html
import re
import subprocess
from pathlib import Path

from model.evaluation.pages.chosen import Part, Plan

FACES = ("Liberation Serif", "Liberation Sans", "DejaVu Sans", "Liberation Serif")
WIDTHS = {1: 860, 2: 1100}

_PAGE = """<!DOCTYPE html><meta charset="utf-8"><link rel="stylesheet" href="{dist}/katex.min.css">
<style>body{{margin:24px 40px;font:{size}px/{pitch} "{face}";background:{paper};color:{ink}}}
body{{columns:{columns};column-gap:36px}}
table{{border-collapse:collapse;margin:12px auto}} td,th{{padding:3px 12px;text-align:right}}
td:first-child,th:first-child{{text-align:left}} .ruled td,.ruled th{{border:1px solid {ink}}}
.open tr:first-child th{{border-top:2px solid {ink};border-bottom:1px solid {ink}}}
.open tr:last-child td{{border-bottom:2px solid {ink}}}</style>{body}
<script src="{dist}/katex.min.js"></script><script>
document.querySelectorAll(".f").forEach(e=>katex.render(e.textContent,e,{{displayMode:e.dataset.d=="1"}}))
document.title="done"</script>"""


def set_web(plan: Plan, folder: Path, dist: Path) -> Path | None:
    """Set a page and take a picture of it; None where KaTeX refuses.

    Args:
        plan: The page.
        folder: Where it is put.
        dist: The folder `dist` of the package katex.
    """
    ratio = plan.dpi / 96
    dark = plan.face % 4 == 3
    page = _PAGE.format(
        dist=dist.as_uri(),
        size=16,
        pitch=(1.4, 1.6)[plan.face % 2],
        face=FACES[plan.face % len(FACES)],
        paper="#1e1e1e" if dark else "#ffffff",
        ink="#e0e0e0" if dark else "#202020",
        columns=plan.columns,
        body=_body(plan.parts),
    )
    source, shot = folder / f"{plan.name}.html", folder / f"{plan.name}.shot.png"
    source.write_text(page, "utf-8")
    common = [
        "chromium",
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        "--virtual-time-budget=8000",
        "--allow-file-access-from-files",
    ]
    size = f"--window-size={WIDTHS[plan.columns]},1250"
    dump = subprocess.run(
        [*common, size, "--dump-dom", source.as_uri()], capture_output=True, check=True, timeout=120
    )
    if b"<title>done" not in dump.stdout or b"katex-error" in dump.stdout:
        return None
    subprocess.run(
        [*common, f"--force-device-scale-factor={ratio}", f"--screenshot={shot}", size, source.as_uri()],
        capture_output=True,
        check=True,
        timeout=120,
    )
    return shot


def _body(parts: tuple[Part, ...]) -> str:
    found: list[str] = []
    for at, part in enumerate(parts):
        match part.kind:
            case "heading":
                found.append(f"<h2>{_line(part.text)}</h2>")
            case "display":
                found.append(f'<div class="f" data-d="1">{html.escape(part.text)}</div>')
            case "item":
                start = "<ul>" if not at or parts[at - 1].kind != "item" else ""
                end = "</ul>" if at + 1 == len(parts) or parts[at + 1].kind != "item" else ""
                found.append(f"{start}<li>{_line(part.text)}</li>{end}")
            case "table":
                rows = [
                    "<tr>" + "".join(f"<{tag}>{_line(cell)}</{tag}>" for cell in row) + "</tr>"
                    for row, tag in zip(part.rows, ["th", *["td"] * len(part.rows)], strict=False)
                ]
                kind = "ruled" if part.is_ruled else "open"
                found.append(f'<table class="{kind}">{"".join(rows)}</table>')
            case _:
                found.append(f"<p>{_line(part.text)}</p>")
    return "\n".join(found)


def _line(text: str) -> str:
    parts = re.split(r"\\\((.*?)\\\)", text)
    parts[::2] = map(html.escape, parts[::2])
    parts[1::2] = [f'<span class="f">{html.escape(part)}</span>' for part in parts[1::2]]
    return "".join(parts)
