r"""Answers that are no formula: words, nothing in one dress or another, a web page, an error in JSON.

What decides is the shape of an answer and what was asked for, not phrases: a formula has signs of
mathematics, a table has cells, a drawing has commands.
"""

import json
import re
from enum import Enum, auto
from typing import Final

from writetex_desktop.core.errors import RecognitionError, Remedy, RemedyAction
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.markup.talk import is_about_formulas, is_function, word_count
from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.core.redaction import redact

_LONGEST_QUOTE: Final = 140
"""Characters of the model's words that are shown; the first sentence says it."""

_LEAST_WORDS: Final = 6
"""Words after which a few signs of mathematics do not make a sentence a formula."""

_LONGEST_ERROR: Final = 4_000
_NOTHING: Final = """
    none null nil undefined n/a na nothing empty blank void {} [] () "" '' 无 無 没有 空 空白 なし 無し
    없음 нет пусто rien aucun aucune keine kein nichts nada ninguno ninguna nessuno nessuna niente
    nenhum nenhuma لا_شيء لا_يوجد
"""
_NOTHINGS: Final = frozenset(each.replace("_", " ") for each in _NOTHING.split())
_SAID_NONE: Final = re.compile(r"\bNONE\b")
_SPACED_NONE: Final = re.compile(r"(?i)\W*n\W{0,3}o\W{0,3}n\W{0,3}e\W*")
_DRESS: Final = re.compile(
    r"\\(?:text[a-z]*|mathrm|mathbf|mathsf|mathtt|mathit|boxed|fbox|mbox|hbox|operatorname\*?|rm|bf)(?![a-zA-Z])"
)
_TEXT_ONLY: Final = re.compile(r"\s*\\(?:text[a-z]*|mathrm|mbox|hbox)\s*\{(?P<inner>[^{}\\]*)\}[\s.]*")
_PAGE: Final = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_ERROR_KEYS: Final = frozenset(("error", "errors", "detail", "error_message", "error_code", "errmsg", "err"))
_MESSAGE_KEYS: Final = ("error", "message", "msg", "detail", "error_message", "errmsg")
_STRONG: Final = re.compile(r"[\\^_$]")
_SIGN: Final = re.compile(r"[=+<>|{}\[\]&~*/\u2190-\u22ff]")
_SORRY: Final = re.compile(
    r"\W*(?:i['’]?m (?:sorry|unable|afraid)|sorry|i (?:cannot|can['’]t|am unable|apologi)|unfortunately"
    r"|抱歉|对不起|很遗憾|無法|désolé|je suis désolé|malheureusement|es tut mir leid|leider"
    r"|lo siento|lamentablemente|mi dispiace|purtroppo|desculpe|infelizmente|申し訳|すみません"
    r"|죄송|извините|к сожалению|عذرا|آسف|للأسف)",
    re.IGNORECASE,
)
_IDEOGRAPHS: Final = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")
_LEAST_IDEOGRAPHS: Final = 4
_AROUND: Final = "[]()*_`\"'“”<>#-| \n"
_WORD: Final = re.compile(r"[^\W\d_]{2,}(?:['’\-][^\W\d_]+)*|[aAiIyYoOеиоуàèéùо]")
_LONG: Final = 4
"""Letters of words that stay words beside a comma; shorter ones may be products in a list."""

_LEAST_LETTERS: Final = 3


class Answer(Enum):
    """What an answer is."""

    MARKUP = auto()
    NOTHING = auto()
    """The model says that there is nothing to transcribe."""
    WORDS = auto()
    PAGE = auto()
    """A web page, as of a login or a gateway."""
    ERROR = auto()
    """An object in JSON that tells of an error, or holds nothing."""


def judge(text: str, markup: str, mode: Mode) -> Answer:
    """Say whether an answer is what was asked for.

    Args:
        text: As the engine gave it.
        markup: The same, cleaned; it may be empty.
        mode: What was asked for.
    """
    if _PAGE.match(text):
        return Answer.PAGE
    if _is_nothing(markup) or (not markup and (_SAID_NONE.search(text) or _is_nothing(text))):
        return Answer.NOTHING
    if _is_object(markup or text, mode):
        return Answer.ERROR
    said = markup or text
    if not said.strip() or not _are_words(said, mode):
        return Answer.MARKUP
    return Answer.NOTHING if _SAID_NONE.search(said) else Answer.WORDS


