"""A formula as Typst."""
