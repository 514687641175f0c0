"""Draw an SVG as .ico, .icns or .png, by the suffix; run by the Python that has Qt and Pillow.

python draw_icon.py IN.svg OUT.ico
"""

import io
import sys
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

LARGEST = 1024
_ICO = [(side, side) for side in (16, 24, 32, 48, 64, 128, 256)]


def main(source: str, target: str) -> int:
    """Draw it; gives the exit status."""
    picture = Image.open(io.BytesIO(_drawn(source)))
    suffix = Path(target).suffix
    if suffix == ".ico":
        picture.save(target, sizes=_ICO)
    else:
        picture.save(target)
    return 0


def _drawn(source: str) -> bytes:
    image = QImage(LARGEST, LARGEST, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(source).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, b"PNG")
    return bytes(buffer.data().data())


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1], sys.argv[2]))
