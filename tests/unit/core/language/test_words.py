"""What is said, in a language and in another."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writetex_desktop.core.language.languages import (
    ENGLISH,
    LANGUAGES,
    PSEUDO,
    environment_names,
    find_language,
    language,
)
from writetex_desktop.core.language.numbers import day, minute, number
from writetex_desktop.core.language.pseudo import PseudoCatalogue
from writetex_desktop.core.language.words import (
    mark,
    placeholders,
    retold,
    shaped,
    speak,
    tr,
    tr_in,
    tr_marked,
    tr_plural,
    without_key,
)


class French:
    """Knows what these tests say."""

    WORDS: ClassVar = {
        "Open": "Ouvrir",
        "The file {name} was saved.": "Le fichier {name} est enregistré.",
        "{tip} ({keys})": "{tip} ({keys})",
        "It costs {price}.": "Cela coûte {prix}.",
    }

    def gettext(self, message: str, /) -> str:
        return self.WORDS.get(message, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int, /) -> str:
        one, many = ("{count} fichier", "{count} fichiers") if msgid1 == "{count} file" else (msgid1, msgid2)
        return one if n < 2 else many

    def pgettext(self, context: str, message: str, /) -> str:
        return {"state": "Ouvert"}.get(context, message)


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    speak(ENGLISH, None)


def french() -> None:
    found = language("fr")
    assert found is not None
    speak(found, French())


def test_without_a_catalogue_everything_is_english() -> None:
    assert tr("Open") == "Open"
    assert tr("The file {name} was saved.", name="a{b}.png") == "The file a{b}.png was saved."
    assert tr_plural("{count} file", "{count} files", count=1) == "1 file"
    assert tr_plural("{count} file", "{count} files", count=0) == "0 files"
    assert tr(r"\frac{a}{b}") == r"\frac{a}{b}"


def test_a_catalogue_says_sentences_plurals_and_what_a_word_means_here() -> None:
    french()
    assert tr("Open") == "Ouvrir"
    assert tr_in("state", "Open") == "Ouvert"
    assert tr_plural("{count} file", "{count} files", count=0) == "0 fichier"
    assert tr_plural("{count} file", "{count} files", count=2) == "2 fichiers"
    table = {1: mark("Open")}
    assert tr_marked(table[1]) == "Ouvrir"


def test_a_translation_with_a_wrong_placeholder_is_not_worse_than_english() -> None:
    french()
    assert tr("It costs {price}.", price="$1") == "It costs $1."


def test_what_is_on_the_screen_is_said_again_in_the_new_language() -> None:
    shown = [
        tr("Open"),
        tr("The file {name} was saved.", name="x"),
        tr("{tip} ({keys})", tip=tr("Open"), keys="Ctrl+O"),
        tr_plural("{count} file", "{count} files", count=3),
        "a name of the user's",
    ]
    french()
    in_french = [retold(each) for each in shown]
    assert in_french == [
        "Ouvrir",
        "Le fichier x est enregistré.",
        "Ouvrir (Ctrl+O)",
        "3 fichiers",
        "a name of the user's",
    ]
    speak(ENGLISH, None)
    assert [retold(each) for each in in_french] == shown


def test_what_is_shown_together_is_said_again_part_by_part() -> None:
    tr("Open")
    tr("&Open")
    shown = ["Open · x = 1", "Open\nOpen", "Open (Ctrl+O)", "Open (by hand)"]
    french()
    assert [retold(each) for each in shown] == [
        "Ouvrir · x = 1",
        "Ouvrir\nOuvrir",
        "Ouvrir (Ctrl+O)",
        "Ouvrir (by hand)",
    ]


def test_what_was_shaped_is_shaped_again() -> None:
    shown = shaped(tr("Open"), lambda text: f"<b>{text}</b>")
    french()
    assert retold(shown) == "<b>Ouvrir</b>"


def test_nothing_is_asked_of_a_catalogue_for_an_empty_text() -> None:
    french()
    assert tr_marked("") == ""


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (("fr_CA.UTF-8",), "fr"),
        (("pt",), "pt_BR"),
        (("pt_PT.UTF-8",), "pt_BR"),
        (("zh-Hant-HK",), "zh_TW"),
        (("zh_SG",), "zh_CN"),
        (("sr_RS@latin", "de_AT"), "de"),
        (("ar_EG",), "ar"),
        (("qps",), "qps"),
    ],
)
def test_the_nearest_language_is_found(names: tuple[str, ...], code: str) -> None:
    found = find_language(names)
    assert found is not None
    assert found.code == code


def test_a_language_that_nobody_speaks_here_is_none() -> None:
    assert find_language(("tlh", "")) is None


@pytest.mark.parametrize(
    ("environment", "names"),
    [
        ({"LANG": "de_DE.UTF-8"}, ("de_DE.UTF-8",)),
        ({"LANG": "de_DE", "LC_ALL": "fr_FR"}, ("fr_FR",)),
        ({"LANG": "de_DE", "LANGUAGE": "it:fr"}, ("it", "fr", "de_DE")),
        ({"LANG": "C", "LANGUAGE": "it"}, ("en",)),
        ({"LANG": "C.UTF-8"}, ("en",)),
        ({"LANG": "C.UTF-8", "LANGUAGE": "it"}, ("it", "en")),
        ({}, ()),
    ],
)
def test_the_environment_is_read_as_gettext_reads_it(
    environment: dict[str, str], names: tuple[str, ...]
) -> None:
    assert environment_names(environment) == names


def test_figures_and_days_are_written_as_the_language_has_it() -> None:
    assert number(1234567.891, 2) == "1,234,567.89"
    assert day(date(2026, 11, 30)) == "2026-11-30"
    french()
    assert number(Decimal("1234.5"), 1) == "1\u202f234,5"
    assert minute(datetime(2026, 11, 30, 9, 5, tzinfo=UTC)) == "30/11/2026 09:05"


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_digits_are_latin_in_every_language(value: int) -> None:
    for each in LANGUAGES:
        speak(each, None)
        assert int(number(value).replace(each.group, "")) == value
    speak(ENGLISH, None)


@given(st.text(st.characters(exclude_characters="{}&`%\\<>"), min_size=1, max_size=60))
def test_the_pseudo_language_is_longer_and_keeps_what_is_no_word(text: str) -> None:
    speak(PSEUDO, PseudoCatalogue())
    said = tr(f"{text} {{value}} &x `code`", value="7")  # what the catalogue makes of any text
    assert said.startswith("[")
    assert said.endswith("]")
    assert "7" in said
    assert "&x" in said
    assert "`code`" in said
    assert len(said) > len(text) * 1.2


def test_the_letter_of_a_key_goes_where_nobody_presses_it() -> None:
    plain = without_key(tr("&Open it"))
    assert plain == "Open it"
    assert without_key("打开 (&O)") == "打开"
    speak(PSEUDO, PseudoCatalogue())
    assert retold(plain).startswith("[")
    assert "&" not in retold(plain)


def test_placeholders_are_found() -> None:
    assert placeholders("{a} of {b:.1f}") == {"a", "b"}
