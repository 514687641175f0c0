"""The pad that is written on, and the panel that finds a symbol by a drawing of it. May use the toolkit."""
