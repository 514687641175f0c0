"""One program for each user: the one that runs, and those that hand it a wish."""
