"""The guide, in a window of its own. May use the toolkit."""
