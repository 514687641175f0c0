"""What holds for every test of the windows."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication

from tests.silence import limit_s, watch_of


@pytest.fixture(autouse=True)
def _no_silence(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test during which the loop was silent for too long, unless it names what is heavier.

    `@pytest.mark.heavy("reason")` names it.
    """
    app = QCoreApplication.instance()
    if app is not None:
        watch_of(app).longest_s = 0.0
    yield
    app = QCoreApplication.instance()
    if app is not None and request.node.get_closest_marker("heavy") is None:
        silence_s = watch_of(app).longest_s
        assert silence_s <= limit_s(), f"the loop was silent for {silence_s * 1000:.0f} ms"
