"""From what an engine wrote to markup."""

import re

from writetex_desktop.core.markup import wrappers
from writetex_desktop.core.markup.characters import spell_out, tidy_characters
from writetex_desktop.core.markup.delimiters import open_delimiters
from writetex_desktop.core.markup.documents import drop_html, drop_page_notes
from writetex_desktop.core.markup.dress import open_scripts, undress, unescape
from writetex_desktop.core.markup.envelopes import (
    drop_pictographs,
    drop_stream_end,
    open_call,
    open_code,
    open_table,
)
from writetex_desktop.core.markup.kind import kind_of
from writetex_desktop.core.markup.mathml import write_mathml
from writetex_desktop.core.markup.objects import read_layout
from writetex_desktop.core.markup.repetition import cut_repetition
from writetex_desktop.core.markup.spellings import with_standard_spelling
from writetex_desktop.core.markup.tables import write_tabular
from writetex_desktop.core.markup.talk import drop_talk
from writetex_desktop.core.markup.thinking import drop_reasoning, drop_tokens
from writetex_desktop.core.reading.recognition import Mode

_NUMBER = re.compile(
    r"(?:\\q?quad|\\hfill|\\hspace\*?\s*\{[^{}]*\}|\\eqno|\\leqno|~~)[\s~]*(?:\\q?quad[\s~]*)*"
    r"(?:\\(?:text|mathrm|hbox|mbox)\s*\{\s*)?\(\s*[A-Z]?\.?\d+(?:[.\-–]\d+)*\s*[a-z]?'*\s*\)\s*\}?\s*[.,]?\s*\Z"
)
_TAG = re.compile(
    r"\\(?:tag|label)(?![a-zA-Z])\s*+\*?\s*+(?:\{(?:[^{}]|\{[^{}]*\})*(?:\}|(?:\{[^{}]*)?\Z)|\Z)"
)
_TRAILING_SPACE = re.compile(r"(?:(?<!\\)(?:\\(?:q?quad|hfill)(?![a-zA-Z])|\\[,;:!])|~|\s)+\Z")
_NUMBER_OUTSIDE = re.compile(r"(\\\]|\$\$)\s*\(\s*[A-Z]?\.?\d+(?:[.\-–]\d+)*\s*[a-z]?\s*\)\s*\Z")
_BRACED_DELIMITER = re.compile(r"(\\[bB]igg?[lrm]?)\s*\{\s*([()\[\]|/.]|\\[{}|]|\\[a-zA-Z]+)\s*\}([a-zA-Z]?)")
_SCRIPT = r"(?:\{(?:[^{}]|\{[^{}]*\})*\}|[A-Za-z0-9])"
_DOUBLE_SCRIPT = re.compile(rf"(?<!\\)(_\s*{_SCRIPT})\s*(?=_)|(?<!\\)(\^\s*{_SCRIPT})\s*(?=\^)")
_SPACED_NAME = re.compile(
    r"(\\(?:mathrm|operatorname\s*\*?|mathbf|mathsf|mathit|mathtt|rm))\s*\{\s*((?:[A-Za-z](?:\s|~)+)+[A-Za-z])\s*\}"
)
_SPACED_ENVIRONMENT = re.compile(r"\\(begin|end)\s*\{\s*([a-zA-Z](?:\s*+[a-zA-Z])*+(?:\s*+\*)?)\s*+\}")
_NOTHING = re.compile(
    r"\s*+(?:\\(?:text|mathrm)\s*+\{\s*+)?[`'\"*]*+NONE[`'\"*]*+\s*+\}?\s*+\.?\s*+", re.IGNORECASE
)
_BACKTICKS = re.compile(r"\A(`{1,2})([^`\n]*)(?:\1|`?)\Z")
_SLASHES = re.compile(r"(\\+)([a-zA-Z]+|.)?", re.DOTALL)
_FAMILIAR = """
    frac dfrac tfrac sqrt begin end left right sum prod int oint lim infty alpha beta gamma delta epsilon
    theta lambda mu pi sigma phi psi omega partial nabla cdot cdots ldots dots times pm leq geq neq approx
    in to rightarrow mathbb mathbf mathcal mathrm text operatorname hat bar vec tilde overline sin cos tan
    log ln exp quad label tag hline binom
"""

_ENDING = 300
"""Characters in which an equation number and the space before it stand."""

_MOST_LAYERS = 40
"""Wrappers inside each other; real answers have four or five."""


