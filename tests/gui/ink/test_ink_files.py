"""Ink in files, by the pad."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from tests.gui.ink.pad_desk import PadDesk, play_pad, until
from tests.unit.core.ink.inks import PLUS
from writetex_desktop.core.ink.inkml import format_inkml, parse_inkml

LINE = ((40, 60), (60, 70), (90, 60), (120, 80))


@pytest.mark.parametrize("ending", ["inkml", "svg", "png"])
def test_a_drawing_is_saved(qapp: QApplication, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"drawing.{ending}"

    async def story(desk: PadDesk) -> None:
        desk.draw(*LINE)
        desk.presenter._outlet._save_to(path)
        await until(lambda: path.name in desk.said)
        match ending:
            case "inkml":
                assert parse_inkml(path.read_bytes()) == desk.canvas.ink
            case "svg":
                assert ET.parse(path).getroot().tag.endswith("svg")
            case _:
                assert not QImage(str(path)).isNull()

    play_pad(qapp, story)


@pytest.mark.parametrize("ending", ["inkml", "png"])
def test_what_was_saved_is_opened_again(qapp: QApplication, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"drawing.{ending}"

    async def story(desk: PadDesk) -> None:
        desk.draw(*LINE)
        drawn = desk.canvas.ink
        desk.presenter._outlet._save_to(path)
        await until(path.exists)
        desk.pad.actions_.clear.trigger()
        desk.pad.files_dropped.emit([str(path)])
        await until(lambda: desk.canvas.ink == drawn)
        await until(lambda: desk.markup == "a")

    play_pad(qapp, story)


def test_a_file_opened_from_outside_brings_the_pad_up(qapp: QApplication, tmp_path: Path) -> None:
    path = tmp_path / "formula.inkml"
    path.write_text(format_inkml(PLUS))

    async def story(desk: PadDesk) -> None:
        desk.presenter.leave()
        desk.presenter.open_file(path)
        await until(lambda: desk.canvas.ink == PLUS)
        assert desk.window.shows(desk.pad)

    play_pad(qapp, story)


def test_what_is_no_ink_is_refused_in_one_line(qapp: QApplication, tmp_path: Path) -> None:
    path = tmp_path / "formula.inkml"
    path.write_text("no ink")

    async def story(desk: PadDesk) -> None:
        desk.presenter.open_file(path)
        await until(lambda: "This is no InkML file." in desk.said)

    play_pad(qapp, story)
