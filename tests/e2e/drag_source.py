"""A window from which a file can be dragged: `drag_source.py FILE X Y`; says on stdout how far it is."""

import sys

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel


class Source(QLabel):
    def mouseMoveEvent(self, _event: QMouseEvent) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(sys.argv[1])])
        drag = QDrag(self)
        drag.setMimeData(data)
        drag.actionChanged.connect(lambda _action: say("welcome"))
        say("dragging")
        drag.exec(Qt.DropAction.CopyAction)


def say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


app = QApplication(sys.argv)
source = Source("drag me")
source.setWindowTitle("drag source")
source.setWindowFlags(Qt.WindowType.BypassWindowManagerHint | Qt.WindowType.WindowStaysOnTopHint)
source.setGeometry(int(sys.argv[2]), int(sys.argv[3]), 120, 60)
source.show()
app.exec()
