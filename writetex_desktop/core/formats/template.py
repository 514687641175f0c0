"""The user's own form of output: a text with placeholders."""

import re
from collections.abc import Mapping

from writetex_desktop.core.errors import SettingsError

PLACEHOLDERS = ("latex", "mathml", "typst", "asciimath", "unicode", "omml", "sympy", "mathematica", "date")
"""What may stand in braces; each is the exact text of the format of that name, and `latex` that of `raw`."""

_PLACEHOLDER = re.compile(r"\{\{|\}\}|\{([a-z]+)\}")


def placeholders(template: str) -> frozenset[str]:
    """Give the placeholders that a template uses.

    Raises:
        SettingsError: It uses one that there is not.
    """
    used = frozenset(found[1] for found in _PLACEHOLDER.finditer(template) if found[1])
    unknown = sorted(used - set(PLACEHOLDERS))
    if unknown:
        known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
        raise SettingsError(
            f"The template uses {{{unknown[0]}}}, which is no placeholder.", f"Use one of {known}."
        )
    return used


def fill(template: str, values: Mapping[str, str]) -> str:
    r"""Put values in the place of placeholders.

    Other braces stay as they are, as in `\textbf{ {latex} }`; a doubled brace is one brace.

    Args:
        template: The text.
        values: A value for each name that `placeholders` gives.
    """

    def value(found: re.Match[str]) -> str:
        return values[found[1]] if found[1] else found[0][0]

    return _PLACEHOLDER.sub(value, template)
