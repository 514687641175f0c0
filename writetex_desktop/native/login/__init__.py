"""The program in the desktop: starting with the session, its entry in the menu, its own command."""
