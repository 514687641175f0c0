"""The catalogues of translations, `resources/locale/CODE/LC_MESSAGES/writetex.mo`, of GNU gettext.

`packaging/translations.py` makes them from `translations/`; only the one in force is read.
"""

import gettext
import logging
import struct
from pathlib import Path

from writetex_desktop.core.language.languages import ENGLISH, PSEUDO, Language
from writetex_desktop.core.language.pseudo import PseudoCatalogue
from writetex_desktop.core.language.words import Catalogue

_log = logging.getLogger(__name__)


def read_catalogue(resources: Path, language: Language) -> Catalogue | None:
    """Read what was translated into a language.

    Args:
        resources: The folder `resources/`.
        language: Which.

    Returns:
        None for English, and where the file is missing or broken, which is logged: the program speaks English
        then.
    """
    if language == ENGLISH:
        return None
    if language == PSEUDO:
        return PseudoCatalogue()
    file = resources / "locale" / language.code / "LC_MESSAGES" / "writetex.mo"
    try:
        with file.open("rb") as opened:
            return gettext.GNUTranslations(opened)
    except (OSError, ValueError, struct.error) as error:
        _log.warning(
            "The translations into %s cannot be read: %s. The program speaks English.",
            language.code,
            type(error).__name__,
        )
        return None
