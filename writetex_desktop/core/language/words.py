"""Says a sentence in the language in force: the one function that every sentence for people passes.

```
tr("The file was saved.")                                 a plain literal
tr("{name} was saved.", name=path.name)                   named placeholders, never an f-string
tr_plural("{count} file", "{count} files", count=3)       as many forms as the language has
tr_in("verb", "Open")                                     a word that other languages say in several ways
WORDS = {Mode.TEXT: mark("Text")}; tr_marked(WORDS[mode]) a table that is made before a language is known
```

The English text is the key of the catalogue (gettext), which `packaging/translations.py` makes from these
calls; so the text is always a literal, and whole: a sentence that is put together from parts cannot be
translated. Without a catalogue everything is English.

One object holds the catalogue in force, as a locale does; composition alone changes it (docs/adr/0062). It
also remembers how what was said lately was made, so that what is on the screen can be said anew, by
`retold`, when the language changes.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from string import Formatter
from typing import Final, Protocol

from writetex_desktop.core.language.languages import ENGLISH, Language

_MOST_REMEMBERED = 4000
"""Sentences that are remembered with their values; then all are forgotten, which costs no more than that what
stands on the screen stays in the language before until it is said again."""


_JOINTS = ("\n", " · ")
"""What stands between sentences, or parts, that are shown together."""

_TIP = re.compile(r"(.+) \(([^()]+)\)", re.DOTALL)
"""A tooltip with the keys of its action."""

_KEY = re.compile(r"\s?\(&\w\)|&")


class Catalogue(Protocol):
    """What was translated; the standard library's `gettext.GNUTranslations` is one."""

    def gettext(self, message: str, /) -> str:
        """Give the translation of a text, or the text."""
        ...

    def ngettext(self, msgid1: str, msgid2: str, n: int, /) -> str:
        """Give the form of a text that goes with a number."""
        ...

    def pgettext(self, context: str, message: str, /) -> str:
        """Give the translation of a text that means this here."""
        ...


@dataclass(frozen=True, slots=True)
class _Said:
    """How a sentence was made."""

    context: str
    text: str
    many: str
    values: Mapping[str, object]
    shape: Callable[[str], str] | None = None
    """What was done to the sentence before it was shown, such as taking the mark of its key away."""


@dataclass(slots=True)
class _Speaker:
    """The language in force, and what was said in it."""

    language: Language = ENGLISH
    catalogue: Catalogue | None = None
    said: dict[str, _Said] = field(default_factory=dict)
    """From what was shown to how it was made."""
    said_before: dict[str, _Said] = field(default_factory=dict)
    """The same of the languages before, while the screen still shows it."""
    plain_before: dict[str, _Said] = field(default_factory=dict)
    """The same, for where the mark of a key was left out on the way."""


_speaker: Final = _Speaker()


def speak(language: Language, catalogue: Catalogue | None) -> None:
    """Say everything in this language from now on.

    Args:
        language: Which.
        catalogue: What was translated into it; None for English.
    """
    _speaker.said_before = {**_speaker.said_before, **_speaker.said}
    if len(_speaker.said_before) > _MOST_REMEMBERED:
        _speaker.said_before = _speaker.said
    _speaker.plain_before = {
        _without_key(shown): replace(said, shape=_without_key)
        for shown, said in _speaker.said_before.items()
        if "&" in shown
    }
    _speaker.said = {}
    _speaker.catalogue = catalogue
    _speaker.language = language


def spoken_language() -> Language:
    """Give the language in force."""
    return _speaker.language


def tr(text: str, /, **values: object) -> str:
    """Say a sentence.

    Args:
        text: The English sentence, a literal.
        values: What stands in its placeholders; where there are none the text is not formatted.
    """
    return _say(_Said("", text, "", values))


def tr_plural(one: str, many: str, /, *, count: int, **values: object) -> str:
    """Say a sentence that depends on a number.

    Args:
        one: The English sentence for one, a literal.
        many: The one for any other number.
        count: The number; `{count}` shows it, unless it is among the values as `shown`, written as the
            language has it.
        values: What stands in the other placeholders.
    """
    return _say(_Said("", one, many, {"count": count, **values}))


def tr_in(context: str, text: str, /, **values: object) -> str:
    """Say a word that means this here; the context is a literal too, and for translators alone."""
    return _say(_Said(context, text, "", values))


def mark(text: str, /) -> str:
    """Mark a literal of a table as a text for people; `tr_marked` says it."""
    return text


def tr_marked(text: str, /, **values: object) -> str:
    """Say a text that was marked where it stands."""
    return _say(_Said("", text, "", values)) if text else ""


def without_key(text: str) -> str:
    """Take the mark of its key (`&`) off what was said, for where nobody can press it.

    Chinese, Japanese and Korean write the key behind the words, `打开(&O)`; it goes as a whole.
    """
    return shaped(text, _without_key)


def shaped(text: str, shape: Callable[[str], str]) -> str:
    """Change what was said, for the place where it is shown, so that `retold` can change it again.

    Args:
        text: What was said.
        shape: Makes what is shown of it.
    """
    shown = shape(text)
    said = _speaker.said.get(text)
    if said is not None and shown != text:
        _speaker.said[shown] = replace(said, shape=shape)
    return shown


def retold(shown: str) -> str:
    """Say again, in the language in force, what was said in the one before.

    Args:
        shown: What stands on the screen.

    Returns:
        The same where nobody knows how it was made, such as a name that the user gave.
    """
    if shown in _speaker.said:
        return shown
    said = _speaker.said_before.get(shown) or _speaker.plain_before.get(shown)
    if said is not None:
        again = {
            name: retold(value) if isinstance(value, str) else value for name, value in said.values.items()
        }
        sentence = _say(replace(said, values=again, shape=None))
        return shaped(sentence, said.shape) if said.shape else sentence
    for between in _JOINTS:
        if between in shown:
            return between.join(map(retold, shown.split(between)))
    tip = _TIP.fullmatch(shown)
    return f"{retold(tip[1])} ({tip[2]})" if tip else shown


def _without_key(text: str) -> str:
    return _KEY.sub("", text)


def _say(said: _Said) -> str:
    text = _translated(said)
    sentence = text
    if said.values:
        try:
            sentence = text.format_map(said.values)
        except (KeyError, IndexError, ValueError, AttributeError):  # a fault of the translation
            sentence = _english(said).format_map(said.values)
    if len(_speaker.said) > _MOST_REMEMBERED:
        _speaker.said = {}
    _speaker.said[sentence] = said
    return sentence


def _translated(said: _Said) -> str:
    catalogue = _speaker.catalogue
    if catalogue is None or not said.text:
        return _english(said)
    if said.many:
        return catalogue.ngettext(said.text, said.many, _count(said))
    if said.context:
        return catalogue.pgettext(said.context, said.text)
    return catalogue.gettext(said.text)


def _english(said: _Said) -> str:
    return said.many if said.many and _count(said) != 1 else said.text


def _count(said: _Said) -> int:
    count = said.values["count"]
    assert isinstance(count, int)
    return count


def placeholders(text: str) -> frozenset[str]:
    """Give the names in a text's placeholders.

    Raises:
        ValueError: A brace stands alone.
    """
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)
