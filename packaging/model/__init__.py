"""Trains and exports the embedded recogniser; see README.md beside this file."""
