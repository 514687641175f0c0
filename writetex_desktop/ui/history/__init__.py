"""The page of the history and its presenter. May use the toolkit."""
