"""The one name by which desktops, portals and app stores know the program."""

from typing import Final

APP_ID: Final = "io.github.writetex.WriteTexDesktop"
"""Also the name of the desktop entry, the icon and the metainfo file; portals ask for such an entry."""
