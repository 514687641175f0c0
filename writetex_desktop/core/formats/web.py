"""A formula in HTML: MathML for browsers and mail, OMML for Word, a picture for editors of the web.

Word writes equations into HTML as OMML within a conditional comment, and what others see behind
`<![if !msEquation]>`; its filter for HTML ignores MathML. The letters of a run stand in `m:r` itself there.
Seen in what Word puts on the clipboard; the comments: https://learn.microsoft.com/previous-versions/aa155477(v=office.10).
"""

import base64
import html
import re
from typing import Final

from writetex_desktop.core.formats.omml.elements import NAMESPACE
from writetex_desktop.core.formats.omml.painting import NAMESPACE as WORD

_OFFICE: Final = (
    '<html xmlns:o="urn:schemas-microsoft-com:office:office" '
    f'xmlns:w="urn:schemas-microsoft-com:office:word" xmlns:m="{NAMESPACE}">'
)
_EM_PX: Final = 16
_TEXT: Final = re.compile(r"<m:t[^>]*>([^<]*)</m:t>")
_UPRIGHT: Final = 'm:val="p"'
_INK: Final = re.compile(r'<w:color w:val="(\w+)"')
_PAPER: Final = re.compile(r'<w:shd [^>]*w:fill="(\w+)"')
_RUN: Final = re.compile(r"<m:r>(?:[^<]|<(?!/?m:r>))*+</m:r>")


def page(body: str) -> str:
    """Put a fragment into a page that says its encoding."""
    return f'<html><head><meta charset="utf-8"></head><body>{body}</body></html>'


def office_page(omml: str, mathml: str) -> str:
    """Give a page in which Word finds OMML and everybody else MathML.

    Args:
        omml: What `to_omml` gives.
        mathml: A `math` element with its namespace.
    """
    bare = omml.replace(f' xmlns:m="{NAMESPACE}"', "").replace(f' xmlns:w="{WORD}"', "")
    return (
        f'{_OFFICE}<head><meta charset="utf-8"><meta name="ProgId" content="Word.Document"></head><body>'
        f"<p><!--[if gte msEquation 12]>{_RUN.sub(_bare_run, bare)}<![endif]-->"
        f"<![if !msEquation]>{mathml}<![endif]></p></body></html>"
    )


def picture(png: bytes, alt: str, *, width_em: float, height_em: float) -> str:
    """Give an `img` element that holds its picture, as large as a formula in text of 12 points.

    Args:
        png: The file.
        alt: What stands for the picture where it is not seen.
        width_em: Its width.
        height_em: Its height.
    """
    width, height = (round(side * _EM_PX) for side in (width_em, height_em))
    data = base64.b64encode(png).decode("ascii")
    return (
        f'<img src="data:image/png;base64,{data}" alt="{html.escape(alt)}" width="{width}" height="{height}">'
    )


def _bare_run(run: re.Match[str]) -> str:
    """Write a run as HTML does: its letters without `m:t`, slanted by the element around it."""
    properties, letters = run[0].partition("</m:rPr>")[0], "".join(_TEXT.findall(run[0]))
    head = f"{properties.removeprefix('<m:r>')}</m:rPr>" if "<m:rPr>" in properties else ""
    bare = f"<m:r>{head}{letters}</m:r>"
    names = (("color", _INK), ("background", _PAPER))
    style = ";".join(f"{name}:#{found[1]}" for name, each in names if (found := each.search(run[0])))
    bare = f"<span style='{style}'>{bare}</span>" if style else bare
    return bare if _UPRIGHT in head or "m:nor" in head else f"<i>{bare}</i>"
