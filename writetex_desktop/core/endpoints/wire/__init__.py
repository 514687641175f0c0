"""The bodies of requests and answers: plain JSON values and what they mean, and a request as a command line.

May use what `endpoints` may, the catalogue and the failures.
"""
