"""What holds for every test of the windows."""

from collections.abc import Iterator

import pytest

from tests.silence import WatchedApplication, limit_s


@pytest.fixture(autouse=True)
def _no_silence(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test during which the loop was silent for too long, unless it names what is heavier.

    `@pytest.mark.heavy("reason")` names it.
    """
    app = WatchedApplication.instance()
    if isinstance(app, WatchedApplication):
        app.longest_s = 0.0
    yield
    app = WatchedApplication.instance()
    if isinstance(app, WatchedApplication) and request.node.get_closest_marker("heavy") is None:
        assert app.longest_s <= limit_s(), f"the loop was silent for {app.longest_s * 1000:.0f} ms"
