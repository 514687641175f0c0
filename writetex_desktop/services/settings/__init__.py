"""The settings in force, the keys that go with them, and what was spent."""
