"""A submission: pictures that were handed to a provider's batch service, and how far it is with them."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from writetex_desktop.core.batches.wire import RemoteBatch, RemoteState


@dataclass(frozen=True, slots=True)
class Part:
    """The pictures of a submission that go in one file.

    Attributes:
        count: How many there are.
        file_id: The provider's name for the file.
        remote: What the provider says of it; None while it has not been told to begin.
        is_fetched: Whether the answers are here.
    """

    count: int
    file_id: str
    remote: RemoteBatch | None = None
    is_fetched: bool = False

    @property
    def answered(self) -> int:
        """The pictures that the provider is through with, be it with an answer or without."""
        if self.is_fetched:
            return self.count
        return 0 if self.remote is None else min(self.count, self.remote.completed + self.remote.failed)


def _later(part: Part, other: Part | None) -> Part:
    if other is None:
        return part
    is_fetched = part.is_fetched or other.is_fetched
    return replace(part, remote=part.remote or other.remote, is_fetched=is_fetched)


@dataclass(frozen=True, slots=True)
class Submission:
    """Pictures handed to a provider's batch service. Holds no key and no picture.

    Attributes:
        id: Its name: lower-case letters and digits.
        made: When it was handed in, with a time zone.
        base_url: The endpoint's, normalised.
        model: Model ID.
        price_share: What it costs, as a share of the ordinary price.
        output: The file that takes the results; empty where they are kept beside what is known of it.
        dpi: Pixels per inch, where a result is a picture.
        template: The user's own form, where results are to have it.
        document: The document whose commands the answers may use; empty for none.
        parts: One for each file of requests, in their order.
    """

    id: str
    made: datetime
    base_url: str
    model: str
    price_share: Decimal
    output: str
    dpi: int = 300
    template: str = "{latex}"
    document: str = ""
    parts: tuple[Part, ...] = ()

    @property
    def count(self) -> int:
        """All its pictures."""
        return sum(part.count for part in self.parts)

    @property
    def answered(self) -> int:
        """The pictures that the provider is through with, be it with an answer or without."""
        return sum(part.answered for part in self.parts)

    def caught_up(self, other: "Submission") -> "Submission":
        """Give it with what another program has learned of the same parts: what is fetched stays fetched.

        Args:
            other: The same submission, as it is kept.
        """
        known = {part.file_id: part for part in other.parts}
        return replace(self, parts=tuple(_later(part, known.get(part.file_id)) for part in self.parts))

    @property
    def is_over(self) -> bool:
        """Whether all is fetched, and nothing more happens."""
        return all(part.is_fetched for part in self.parts)

    @property
    def state(self) -> RemoteState:
        """The state of the part that is the least far; `VALIDATING` before the provider was told to begin."""
        states = [RemoteState.VALIDATING if part.remote is None else part.remote.state for part in self.parts]
        return min(states, key=_ORDER.index, default=RemoteState.COMPLETED)

    @property
    def problem(self) -> str:
        """Why a part of it failed, in the provider's words; empty for nothing."""
        remotes = (part.remote for part in self.parts if part.remote is not None)
        return next((remote.problem for remote in remotes if remote.problem), "")

    @property
    def unknown_state(self) -> str:
        """The provider's word for a state that we do not know; empty for none."""
        remotes = (part.remote for part in self.parts if part.remote is not None and not part.is_fetched)
        return next((remote.unknown_state for remote in remotes if remote.unknown_state), "")

    def with_part(self, number: int, change: Callable[[Part], Part]) -> "Submission":
        """Change one part."""
        parts = list(self.parts)
        parts[number] = change(parts[number])
        return replace(self, parts=tuple(parts))

    def custom_id(self, place: int) -> str:
        """Name a request.

        Args:
            place: Its place in the whole submission, from 0.
        """
        return f"{self.id}-{place}"

    def place_in(self, number: int, custom_id: str) -> int | None:
        """Give the place in a part that a request has; None when it is none of that part."""
        stem, _, place = custom_id.rpartition("-")
        if stem != self.id or not re.fullmatch(r"[0-9]{1,9}", place):
            return None
        inside = int(place) - sum(part.count for part in self.parts[:number])
        return inside if 0 <= inside < self.parts[number].count else None


_ORDER = (
    RemoteState.VALIDATING,
    RemoteState.IN_PROGRESS,
    RemoteState.CANCELLING,
    RemoteState.FINALIZING,
    RemoteState.FAILED,
    RemoteState.EXPIRED,
    RemoteState.CANCELLED,
    RemoteState.COMPLETED,
)
"""From the least far to the best end."""
