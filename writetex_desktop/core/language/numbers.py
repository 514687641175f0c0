"""Numbers, amounts and dates as the language in force writes them; digits are always Latin ones.

For the command line and the sentences of core; the window asks Qt, which also knows the user's country.
"""

import re
from datetime import date, datetime
from decimal import Decimal

from writetex_desktop.core.language.languages import ENGLISH
from writetex_desktop.core.language.words import spoken_language

_YEAR = re.compile(r"^%Y\W+|\W%Y$")


def number(value: float | Decimal, decimals: int = 0) -> str:
    """Write a number.

    Args:
        value: Which.
        decimals: How many digits stand after the mark.
    """
    language = spoken_language()
    marks = str.maketrans({",": language.group, ".": language.decimal})
    return f"{value:,.{decimals}f}".translate(marks)


def day(moment: date) -> str:
    """Write a date."""
    return moment.strftime(spoken_language().day)


def day_and_month(moment: date) -> str:
    """Write a date of these weeks, without its year: `3 December` in English, `03/12` in French."""
    language = spoken_language()
    if language == ENGLISH:
        return f"{moment.day} {moment:%B}"
    return moment.strftime(_YEAR.sub("", language.day))


def minute(moment: datetime) -> str:
    """Write a date and the time of the day, as of its own zone."""
    return f"{day(moment)} {moment:%H:%M}"
