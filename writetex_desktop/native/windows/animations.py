"""Whether the user of Windows has switched animations off (Settings, Accessibility, Visual effects).

https://learn.microsoft.com/en-us/windows/win32/api/winuser/nf-winuser-systemparametersinfow
"""

import ctypes
import sys
from typing import Final

_SPI_GETCLIENTAREAANIMATION: Final = 0x1042


def animations_are_off() -> bool:
    """Ask the system; on any other than Windows they are on."""
    wanted = ctypes.c_int(1)
    if sys.platform == "win32":
        ctypes.windll.user32.SystemParametersInfoW(_SPI_GETCLIENTAREAANIMATION, 0, ctypes.byref(wanted), 0)
    return not wanted.value
