"""Crop, drawing and source of one formula: the pane, the popup and their presenter. May use the toolkit."""
