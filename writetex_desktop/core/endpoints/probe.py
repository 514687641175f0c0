"""What a server says when it is asked for a page."""

from dataclasses import dataclass
from enum import IntEnum


class Status(IntEnum):
    """The HTTP status codes that decide something (https://www.rfc-editor.org/rfc/rfc9110#section-15)."""

    OK = 200
    UNAUTHORIZED = 401
    FORBIDDEN = 403


@dataclass(frozen=True, slots=True)
class ProbeReply:
    """An answer of any status.

    Attributes:
        status: HTTP status.
        document: The parsed JSON of the body; None when it is none.
    """

    status: int
    document: object | None

    @property
    def wants_key(self) -> bool:
        """Whether an API stands there that will not speak without a key that it takes."""
        return self.status in {Status.UNAUTHORIZED, Status.FORBIDDEN} and self.document is not None
