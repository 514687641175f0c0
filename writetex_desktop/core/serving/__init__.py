"""What other programs say to the door and what it answers, as values: requests, answers, refusals, origins.

Neither HTTP nor a library of it. May use every other wing of core.
"""
