"""The panel that finds a symbol by a drawing of it."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from tests.gui.ink.pad_desk import PadDesk, play_pad, until
from writetex_desktop.ui.ink.symbol_panel import SymbolPanel


def drawn_on(panel: SymbolPanel) -> None:
    port = panel.canvas.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(40, 40))
    QTest.mouseMove(port, QPoint(90, 90))
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(90, 40))


async def opened(desk: PadDesk, found: list[str]) -> SymbolPanel:
    desk.symbols.find(found.append)
    panel = desk.symbols.panel
    await until(lambda: panel.isVisible() and panel.canvas.viewport().width() > 60)
    drawn_on(panel)
    await until(lambda: panel.guesses)
    return panel


def test_what_is_drawn_brings_commands_with_package_and_name(qapp: QApplication) -> None:
    async def story(desk: PadDesk) -> None:
        panel = await opened(desk, [])
        rows = [panel.list.item(row).text() for row in range(panel.list.count())]
        assert "proportional to" in rows[1]
        assert rows[2].endswith("amssymb")

    play_pad(qapp, story)


def test_the_line_below_says_which_package_a_command_needs(qapp: QApplication) -> None:
    async def story(desk: PadDesk) -> None:
        panel = await opened(desk, [])

        def texts() -> list[str]:
            return [label.text() for label in panel.findChildren(QLabel)]

        assert "\\alpha needs no package." in texts()
        QTest.keyClick(panel.canvas, Qt.Key.Key_Up)
        assert any("\\ltimes needs \\usepackage{amssymb}" in text for text in texts())

    play_pad(qapp, story)


@pytest.mark.parametrize(
    ("key", "command"),
    [(Qt.Key.Key_Return, "\\alpha"), (Qt.Key.Key_2, "\\propto"), (Qt.Key.Key_3, "\\ltimes")],
)
def test_a_key_inserts(qapp: QApplication, key: Qt.Key, command: str) -> None:
    async def story(desk: PadDesk) -> None:
        found: list[str] = []
        panel = await opened(desk, found)
        QTest.keyClick(panel.canvas, key)
        assert found == [command]
        assert not panel.isVisible()

    play_pad(qapp, story)


def test_a_click_inserts(qapp: QApplication) -> None:
    async def story(desk: PadDesk) -> None:
        found: list[str] = []
        panel = await opened(desk, found)
        place = panel.list.visualItemRect(panel.list.item(1)).center()
        QTest.mouseClick(
            panel.list.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place
        )
        assert found == ["\\propto"]

    play_pad(qapp, story)


def test_escape_leaves_and_backspace_draws_anew(qapp: QApplication) -> None:
    async def story(desk: PadDesk) -> None:
        found: list[str] = []
        panel = await opened(desk, found)
        QTest.keyClick(panel.canvas, Qt.Key.Key_Backspace)
        assert not panel.canvas.ink
        assert not panel.guesses
        QTest.keyClick(panel.canvas, Qt.Key.Key_Escape)
        assert not panel.isVisible()
        assert not found

    play_pad(qapp, story)


def test_in_the_pad_the_command_goes_to_the_cursor_of_its_source(qapp: QApplication) -> None:
    async def story(desk: PadDesk) -> None:
        desk.pad.reading.source.setPlainText("x=")
        desk.pad.reading.source.moveCursor(desk.pad.reading.source.textCursor().MoveOperation.End)
        desk.pad.actions_.find_symbol.trigger()
        panel = desk.symbols.panel
        await until(lambda: panel.isVisible() and panel.canvas.viewport().width() > 60)
        drawn_on(panel)
        await until(lambda: panel.guesses)
        QTest.keyClick(panel.list, Qt.Key.Key_Return)
        assert desk.markup.split() == ["x=", "\\alpha"]

    play_pad(qapp, story)
