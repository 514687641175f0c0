"""How the system starts this program: what stands in desktop entries, login items and run keys."""

import os
import shutil
import sys

from writetex_desktop.core.inheritance import own_words, window_program


def own_command() -> tuple[str, ...]:
    """Give the words that start the window, without options; the first is an absolute path."""
    if getattr(sys, "frozen", False):
        return (_image() or window_program(sys.executable),)
    script = shutil.which("writetex-desktop")
    return (script,) if script else (sys.executable, "-m", "writetex_desktop", "window")


def own_console_command() -> tuple[str, ...]:
    """Give the words that start `writetex`, without its own; the first is an absolute path."""
    if getattr(sys, "frozen", False):
        return (_image(),) if _image() else own_words(sys.executable, frozen=True)
    script = shutil.which("writetex")
    return (script,) if script else (sys.executable, "-m", "writetex_desktop")


def _image() -> str:
    """Give the AppImage that we run from, or nothing; what is inside it is elsewhere at each start.

    It takes the words of both programs. https://docs.appimage.org/packaging-guide/environment-variables.html
    """
    return os.environ.get("APPIMAGE", "")


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
