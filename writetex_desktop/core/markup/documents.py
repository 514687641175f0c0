"""How models made for whole documents answer: HTML, DocTags, layout lists, notes about the page.

Chandra and Surya write HTML with LaTeX in `<math>`; Granite Docling writes DocTags
(https://github.com/docling-project/docling-core); Nanonets-OCR marks page numbers, watermarks and pictures.
"""

import re
from collections.abc import Iterator

_PAGE_NOTE = re.compile(
    r"<(watermark|page_number|signature|img)(?:\s[^<>]*)?>[^<>]{0,2000}</\1>|<img(?:\s[^<>]*)?/?>"
    r"|!\[[^\]\n\[]*\]\(page_[\d_]+\.png\)",
    re.IGNORECASE,
)
"""What stands on a page but is no text of it; Nanonets-OCR and olmOCR write it like this."""

_BLOCK = r"p|div|h[1-6]|ul|ol|li|hr|small|caption|pre|table|tbody|thead|tr|td|th"
_DOC_BLOCK = (
    r"doctag|text|title|section_header(?:_level_\d)?|paragraph|caption|footnote|page_header|page_footer"
    r"|list_item|unordered_list|ordered_list|group|picture|chart|code"
)
_INLINE = r"b|i|u|em|strong|del|big|code|span|a|sup|sub|chem"
_IS_HTML = re.compile(
    rf"\A\s*<(?:{_BLOCK}|{_DOC_BLOCK}|{_INLINE})(?:\s[^<>]*)?>.*?(?:</[a-z_\d]+>|<math\b)",
    re.DOTALL | re.IGNORECASE,
)
_HAS_BLOCKS = re.compile(r"</(?:p|div|h[1-6]|li)>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_BLOCK_END = re.compile(rf"</(?:{_BLOCK}|{_DOC_BLOCK})\s*>", re.IGNORECASE)
_TAG = re.compile(rf"</?(?:{_BLOCK}|{_DOC_BLOCK}|{_INLINE})(?:\s[^<>]*)?>", re.IGNORECASE)
_SCRIPT = re.compile(r"<(sup|sub)>([^<>]*)</\1>", re.IGNORECASE)
_MATH = re.compile(r"<math\b|</math>", re.IGNORECASE)
_MANY_LINES = re.compile(r"\n[ \t]*\n(?:[ \t]*\n)+")


def drop_page_notes(text: str) -> str:
    """Drop watermarks, page numbers, and the descriptions of pictures."""
    return _PAGE_NOTE.sub("", text)


def drop_html(text: str) -> str:
    """Drop the tags of an answer that is HTML or DocTags, but `<math>` and `<formula>`.

    Blocks become paragraphs.
    A formula may honestly hold `<p>`, so tags go only where the answer begins with one and closes one.
    """
    if not _IS_HTML.match(text) and not _HAS_BLOCKS.search(text):
        return text
    text = _BREAK.sub("\n", text)
    text = "".join(piece if number % 2 else _plain(piece) for number, piece in enumerate(_split_math(text)))
    return _MANY_LINES.sub("\n\n", text).strip()


def _split_math(text: str) -> Iterator[str]:
    """Give what is outside `<math>` and what is inside, by turns; one that is not closed is outside."""
    position = 0
    opened: int | None = None
    for tag in _MATH.finditer(text):
        if opened is None and not tag[0].startswith("</"):
            opened = tag.start()
        elif opened is not None and tag[0].startswith("</"):
            yield text[position:opened]
            yield text[opened : tag.end()]
            position, opened = tag.end(), None
    yield text[position:]


def _plain(text: str) -> str:
    text = _SCRIPT.sub(lambda found: rf"\({'^' if found[1].lower() == 'sup' else '_'}{{{found[2]}}}\)", text)
    return _TAG.sub("", _BLOCK_END.sub("\n\n", text))
