"""What was recognised before: entries, how they are searched, and the history as files.

Where it is kept is `adapters.storage`. May use everything below: the ground to `formats`.
"""
