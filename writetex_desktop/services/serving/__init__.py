"""What the door does for other programs: who may ask, how often, and what is answered.

Neither HTTP nor a library of it: `adapters.serving` speaks that. May use every other wing of services.
"""
