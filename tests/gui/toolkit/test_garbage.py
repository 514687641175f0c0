import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from writetex_desktop.ui.toolkit.garbage import MainThreadGarbage


@pytest.fixture
def garbage(qapp: QApplication) -> Iterator[MainThreadGarbage]:
    made = MainThreadGarbage(qapp)
    made.setInterval(0)
    yield made
    made.stop()
    made.destroyed.disconnect()
    made.deleteLater()


class _Knot(QWidget):
    """A widget in a cycle, as closures make them."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


def test_a_worker_thread_leaves_garbage_to_the_main_thread(qtbot: QtBot, garbage: MainThreadGarbage) -> None:
    gone = weakref.ref(_Knot())

    def allocate() -> None:
        [[] for _ in range(20_000)]

    worker = threading.Thread(target=allocate)
    worker.start()
    worker.join()
    assert not gc.isenabled()
    assert gone() is not None
    garbage.soon()
    qtbot.waitUntil(lambda: gone() is None)


def test_it_rests_while_nothing_happens(garbage: MainThreadGarbage, qtbot: QtBot) -> None:
    garbage.soon()
    qtbot.waitUntil(lambda: not garbage.isActive())


def test_what_goes_on_happening_does_not_put_it_off_for_ever(
    garbage: MainThreadGarbage, qtbot: QtBot
) -> None:
    gone = weakref.ref(_Knot())
    garbage.setInterval(3_600_000)
    garbage.latest.setInterval(0)
    garbage.soon()
    qtbot.waitUntil(lambda: gone() is None)
    assert not garbage.isActive()
    assert not garbage.latest.isActive()


def test_memory_is_given_back_after_each_collection(qapp: QApplication, qtbot: QtBot) -> None:
    given: list[str] = []
    garbage = MainThreadGarbage(qapp, lambda: given.append("back"))
    garbage.setInterval(0)
    garbage.soon()
    qtbot.waitUntil(lambda: given == ["back"])
    garbage.destroyed.disconnect()
    garbage.deleteLater()
