"""Where the bundled program begins: it is `writetex` or `writetex-desktop`, by the name of its file.

PyInstaller's loader lets the bundle's own libraries be found by variables of the environment. What we start,
such as a browser or a tool for the clipboard, must not find them: it would load our libraries in place of the
system's. https://pyinstaller.org/en/stable/runtime-information.html#ld-library-path-libpath-considerations
"""

import os
import sys
from pathlib import PurePath

for name in ("LD_LIBRARY_PATH", "LIBPATH", "DYLD_LIBRARY_PATH"):
    before = os.environ.pop(f"{name}_ORIG", None)
    if before is not None:
        os.environ[name] = before
    else:
        os.environ.pop(name, None)

if __name__ == "__main__":
    from writetex_desktop.cli import main, main_gui

    raise SystemExit(main_gui() if PurePath(sys.executable).stem == "writetex-desktop" else main())
