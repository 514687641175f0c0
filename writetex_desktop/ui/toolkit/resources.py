"""Where the program's data files lie, installed or in a checkout."""

from pathlib import Path

import writetex_desktop


def resource_path(*parts: str) -> Path:
    """Give the place of a data file.

    Args:
        parts: Its path below `resources/`.

    Returns:
        A path that may not exist: the wheel holds `resources` inside the package, a checkout beside it.
    """
    package = Path(writetex_desktop.__file__).parent
    inside = package / "resources"
    root = inside if inside.is_dir() else package.parent / "resources"
    return root.joinpath(*parts)
