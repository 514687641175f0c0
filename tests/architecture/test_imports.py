"""What is imported when: the slow libraries come after the tray is up, or never."""

import subprocess
import sys

import pytest

SLOW = ("openai", "keyring", "PIL", "quickjs", "onnxruntime", "numpy")


def modules_after(statement: str) -> set[str]:
    code = f"{statement}\nimport sys; print('\\n'.join({{name.partition('.')[0] for name in sys.modules}}))"
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=60
    )
    return set(done.stdout.split())


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_and_version_import_neither_qt_nor_any_slow_library(option: str) -> None:
    statement = (
        "import contextlib, io, writetex_desktop.cli as cli\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):\n"
        f"    cli.main(['{option}'])"
    )
    assert not modules_after(statement) & {*SLOW, "PySide6", "mss", "asyncio", "Xlib"}


def test_the_program_of_the_window_imports_no_slow_library() -> None:
    loaded = modules_after("import writetex_desktop.composition, writetex_desktop.ui.presenter")
    assert not loaded & set(SLOW)
