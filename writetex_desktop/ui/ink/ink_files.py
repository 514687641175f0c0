"""Ink from files and into files: InkML, SVG, and PNG that carries its ink."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from writetex_desktop.core.errors import ImageError
from writetex_desktop.core.ink.ink import Ink, at_usual_size
from writetex_desktop.core.ink.inkml import format_inkml, parse_inkml
from writetex_desktop.core.ink.png import ink_in, with_ink
from writetex_desktop.core.ink.svg import format_svg
from writetex_desktop.core.language.words import tr

FORMS: Final = (".inkml", ".svg", ".png")


class InkFiles:
    """Opens and saves ink.

    Args:
        read: Gives the bytes of a file; called in a thread.
        write: Writes a file, all or nothing; called in a thread.
        draw_png: Gives a PNG picture of ink; called in a thread.
    """

    def __init__(
        self,
        read: Callable[[Path], bytes],
        write: Callable[[Path, bytes], None],
        draw_png: Callable[[Ink], bytes],
    ) -> None:
        self._read = read
        self._write = write
        self._draw_png = draw_png

    async def open(self, path: Path) -> Ink:
        """Read the ink of a file, at the size of what is written on the pad.

        Raises:
            ImageError: It cannot be read, or there is no ink in it.
        """
        return await asyncio.to_thread(self._opened, path)

    async def save(self, path: Path, ink: Ink) -> None:
        """Write ink into a file, in the form that its ending says; InkML where it says none.

        Raises:
            StorageError: It could not be written.
        """
        await asyncio.to_thread(self._saved, path, ink)

    def ask_open(self, parent: QWidget, chosen: Callable[[Path], None]) -> None:
        """Let the user choose a file to open."""
        dialog = QFileDialog(parent.window(), tr("Open ink"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [
                tr("Ink (*.inkml *.png)"),
                tr("All files (*)"),
            ]
        )
        dialog.fileSelected.connect(lambda name: chosen(Path(name)))
        dialog.open()

    def ask_save(self, parent: QWidget, chosen: Callable[[Path], None]) -> None:
        """Let the user choose where to save, and in which form."""
        dialog = QFileDialog(parent.window(), tr("Save ink"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        filters = [
            tr("InkML (*.inkml)"),
            tr("SVG drawing (*.svg)"),
            tr("PNG picture (*.png)"),
        ]
        dialog.setNameFilters(filters)
        dialog.setDefaultSuffix("inkml")

        def follow(chosen_filter: str) -> None:
            dialog.setDefaultSuffix(dict(zip(filters, FORMS, strict=True)).get(chosen_filter, FORMS[0])[1:])

        dialog.filterSelected.connect(follow)
        dialog.fileSelected.connect(lambda name: chosen(Path(name)))
        dialog.open()

    def _opened(self, path: Path) -> Ink:
        data = self._read(path)
        if path.suffix.lower() == ".png":
            ink = ink_in(data)
            if ink is None:
                raise ImageError(
                    tr("There is no ink in this picture."),
                    tr("Open it in the large window to have it read, or open an .inkml file here."),
                )
            return ink
        return at_usual_size(parse_inkml(data))

    def _saved(self, path: Path, ink: Ink) -> None:
        match path.suffix.lower():
            case ".svg":
                self._write(path, format_svg(ink).encode())
            case ".png":
                self._write(path, with_ink(self._draw_png(ink), ink))
            case _:
                self._write(path, format_inkml(ink).encode())
