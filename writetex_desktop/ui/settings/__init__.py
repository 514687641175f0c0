"""The settings dialog: one module a page, with rooms for the endpoint and the snip.

May use the toolkit. What a page asks for goes out as a signal.
"""
