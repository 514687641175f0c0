"""The door for other programs: HTTP on the loopback address, by starlette and uvicorn, loaded when it is on.

What is answered is decided in `services.serving`; what is let in, here.
"""
