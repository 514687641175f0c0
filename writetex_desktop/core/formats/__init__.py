"""The forms in which a result is copied and saved: one module or sub-wing for each language.

How LaTeX itself is read and checked is `latex`. May use the ground, `pictures`, `reading`, `costs`,
`markup` and `latex`.
"""
