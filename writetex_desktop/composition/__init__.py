"""What was chosen: the only place that names concrete classes.

`backends` holds what can be chosen in which order, `parts` what all programs share, `command_line` and
`window` one function for each program. Nothing is imported here, so that a program loads only its own.
"""
