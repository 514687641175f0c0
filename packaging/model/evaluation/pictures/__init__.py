"""Pictures of the test formulas, one module a program that sets or draws them.

Each writes a folder with `truth.json` below `.model-work/pictures/`; none reads what another made but
`photo`.
"""
