"""What endpoints were found not to accept, kept from run to run without naming them."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from writetex_desktop.core.endpoints.wire.repair import Repair

FORGET_AFTER = timedelta(days=30)
"""Then a server is asked in the ordinary way again, for it may have learnt."""

MOST_KEPT = 200
"""Endpoints of which is kept what was learnt; the oldest go first."""

_VERSION = 1


@dataclass(frozen=True, slots=True)
class Learnt:
    """What requests to one model need.

    Attributes:
        repairs: What is done to each request.
        on: The day on which it was found out.
    """

    repairs: tuple[Repair, ...]
    on: date


def place_of(base_url: str, model: str) -> str:
    """Give the name under which something is kept of a model: a digest, for a base URL may hold a secret."""
    return sha256(f"{base_url}\0{model}".encode()).hexdigest()


class RepairMemory:
    """Remembers the repairs with which requests were accepted.

    Args:
        known: What earlier runs learnt, by `place_of`.
        keep: Is given everything that is known, whenever something is learnt.
        today: Gives the day.
    """

    def __init__(
        self,
        known: Mapping[str, Learnt] | None = None,
        keep: Callable[[Mapping[str, Learnt]], None] = lambda _known: None,
        today: Callable[[], date] = date.today,
    ) -> None:
        self._known = dict(known or {})
        self._keep = keep
        self._today = today

    def known(self, base_url: str, model: str) -> tuple[Repair, ...]:
        """Give the repairs that requests to a model need."""
        learnt = self._known.get(place_of(base_url, model))
        if learnt is None or self._today() - learnt.on > FORGET_AFTER:
            return ()
        return learnt.repairs

    def learn(self, base_url: str, model: str, repairs: tuple[Repair, ...]) -> None:
        """Keep the repairs with which a request was accepted; nothing is written where it is known."""
        if repairs == self.known(base_url, model):
            return
        place = place_of(base_url, model)
        self._known.pop(place, None)
        self._known[place] = Learnt(repairs, self._today())
        self._keep(dict(self._known))


def format_memory(known: Mapping[str, Learnt]) -> str:
    """Write what was learnt as a file."""
    return json.dumps(
        {
            "version": _VERSION,
            "learnt": {
                place: {
                    "on": learnt.on.isoformat(),
                    "repairs": [[each.parameter, each.new_name, each.new_value] for each in learnt.repairs],
                }
                for place, learnt in list(known.items())[-MOST_KEPT:]
            },
        },
        indent=1,
    )


def parse_memory(text: str) -> dict[str, Learnt]:
    """Read what `format_memory` wrote; nothing where it is something else, for it can be learnt anew."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    match document:
        case {"version": int(version), "learnt": dict(entries)} if version == _VERSION:
            read = ((str(place), _learnt(entry)) for place, entry in entries.items())
            return {place: learnt for place, learnt in read if learnt is not None}
        case _:
            return {}


def _learnt(entry: object) -> Learnt | None:
    match entry:
        case {"on": str(day), "repairs": list(rows)}:
            try:
                on = date.fromisoformat(day)
            except ValueError:
                return None
            repairs: list[Repair] = []
            for row in rows:
                match row:
                    case [str(parameter), str(name), str(value)]:
                        repairs.append(Repair(parameter, name, value))
                    case _:
                        return None
            return Learnt(tuple(repairs), on)
        case _:
            return None
