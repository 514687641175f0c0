"""The frozen screen on which a region is chosen.

May use the toolkit; what is done with the region is said by a signal.
"""
