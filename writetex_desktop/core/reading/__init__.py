"""Reading a picture, as values: request, answer, job, and what the user wants every reading to mind.

What an engine's text is turned into lives in `markup`, how a server is asked in `endpoints`. May use the
ground and `pictures`.
"""
