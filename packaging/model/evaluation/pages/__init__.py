"""How well whole pages are read: they are set with truth, read by the program and a peer, and compared."""
