"""Loads Qt without the hook that PySide6 leaves in every import of the program.

The hook serves `from __feature__ import snake_case` and its like, which we do not use. For that it reads
the source of every module that is imported from then on, of any library, to see whether it names PySide6
(`_mod_uses_pyside` in `shibokensupport/feature.py`), and `linecache` keeps what was read: 1,079 files,
20 MB, by the time of the first snip, and a tenth of a second while `openai` is imported.
"""

import builtins


def load_qt_core() -> None:
    """Load `PySide6.QtCore`, and leave the import of modules as Python has it; the first to import PySide6.

    Raises:
        ImportError: A library of the system is missing.
    """
    plain = builtins.__import__
    import PySide6.QtCore  # noqa: F401, PLC0415 - between reading what it replaces and putting it back

    builtins.__import__ = plain