def explain(answer: Answer, text: str, model: str) -> RecognitionError:
    """Say to the user what came in place of a formula.

    Args:
        answer: What it is; not markup.
        text: The answer, of which the beginning is quoted.
        model: Model ID that was asked for.
    """
    quote = _quote(text)
    other = Remedy(tr("Try again, or choose another model."), RemedyAction.RETRY)
    match answer:
        case Answer.NOTHING:
            return RecognitionError(
                tr("There is nothing to transcribe in the picture."),
                tr("Select the region again, with the formula inside."),
            )
        case Answer.PAGE:
            return RecognitionError(
                tr("A web page came in place of an answer."),
                Remedy(
                    tr("Check the base URL, and whether the network asks for a login."),
                    RemedyAction.OPEN_ENDPOINT_SETTINGS,
                ),
            )
        case Answer.ERROR:
            said = _quote(_message_in(text) or text)
            return RecognitionError(
                tr("The answer of {model} holds no formula but “{said}”", model=model, said=said), other
            )
        case _:
            return RecognitionError(
                tr("The model {model} answered in words: “{quote}”", model=model, quote=quote), other
            )


def _quote(text: str) -> str:
    found = _TEXT_ONLY.fullmatch(text)
    words = redact(" ".join((found["inner"] if found else text)[:_LONGEST_ERROR].split()))
    return words if len(words) <= _LONGEST_QUOTE else words[:_LONGEST_QUOTE].rstrip() + "…"


def _message_in(text: str) -> str:
    """Find what an error in JSON says in words."""
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError):
        return ""
    for _level in range(3):
        if not isinstance(value, dict):
            break
        value = next((value[key] for key in _MESSAGE_KEYS if value.get(key)), "")
    return value if isinstance(value, str) else ""


def _is_nothing(markup: str) -> bool:
    if len(markup) > _LONGEST_QUOTE:
        return False
    bare = _DRESS.sub("", markup)
    plain = bare.strip(" \t\n.。!?:*_`'\"“”«»{}[]()$<>-–—|#/").casefold()
    if not plain:
        # What is left of `{}`, `[]`, `""` and dashes; `\{\}` is a set, and one sign may be in the picture.
        return bare.strip() in _NOTHINGS or (bool(markup.strip()) and not bare.strip("{}[]\"'`. \n"))
    return plain in _NOTHINGS or bool(_SPACED_NONE.fullmatch(bare))


def _is_object(text: str, mode: Mode) -> bool:
    """Whether an answer is an object in JSON; in running text only where it tells of an error."""
    if not text.lstrip().startswith("{") or not text.rstrip().endswith("}") or '"' not in text:
        return False
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return False
    if not isinstance(value, dict):
        return False
    return mode is not Mode.TEXT or (len(text) < _LONGEST_ERROR and not _ERROR_KEYS.isdisjoint(value))


def _are_words(said: str, mode: Mode) -> bool:
    match mode:
        case Mode.TEXT:
            return bool(_SORRY.match(said)) and len(said) < _LONGEST_ERROR // 10 and is_about_formulas(said)
        case Mode.TABLE:
            return not re.search(r"[&|\t]|\\\\|\\begin", said) and _is_sentence(said)
        case Mode.TIKZ:
            return "\\" not in said and _is_sentence(said)
        case _:
            found = _TEXT_ONLY.fullmatch(said)
            if found is not None:
                # Words that the picture holds are set as text; who speaks of the picture is no picture.
                return word_count(found["inner"]) > 2 and is_about_formulas(found["inner"])  # noqa: PLR2004
            return _is_sentence(said)


def _is_sentence(said: str) -> bool:
    """Whether it is words one after the other, with hardly a sign of mathematics among them."""
    bare = said.strip().strip(_AROUND)
    if _STRONG.search(bare):
        return False
    signs = len(_SIGN.findall(bare.replace("**", "")))
    words = word_count(bare)
    if signs:
        return words >= _LEAST_WORDS and signs * _LEAST_WORDS <= words
    if not re.search(r"[a-z]{3}", bare) and (len(_IDEOGRAPHS.findall(bare)) >= _LEAST_IDEOGRAPHS):
        return True
    if is_about_formulas(bare) and not bare.isascii() and words > 0:
        return True
    return words > 1 and 2 * _length_in_sequence(bare) > len(bare)


def _length_in_sequence(said: str) -> int:
    """Count the characters of words that stand beside one another, as in a sentence."""
    tokens = said.split()
    bare = [token.strip(".,;:!?…()\"'“”").removesuffix("'s") for token in tokens]
    linked = [False] * len(tokens)
    for at in range(1, len(tokens)):
        one, other = bare[at - 1], bare[at]
        if not (_is_word(one) and _is_word(other)):
            continue
        least = min(len(one), len(other)) if tokens[at - 1][-1] in ",;" else max(len(one), len(other))
        if least >= (_LONG if tokens[at - 1][-1] in ",;" else _LEAST_LETTERS):
            linked[at - 1] = linked[at] = True
    return sum(len(token) + 1 for token, is_linked in zip(tokens, linked, strict=True) if is_linked)


def _is_word(token: str) -> bool:
    r"""Whether it is a word of a sentence: not `ABC` of a triangle, not `sin`."""
    return (
        bool(_WORD.fullmatch(token)) and (not token.isupper() or len(token) == 1) and not is_function(token)
    )
