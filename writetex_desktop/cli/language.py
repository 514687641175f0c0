"""In which language the command line speaks: `--lang`, else what the environment says.

Nothing but the standard library and two tables are imported before another language than English is wanted.
"""

import os
from collections.abc import Sequence

from writetex_desktop.core.language.languages import (
    ENGLISH,
    LANGUAGES,
    Language,
    environment_names,
    find_language,
)


def take_language(words: Sequence[str]) -> tuple[list[str], str]:
    """Speak the language that is asked for, from now on.

    Args:
        words: The command line.

    Returns:
        The command line without `--lang`, and the code of the language that it named; empty for none.

    Raises:
        ValueError: Nobody speaks that language here; the message says which there are.
    """
    rest, named = _taken(words)
    if named is None:
        chosen = find_language(environment_names(os.environ)) or ENGLISH
    else:
        found = find_language((named,))
        if found is None:
            raise ValueError(", ".join(each.code for each in LANGUAGES))
        chosen = found
    if chosen != ENGLISH:
        _speak(chosen)
    if named is None:
        return rest, ""
    os.environ["LANGUAGE"] = chosen.code  # for the programs of ours that this one starts
    return rest, chosen.code


def _taken(words: Sequence[str]) -> tuple[list[str], str | None]:
    rest, named = list(words), None
    for at, word in enumerate(words):
        if word == "--":
            break
        if word == "--lang":
            named = words[at + 1] if at + 1 < len(words) else ""
            del rest[at : at + 2]
            break
        if word.startswith("--lang="):
            named = word.removeprefix("--lang=")
            del rest[at]
            break
    return rest, named


def _speak(chosen: Language) -> None:
    import gettext

    from writetex_desktop.adapters.storage.resource_files import resource_dir
    from writetex_desktop.adapters.storage.translation_files import read_catalogue
    from writetex_desktop.core.language.words import speak

    resources = resource_dir()
    speak(chosen, read_catalogue(resources, chosen))
    # argparse asks the standard library for its own words; they are in our catalogues too.
    gettext.bindtextdomain("writetex", str(resources / "locale"))
    gettext.textdomain("writetex")
    os.environ["LANGUAGE"] = chosen.code
