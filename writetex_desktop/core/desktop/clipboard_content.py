"""What goes onto the clipboard: one text and, beside it, other forms of the same thing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class ClipboardContent:
    """One thing in one or several forms.

    Attributes:
        text: The plain text; empty when only other forms are offered.
        flavours: Media type to bytes, such as `image/png` or `image/svg+xml`.
    """

    text: str = ""
    flavours: Mapping[str, bytes] = field(default_factory=lambda: MappingProxyType({}))
