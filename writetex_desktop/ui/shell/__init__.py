"""The window, its tool bar, the tray, and the presenters that join the pages. May use every other wing."""
