"""The program tries itself: `--selftest`, by which a built package shows that nothing was left out of it.

Every part is tried for real; the user's settings, history and keys are neither read nor changed.
What a user wants to know of a machine is told by `composition.doctor`.
"""
