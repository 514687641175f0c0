"""Numbers, amounts and dates as the language in force writes them; digits are always Latin ones.

For the command line and the sentences of core; the window asks Qt, which also knows the user's country.
"""

from datetime import date, datetime
from decimal import Decimal

from writetex_desktop.core.language.words import spoken_language


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


def minute(moment: datetime) -> str:
    """Write a date and the time of the day, as of its own zone."""
    return f"{day(moment)} {moment:%H:%M}"
