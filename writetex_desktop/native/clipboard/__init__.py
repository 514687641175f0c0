"""The clipboard by the desktop's tools, and pasting into other applications: one module a system."""
