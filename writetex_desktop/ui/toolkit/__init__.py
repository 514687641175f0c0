"""What every wing of the window is made of: application, theme, icons, actions, names of modes and formats.

No page and no presenter. May use `core` and no other wing.
"""
