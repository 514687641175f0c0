"""What `writetex doctor` found, as values and as text."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from writetex_desktop.core.language.words import mark, tr_marked


class State(StrEnum):
    """What became of one thing that was looked at."""

    TAKEN = "taken"
    """It works and is the one in use."""
    SPARE = "spare"
    """It would work, but a better one is in use."""
    SKIPPED = "skipped"
    """It cannot work here."""
    FACT = "fact"
    """Nothing to work or fail: a version, a name."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. Holds no secret and no file name of the user.

    Attributes:
        topic: What it serves, such as `screen`.
        name: What it is called, such as `mss`.
        state: What became of it.
        detail: A value, or the sentence that says why not.
        remedy: What to do about it, or nothing.
    """

    topic: str
    name: str
    state: State
    detail: str = ""
    remedy: str = ""


_TOPICS = (
    *(mark("capture"), mark("clipboard"), mark("endpoint"), mark("engine"), mark("hotkey"), mark("keys")),
    *(mark("portal"), mark("program"), mark("renderer"), mark("screen"), mark("screens"), mark("session")),
    *(mark("settings"), mark("tray"), mark("versions"), mark("paste")),
)
"""The topics, which people read in their language; in `--json` they stay as they are."""

_STATES = {
    State.TAKEN: mark("taken"),
    State.SPARE: mark("spare"),
    State.SKIPPED: mark("skipped"),
    State.FACT: "",
}


def as_record(findings: Sequence[Finding]) -> dict[str, list[dict[str, str]]]:
    """Give the findings as the object that `--json` prints: a list for each topic."""
    record: dict[str, list[dict[str, str]]] = {}
    for each in findings:
        record.setdefault(each.topic, []).append(
            {"name": each.name, "state": each.state.value, "detail": each.detail, "remedy": each.remedy}
        )
    return record


def as_text(findings: Sequence[Finding]) -> str:
    """Give the findings as lines for people, one a finding, the topic named once."""
    lines: list[str] = []
    topic = ""
    for each in findings:
        known = tr_marked(each.topic) if each.topic in _TOPICS else each.topic
        head = known if each.topic != topic else ""
        topic = each.topic
        state = tr_marked(_STATES[each.state])
        lines.append(f"{head:10} {tr_marked(each.name):18} {state:7} {each.detail}".rstrip())
        if each.remedy:
            lines.append(f"{'':38}{each.remedy}")
    return "\n".join(lines)


def since(started: float) -> str:
    """Write how long ago a moment of `time.perf_counter` was, such as `12 ms`."""
    return f"{(time.perf_counter() - started) * 1000:.0f} ms"