def clean(text: str, mode: Mode = Mode.FORMULA) -> str:
    r"""Make an engine's answer the markup it stands for.

    Takes away reasoning, model tokens, YAML heads, `<formula>` and `<math>` tags, code fences, lead-ins,
    explanations, outer delimiters, preambles, tags, labels, equation numbers, endless repetition and
    doubled backslashes; decodes HTML entities, composes accents and writes Unicode mathematics as
    commands. An answer of `NONE` gives an empty string.

    Only what cannot belong to the picture goes; in text mode delimiters, prose and Unicode stay as they are.

    Args:
        text: A finished answer, or any beginning of one.
        mode: What was asked for.

    Returns:
        The markup; `clean(clean(text)) == clean(text)`.
    """
    mode = kind_of(text, mode)
    # Wrappers nest in any order (`$$` in a fence in a document in `<answer>`), so that the steps are
    # taken until nothing changes.
    for _layer in range(_MOST_LAYERS):
        if (cleaned := _pass(text, mode)) == text:
            break
        text = cleaned
    return text


def _pass(text: str, mode: Mode) -> str:
    text = drop_stream_end(drop_reasoning(cut_repetition(tidy_characters(text))))
    if mode.is_formula:
        text = open_call(text)
    text = drop_page_notes(write_mathml(read_layout(text, formula=mode.is_formula), formula=mode.is_formula))
    text = wrappers.drop_front_matter(drop_tokens(text).lstrip())
    match mode:
        case Mode.FORMULA | Mode.CHEMISTRY | Mode.HANDWRITING:
            text = _formula(text)
        case Mode.TEXT | Mode.AUTO:
            text = wrappers.open_outer_fence(
                wrappers.delimit_elements(drop_html(write_tabular(text, markdown=False)))
            ).strip()
        case Mode.TABLE:
            text = write_tabular(wrappers.open_fences(text, "\n\n"), markdown=True)
            text = drop_talk(wrappers.drop_elements(drop_html(text)).strip())
        case Mode.TIKZ:
            text = wrappers.open_fences(wrappers.drop_elements(text), "\n\n").strip()
            text = drop_talk(text)
    text = _halve_backslashes(wrappers.drop_preamble(text)).strip()
    return "" if _NOTHING.fullmatch(text) else text


def _formula(text: str) -> str:
    text = wrappers.open_fences(wrappers.drop_elements(drop_html(open_scripts(text))), "\n\n").strip()
    text = undress(unescape(drop_pictographs(open_code(open_table(text)))))
    text = _at_end(_NUMBER_OUTSIDE, r"\1", _BACKTICKS.sub(r"\2", text))
    text = open_delimiters(drop_talk(wrappers.drop_preamble(text).strip())).strip()
    text = _SPACED_ENVIRONMENT.sub(lambda found: f"\\{found[1]}{{{_joined(found[2])}}}", text)
    text = _SPACED_NAME.sub(lambda found: f"{_joined(found[1])}{{{_joined(found[2])}}}", text)
    text = _BRACED_DELIMITER.sub(_unbraced, text)
    text = _DOUBLE_SCRIPT.sub(r"\g<0>{}", text)
    text = _at_end(_NUMBER, "", _TAG.sub("", text))
    return spell_out(with_standard_spelling(_at_end(_TRAILING_SPACE, "", text.rstrip())))


def _unbraced(found: re.Match[str]) -> str:
    blank = " " if found[3] and found[2][-1].isalpha() else ""
    return f"{found[1]}{found[2]}{blank}{found[3]}"


def _joined(spaced: str) -> str:
    return re.sub(r"[\s~]", "", spaced)


def _at_end(pattern: re.Pattern[str], replacement: str, text: str) -> str:
    """Replace what stands at the end; the beginning is not looked through for it again and again."""
    return text[:-_ENDING] + pattern.sub(replacement, text[-_ENDING:])


def _halve_backslashes(text: str) -> str:
    r"""Undo doubled backslashes, but only where every command has them: matrices honestly hold `\\`."""
    familiar_names = frozenset(_FAMILIAR.split())
    familiar = False
    for slashes, name in _SLASHES.findall(text):
        if len(slashes) % 2:
            return text
        familiar = familiar or name in familiar_names
    if not familiar and not re.fullmatch(r"\s*\\\\\[.*\\\\\]\s*|\s*\\\\\(.*\\\\\)\s*", text, re.DOTALL):
        return text
    return text.replace("\\\\", "\\")
