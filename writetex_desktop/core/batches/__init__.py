"""Many pictures as one value: what waits, what came of it, what it will use.

And the provider's batch service. May use everything below: the ground to `formats`, and `endpoints`.
"""
