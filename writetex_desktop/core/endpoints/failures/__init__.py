"""What a failed request means, said to the user: by what a server answered or why none came.

May use what `endpoints` may, and the catalogue.
"""
