"""How large picture and drawing are shown beside each other."""

from typing import Final

from PySide6.QtCore import QObject

from writetex_desktop.ui.toolkit.views.formula import FormulaView
from writetex_desktop.ui.toolkit.views.zoom import ZoomView

_LARGEST: Final = 2.0
"""More would show the pixels of a picture rather than its formula."""


class CommonScale(QObject):
    """Enlarges picture and drawing alike, so that both use their room and can be compared.

    The picture decides, since it is there from the beginning: while the drawing grows with the text that
    arrives, nothing changes its size. Where there is no picture, the drawing is as large as it may be. Once
    both have been compared, their signs are as large as each other.

    Args:
        picture: What was read.
        drawing: What was made of it.
    """

    def __init__(self, picture: ZoomView, drawing: FormulaView) -> None:
        super().__init__(picture)
        self._picture = picture
        self._drawing = drawing
        self._em_px = 0.0
        for view in (picture, drawing):
            view.room_changed.connect(self._settle)
        self._settle()

    def match(self, em_px: float) -> None:
        """Show an em of the drawing as large as the one of the picture.

        Args:
            em_px: Pixels of the picture in an em of the drawing; 0 while nobody knows.
        """
        self._em_px = em_px
        self._settle()

    def _settle(self) -> None:
        picture = drawing = min(max(self._picture.fitting_scale, 1.0), _LARGEST)
        if self._em_px:
            larger = self._drawing.em_px * self._picture.devicePixelRatioF() / self._em_px
            # The picture of a coarse screen is enlarged on a fine one until its signs are as large there.
            most = min(_LARGEST * max(larger, 1.0), self._drawing.fitting_scale * larger)
            picture = min(self._picture.fitting_scale, most)
            drawing = picture / larger
        self._picture.set_usual_scale(picture)
        self._drawing.set_usual_scale(drawing)
