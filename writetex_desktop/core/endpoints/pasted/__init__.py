"""What people paste into the fields of an endpoint, and what they mean by it.

An address in a sentence or a command, a key, or all three fields at once. Nothing here knows a provider, and
nothing becomes a host that the user did not write. May use the ground alone.
"""
