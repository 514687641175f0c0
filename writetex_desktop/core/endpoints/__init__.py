"""Endpoints: the three fields, how they are reached, what is said to a model and what a trial finds.

Sub-wings, from the ground up: `catalogue` (who offers what), `failures` (what went wrong, said to the
user), `wire` (what travels). Nothing here opens a connection. May use the ground, `pictures`, `reading`,
`costs` and `markup`.
"""
