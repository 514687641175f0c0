"""All settings as one value, and the forms in which they stand in files.

Keys are no settings. May use everything below: the ground to `formats`, and `desktop`.
"""
