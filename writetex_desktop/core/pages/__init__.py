"""From lines and signs that were seen on a page to its blocks in reading order.

No picture is decoded and nothing is read here: what was seen comes as values. Uses `pictures`, `latex` and
`formats`.
"""
