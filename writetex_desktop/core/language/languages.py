"""The languages there are, and which of them somebody wants."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the program.

    Attributes:
        code: Its name as gettext and Qt write it.
        name: What its speakers call it.
        decimal: What stands before the decimals of a number.
        group: What stands between thousands; empty for nothing.
        day: How a date is written, in the directives of `strftime`.
        money: How an amount of money is written.
        locale: The locale whose figures it uses, where that is not the one of its code.
        is_right_to_left: Whether it is written from right to left.
    """

    code: str
    name: str
    decimal: str = "."
    group: str = ","
    day: str = "%Y-%m-%d"
    money: str = "{symbol}{amount}"
    locale: str = ""
    is_right_to_left: bool = False


ENGLISH: Final = Language("en", "English")

_NARROW = "\u202f"
_WIDE = "\u00a0"
_BEHIND = "{amount}\u00a0{symbol}"

LANGUAGES: Final = (
    ENGLISH,
    Language("fr", "Français", ",", _NARROW, "%d/%m/%Y", _BEHIND),
    Language("de", "Deutsch", ",", ".", "%d.%m.%Y", _BEHIND),
    Language("es", "Español", ",", ".", "%d/%m/%Y", _BEHIND),
    Language("it", "Italiano", ",", ".", "%d/%m/%Y", _BEHIND),
    Language("pt_BR", "Português (Brasil)", ",", ".", "%d/%m/%Y", "{symbol}\u00a0{amount}"),
    Language("zh_CN", "简体中文", day="%Y/%m/%d"),
    Language("zh_TW", "繁體中文", day="%Y/%m/%d"),
    Language("ja", "日本語", day="%Y/%m/%d"),
    Language("ko", "한국어", day="%Y. %m. %d."),
    Language("ru", "Русский", ",", _WIDE, "%d.%m.%Y", _BEHIND),
    # Formulas, prices and dates stand among Latin digits all over the Arab world's mathematics in print.
    Language("ar", "العربية", day="%d/%m/%Y", locale="ar_AE", is_right_to_left=True),
)
"""In the order in which they are offered. Figures by the Unicode CLDR, https://cldr.unicode.org."""

PSEUDO: Final = Language("qps", "[Þšéûðö]")
"""No language: shows what was not translated, and where longer words do not fit."""

_TRADITIONAL = frozenset({"hant", "tw", "hk", "mo"})


def language(code: str) -> Language | None:
    """Give a language by its code."""
    return next((each for each in (*LANGUAGES, PSEUDO) if each.code == code), None)


def find_language(names: Iterable[str]) -> Language | None:
    """Give the first language that we have.

    Args:
        names: In order of preference, as systems write them: `fr_CA.UTF-8`, `zh-Hant-HK`, `pt`.
    """
    for name in names:
        plain = name.partition(".")[0].partition("@")[0].replace("-", "_")
        first, *rest = plain.casefold().split("_")
        if first == "zh":
            return language("zh_TW" if _TRADITIONAL & set(rest) else "zh_CN")
        for each in (*LANGUAGES, PSEUDO):
            if first == each.code.partition("_")[0]:
                return each
    return None


def environment_names(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Give what the environment says of the language of messages, in order of preference.

    As GNU gettext reads it (https://www.gnu.org/software/gettext/manual/html_node/Locale-Environment-Variables.html):
    LANGUAGE is a list, and does not count where a program is told to speak C.
    """
    names = (environment.get(each, "") for each in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next((name for name in names if name), "")
    if locale in {"C", "POSIX"}:
        return ("en",)
    wanted = [name for name in environment.get("LANGUAGE", "").split(":") if name]
    plain = "en" if locale.partition(".")[0] in {"C", "POSIX"} else locale
    return tuple(name for name in (*wanted, plain) if name)
