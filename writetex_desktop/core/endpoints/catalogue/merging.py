"""A user's list of providers laid over ours, before either is read."""

from collections.abc import Callable, Mapping

Document = Mapping[str, object]
"""What a TOML file holds: names with texts, numbers, truth values, dates, lists and mappings."""


def merge(base: Document, addition: Document) -> dict[str, object]:
    """Lay a user's entries over ours, before either is read.

    A provider with an `id` of ours changes only what it names; its models do so in the same way, and new
    ones come first. A new provider comes after ours.
    """
    entries = _by_id(base.get("provider"), addition.get("provider"), _merge_provider, new_first=False)
    return {**base, **addition, "provider": entries}


def _merge_provider(ours: Document, theirs: Document) -> dict[str, object]:
    merged = {**ours, **theirs}
    if "models" in ours and "models" in theirs:
        merged["models"] = _by_id(ours["models"], theirs["models"], lambda a, b: {**a, **b}, new_first=True)
    return merged


def _by_id(
    ours: object, theirs: object, join: Callable[[Document, Document], Document], *, new_first: bool
) -> object:
    """Join two lists of tables; what is no such list is handed on for the reader to object to."""
    if theirs is None:
        return ours
    if not isinstance(ours, list) or not isinstance(theirs, list):
        return theirs
    joined = list(ours)
    places = {id_of(each): place for place, each in enumerate(ours)}
    new: list[object] = []
    for each in theirs:
        name = id_of(each)
        place = places.get(name) if name else None
        if place is None:
            new.append(each)
        else:
            joined[place] = join(joined[place], each)
    return [*new, *joined] if new_first else [*joined, *new]


def id_of(entry: object) -> str:
    """Give the name of an entry; empty where it has none."""
    name = entry.get("id") if isinstance(entry, dict) else None
    return name if isinstance(name, str) else ""
