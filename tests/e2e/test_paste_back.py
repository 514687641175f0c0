"""A formula goes from the screen into the editor that the user writes in, without a key of the user."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from llmock.pytest_plugin import LLMock

from tests.e2e.conftest import Desktop
from tests.e2e.test_snip import LATEX, Program

pytestmark = [pytest.mark.gui, pytest.mark.timeout(120)]

EDITOR = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication, QPlainTextEdit
app = QApplication(sys.argv)
edit = QPlainTextEdit()
edit.setWindowTitle("Somebody's editor")
edit.textChanged.connect(lambda: Path(sys.argv[1]).write_text(edit.toPlainText(), "utf-8"))
edit.setGeometry(700, 420, 400, 200)
edit.show()
sys.exit(app.exec())
"""


def test_a_snip_from_an_editor_is_pasted_into_it(desktop: Desktop, llmock: LLMock, tmp_path: Path) -> None:
    folder = desktop.home / "config_home" / "writetex-desktop"
    folder.mkdir(parents=True)
    (folder / "settings.json").write_text(json.dumps({"version": 1, "paste_back": True}), "utf-8")
    llmock.reply(LATEX)
    written = tmp_path / "written"
    program = Program(desktop, llmock)
    editor = subprocess.Popen([sys.executable, "-c", EDITOR, str(written)], env=desktop.environment())
    desktop.programs.append(editor)
    desktop.hands.wait_until(lambda: desktop.window("Somebody's editor") is not None)
    subprocess.run(
        ["xdotool", "search", "--sync", "--name", "Somebody's editor", "windowactivate", "--sync"],
        env=desktop.environment(),
        check=True,
        timeout=30,
    )
    program.press_hotkey()
    program.drag()
    desktop.hands.wait_until(lambda: written.exists() and written.read_text("utf-8") == LATEX)
    assert desktop.clipboard() == LATEX
