"""What requests cost and what has been spent.

The bare amounts are `core.money`, prices of models stand in `endpoints.catalogue`. May use the ground,
`pictures` and `reading`.
"""
