"""What Qt starts, such as a browser, inherits of our environment."""

import os

from writetex_desktop.core.inheritance import OURS


def forget_ours() -> None:
    """Take our variables out of our own environment, once they have been read."""
    for name in [each for each in os.environ if each.startswith(OURS)]:
        del os.environ[name]
