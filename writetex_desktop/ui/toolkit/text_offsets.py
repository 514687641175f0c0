"""Offsets into a text: we count characters (code points), Qt counts UTF-16 units."""


def units_of(text: str, position: int) -> int:
    """Give an offset in UTF-16 units, as Qt counts, for one in characters."""
    return len(text[:position].encode("utf-16-le")) // 2


def characters_of(text: str, units: int) -> int:
    """Give an offset in characters for one in UTF-16 units."""
    return len(text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore"))
