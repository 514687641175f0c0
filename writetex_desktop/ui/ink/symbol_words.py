"""How a guess for a symbol is written in a row."""

from writetex_desktop.core.ink.signs import SymbolGuess
from writetex_desktop.core.language.words import tr


def guess_words(guess: SymbolGuess) -> str:
    """Write command, name and package in one short line."""
    parts = [guess.command]
    if guess.name and guess.name != guess.command.lstrip("\\"):
        parts.append(guess.name)
    if guess.package:
        parts.append(guess.package)
    if guess.is_text:
        parts.append(tr("in text only"))
    return "  ·  ".join(parts)


def package_words(guess: SymbolGuess) -> str:
    r"""Say which package a command needs, or that it stands in text only; nothing where neither is so."""
    words = []
    if guess.package:
        words.append(tr("needs {package}", package=f"\\usepackage{{{guess.package}}}"))
    if guess.is_text:
        words.append(tr("in text only"))
    return ", ".join(words)
