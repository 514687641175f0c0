"""Backends in order of preference, and why each was taken or skipped.

A backend says by itself whether it can work in a session. The first that can is taken; `writetex doctor`
prints the verdict on all of them. To add one: one file that holds it, one line in `composition/backends.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

SessionT = TypeVar("SessionT")
MadeT = TypeVar("MadeT")


@dataclass(frozen=True, slots=True)
class Unsupported:
    """Why something cannot work here.

    Attributes:
        reason: One sentence for the user: what is in the way.
        remedy: One sentence: what to do about it; empty when nothing can be done.
    """

    reason: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.reason} {self.remedy}".rstrip()


@dataclass(frozen=True, slots=True)
class Backend(Generic[SessionT, MadeT]):
    """One way to do something.

    Attributes:
        name: What `writetex doctor` calls it, such as `mss`.
        unsupported: Says what is in the way in a session, or gives None when it can work.
        make: Builds it; called only when it is taken.
    """

    name: str
    unsupported: Callable[[SessionT], Unsupported | None]
    make: Callable[[], MadeT]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one backend.

    Attributes:
        name: The backend's name.
        taken: Whether it is the one in use.
        obstacle: Why it cannot work here; None when it could.
    """

    name: str
    taken: bool
    obstacle: Unsupported | None = None


@dataclass(frozen=True, slots=True)
class Choice(Generic[SessionT, MadeT]):
    """The outcome of choosing.

    Attributes:
        taken: The backend to use, or None when none can work here.
        verdicts: One for each backend, in order of preference.
    """

    taken: Backend[SessionT, MadeT] | None
    verdicts: tuple[Verdict, ...]


def choose(backends: tuple[Backend[SessionT, MadeT], ...], session: SessionT) -> Choice[SessionT, MadeT]:
    """Take the first backend that can work in a session.

    Args:
        backends: In order of preference.
        session: Where it has to work.
    """
    taken: Backend[SessionT, MadeT] | None = None
    verdicts: list[Verdict] = []
    for backend in backends:
        obstacle = backend.unsupported(session)
        if obstacle is None and taken is None:
            taken = backend
        verdicts.append(Verdict(backend.name, backend is taken, obstacle))
    return Choice(taken, tuple(verdicts))
