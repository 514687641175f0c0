"""How the system starts this program: what stands in desktop entries, login items and run keys."""

import shutil
import sys


def own_command() -> tuple[str, ...]:
    """Give the words that start the window, without options; the first is an absolute path."""
    if getattr(sys, "frozen", False):
        return (sys.executable,)
    script = shutil.which("writetex-desktop")
    return (script,) if script else (sys.executable, "-m", "writetex_desktop", "window")


def own_console_command() -> tuple[str, ...]:
    """Give the words that start `writetex`, without its own; the first is an absolute path."""
    if getattr(sys, "frozen", False):
        return (sys.executable,)
    script = shutil.which("writetex")
    return (script,) if script else (sys.executable, "-m", "writetex_desktop")


def exec_line(words: tuple[str, ...]) -> str:
    """Write words as the value of `Exec` in a desktop entry.

    Every word is quoted as https://specifications.freedesktop.org/desktop-entry-spec/latest/exec-variables.html
    says: inside the quotes four signs are escaped, `%` is doubled, and the backslash is escaped once more
    because the value is a string of that file format.
    """
    return " ".join(_quoted(word) for word in words)


def _quoted(word: str) -> str:
    if word and all(sign.isalnum() or sign in "-_./:=+,@" for sign in word):
        return word
    inner = "".join(f"\\{sign}" if sign in '"`$\\' else sign for sign in word).replace("%", "%%")
    return '"' + inner.replace("\\", "\\\\") + '"'
