"""Settings: the door for other programs, and who has a token for it; page and presenter."""
