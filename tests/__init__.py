"""Tests; a regular package, since some distribution installs a `tests` of its own."""
