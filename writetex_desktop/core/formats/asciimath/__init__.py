"""A formula as AsciiMath."""
