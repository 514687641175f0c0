"""What was written by hand: the finder of symbols, the pictures that its network sees."""
