"""PySide6 widgets: passive views and one presenter."""
