"""Trains, exports and measures the embedded recogniser; see README.md beside this file.

In the order in which they build on one another: `drawing`, `corpus`, `networks`, `training`, `export`,
`evaluation`. `paths` says where what they make is kept. Nothing of it ships but `resources/model/`.
"""
