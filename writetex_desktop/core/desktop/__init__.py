"""What is said to and by the desktop.

Hotkeys, kinds of snip, the content of the clipboard, and backends with the reason why each was taken. May use
`core.errors` alone.
"""
