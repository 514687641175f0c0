"""How large picture and drawing are shown beside each other."""

from typing import Final

from PySide6.QtCore import QObject

from writetex_desktop.ui.toolkit.views.zoom import ZoomView

_LARGEST: Final = 2.0
"""More would show the pixels of a picture rather than its formula."""


class CommonScale(QObject):
    """Enlarges picture and drawing alike, so that both use their room and can be compared.

    The picture decides, since it is there from the beginning: while the drawing grows with the text that
    arrives, nothing changes its size. Where there is no picture, the drawing is as large as it may be.

    Args:
        picture: What was read.
        drawing: What was made of it.
    """

    def __init__(self, picture: ZoomView, drawing: ZoomView) -> None:
        super().__init__(picture)
        self._picture = picture
        self._drawing = drawing
        picture.room_changed.connect(self._settle)
        self._settle()

    def _settle(self) -> None:
        scale = min(max(self._picture.fitting_scale, 1.0), _LARGEST)
        self._picture.set_usual_scale(scale)
        self._drawing.set_usual_scale(scale)
