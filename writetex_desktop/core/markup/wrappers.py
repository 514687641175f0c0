"""What models put round the markup: reasoning, model tokens, front matter, fences, prose and delimiters.

Every function takes a finished answer or any beginning of one; what is not yet over is treated as if it
ended with the text.
"""

import re

_REASONING = (
    ("<think>", "</think>"),
    ("<thinking>", "</thinking>"),
    ("<thought>", "</thought>"),
    ("<reasoning>", "</reasoning>"),
    ("<|begin_of_thought|>", "<|end_of_thought|>"),
    ("◁think▷", "◁/think▷"),
)
_LEAST_OPENING = 2
"""`<` alone may be a formula; `<t` at the start of an answer is the start of a tag."""

_GROUNDING = re.compile(r"<\|ref\|>[a-z_]*<\|/ref\|>|<\|det\|>.*?(?:<\|/det\|>|\Z)", re.DOTALL)
_TOKEN = re.compile(r"<[|｜]/?[A-Za-z][\w▁:/-]{2,40}[|｜]>|<loc_\d+>")
_UNFINISHED_TOKEN = re.compile(r"<(?:[|｜]/?[A-Za-z_▁]{2,40}[|｜]?|loc_\d*)\Z")

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?:[\w-]+[ \t]*:[^\n]*(?:\n|\Z))*(?:---[ \t]*(?:\n|\Z)|\Z)")

_ELEMENT = re.compile(r"</?(?:formula|math|doctag|answer|latex|equation)(?:\s[^<>]*)?>", re.IGNORECASE)
_UNFINISHED_ELEMENT = re.compile(
    r"<(?:/[a-z]{0,7}|(?:formula|math|doctag|answer|latex|equation)(?:\s[^<>]*)?)\Z", re.IGNORECASE
)

_FENCE = re.compile(
    r"^[ \t]*(```+|~~~+)[^\S\n]*[\w+.-]*[^\S\n]*(?:\n|\Z)(.*?)(?:^[ \t]*\1`*[ \t]*$|\n?\Z)",
    re.DOTALL | re.MULTILINE,
)
_ONE_LINE_FENCE = re.compile(r"\A```(?:latex|tex|math)?[ \t]*([^\n`]+?)[ \t]*(?:`{1,3}\Z|\Z)")
_PARTIAL_FENCE = re.compile(r"\n[ \t]*`{1,2}\Z")

_PREAMBLE = re.compile(r"\\documentclass.*?(?:\\begin\s*\{document\}|\Z)", re.DOTALL)
_PREAMBLE_LINES = re.compile(
    r"\\(?:usepackage|pagestyle|usetikzlibrary|RequirePackage)\s*(?:\[[^\]]*\])?\s*\{[^{}]*\}|\\maketitle(?![a-zA-Z])"
)
_DOCUMENT_END = re.compile(r"\\end\s*\{document\}.*\Z|\\begin\s*\{document\}", re.DOTALL)

_LEAD_WORDS = (
    r"(?:Here(?:'s|’s| is| are)|Sure|Certainly|Of course"
    r"|The (?:formula|equation|image|expression|picture)|(?:The )?(?:transcribed |extracted )?LaTeX"
    r"|Output|Answer|Transcription|以下是|这是|图片中|图中|该公式|公式|识别结果"
    r"|LaTeX ?代码|Voici|Hier ist|Aquí)"
)
_LEAD_IN = re.compile(
    rf"\A(?:\*\*)?{_LEAD_WORDS}(?![a-z])[^\n\\$`{{}}^_=]*?[:：](?:\*\*)?(?=\s|\Z|\\|\$)\s*", re.IGNORECASE
)
_ONLY_LEAD_IN = re.compile(
    r"\A(?:Here(?:'s|’s| is| are)|Sure[,!]|Certainly|Of course|The LaTeX|LaTeX code|以下是)[^\n\\$`{}^_=]*\Z"
)
_AFTERWORD = re.compile(
    r"\n\s*\n(?:\*\*)?(?:This (?:is|represents|shows|formula|equation|expression)|Note(?: that|:)|Explanation"
    r"|Let me know|The (?:above|formula|expression|equation|image)|I['’]ve|I have|If you)\b[^\\]*\Z"
)


def drop_reasoning(text: str) -> str:
    """Drop what the model thought; while it still thinks there is no answer, so that nothing is left."""
    for _, closing in _REASONING:
        if closing in text:
            # Some chat templates write the opening tag, so that the answer holds only the closing one.
            text = text[text.rindex(closing) + len(closing) :]
    start = text.lstrip()
    for opening, _ in _REASONING:
        if start.startswith(opening) or (len(start) >= _LEAST_OPENING and opening.startswith(start)):
            return ""
    return text


def drop_tokens(text: str) -> str:
    """Drop the model's own tokens: `<|ref|>...`, `<|det|>...`, `<|im_end|>`, `<loc_12>`."""
    text = _TOKEN.sub("", _GROUNDING.sub("", text))
    return _UNFINISHED_TOKEN.sub("", text)


def drop_front_matter(text: str) -> str:
    """Drop a YAML head between two lines of `---`."""
    found = _FRONT_MATTER.match(text)
    return text[found.end() :] if found and found[0].count("\n") else text


def drop_elements(text: str) -> str:
    """Drop the tags of `<formula>` and `<math>`, but not what they hold."""
    return _UNFINISHED_ELEMENT.sub("", _ELEMENT.sub("", text))


def delimit_elements(text: str) -> str:
    r"""Make `<math>` in running text `\( \)`, and `<math display="block">` and `<formula>` `\[ \]`."""
    closings: list[str] = []

    def delimiter(found: re.Match[str]) -> str:
        if found[0].startswith("</"):
            return closings.pop() if closings else ""
        display = "block" in found[0] or found[0][1] in "fF"
        closings.append("\\]" if display else "\\)")
        return "\\[" if display else "\\("

    text = re.sub(r"</?(?:math|formula)(?:\s[^<>]*)?>", delimiter, text, flags=re.IGNORECASE)
    return drop_elements(text)


def open_fences(text: str, joint: str) -> str:
    """Give what stands in code fences, joined, without what is outside; the text itself if there is none."""
    if found := _ONE_LINE_FENCE.match(text):
        return found[1]
    bodies = [_PARTIAL_FENCE.sub("", found[2]).strip("\n") for found in _FENCE.finditer(text)]
    return joint.join(body for body in bodies if body.strip()) if bodies else text


def open_outer_fence(text: str) -> str:
    """Take away a fence that is round the whole text."""
    found = _FENCE.match(text)
    if found and not text[found.end() :].strip():
        return _PARTIAL_FENCE.sub("", found[2])
    return text


def drop_preamble(text: str) -> str:
    r"""Give what stands inside `\begin{document}`, without the lines that load packages."""
    if "\\" not in text:
        return text
    text = _PREAMBLE.sub("", text)
    return _DOCUMENT_END.sub("", _PREAMBLE_LINES.sub("", text))


def drop_talk(text: str) -> str:
    """Drop a lead-in such as "Here is the LaTeX:", and an explanation in a paragraph after the formula."""
    if _ONLY_LEAD_IN.match(text):
        return ""
    return _AFTERWORD.sub("", _LEAD_IN.sub("", text))
