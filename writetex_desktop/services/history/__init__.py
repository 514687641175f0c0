"""What is kept of results, and for how long."""
