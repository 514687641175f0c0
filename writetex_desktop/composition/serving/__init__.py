"""The door for other programs, put together: behind `writetex serve`, and in the program with the window."""
