"""Settings: the hotkeys, their page and their presenters.

May use the toolkit and the parts that settings pages share.
"""
