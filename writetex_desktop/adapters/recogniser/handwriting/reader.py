r"""The `InkReader`: strokes to LaTeX with the model of handwriting, and what it saw on the way.

Its classes are named by LaTeX (`\mathrm{s`, `\hat{`, `(^` for the upper end of a bracket); people are told
commands.
"""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from writetex_desktop.adapters.recogniser.choice import trusted
from writetex_desktop.adapters.recogniser.display import Hurry
from writetex_desktop.adapters.recogniser.handwriting.drawn import InkPicture
from writetex_desktop.adapters.recogniser.recognizer import DEADLINE_S, events_of
from writetex_desktop.adapters.recogniser.single import NOT_WRITTEN, Looked, read_looked
from writetex_desktop.core.ink.signs import Choice, InkSign, SignsSeen, SymbolGuess
from writetex_desktop.core.pictures.geometry import Box

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from writetex_desktop.adapters.recogniser.glance import Glance
    from writetex_desktop.adapters.recogniser.loaded import LoadedModel
    from writetex_desktop.adapters.recogniser.model import FormulaModel
    from writetex_desktop.core.ink.ink import Ink
    from writetex_desktop.core.reading.recognition import RecognizerEvent

STROKE_SHARE = 0.6
"""Share of a stroke's points inside a sign's box from which on it belongs to the sign."""

SLACK = 0.12
"""By how much of its longer side a box is grown for that."""

OVERLAP = 0.3
"""Overlap of two boxes, as a share of both together, from which on they are of the same sign."""

_UNSAID = ("rule", "unknown")


class OfflineInkReader:
    """Reads ink with no network connection.

    Args:
        model: The model of handwriting.
    """

    def __init__(self, model: LoadedModel) -> None:
        self._model = model

    async def read(
        self, ink: Ink, choices: Sequence[Choice] = ()
    ) -> AsyncIterator[RecognizerEvent | SignsSeen]:
        """See `InkReader.read`."""
        cancelled = threading.Event()
        with self._model.use():
            try:
                looked, signs, name = await asyncio.to_thread(self._read, ink, tuple(choices), cancelled)
            finally:
                cancelled.set()
        first, *others = events_of(looked.reading, name)
        yield first
        yield SignsSeen(signs)
        for event in others:
            yield event

    def _read(
        self, ink: Ink, choices: tuple[Choice, ...], cancelled: threading.Event
    ) -> tuple[Looked, tuple[InkSign, ...], str]:
        model = self._model.load()
        hurry = Hurry.within(DEADLINE_S, cancelled)
        picture = InkPicture(ink)

        def told(glance: Glance, em_px: float) -> Glance:
            return model.named(glance, _chosen(model, glance, picture, em_px, choices)) if choices else glance

        found = read_looked(model, picture, hurry, told=told, refusal=NOT_WRITTEN)
        looked = replace(found, reading=trusted(found.reading, model.trust))
        return looked, _signs(model, looked, picture, ink), model.name


def _box(model: FormulaModel, glance: Glance, picture: InkPicture, em_px: float, place: int) -> Box:
    """Where a sign is on the paper."""
    left, top, right, bottom = (glance.boxes[place] * model.em_px).tolist()
    return picture.on_paper((left, top, right, bottom), em_px)


def _chosen(
    model: FormulaModel, glance: Glance, picture: InkPicture, em_px: float, choices: Sequence[Choice]
) -> dict[int, str]:
    """The classes of the signs that the user has named."""
    boxes = [_box(model, glance, picture, em_px, place) for place in range(len(glance.signs))]
    found: dict[int, str] = {}
    for choice in choices:
        shares = [_overlap(box, choice.box) for box in boxes]
        best = max(range(len(boxes)), key=lambda place: shares[place], default=None)
        if best is not None and shares[best] >= OVERLAP:
            found[best] = class_of(choice.command)
    return found


def _signs(model: FormulaModel, looked: Looked, picture: InkPicture, ink: Ink) -> tuple[InkSign, ...]:
    """The signs that people can be told of, with their strokes."""
    glance = looked.glance
    boxes = {
        place: _box(model, glance, picture, looked.em_px, place)
        for place, sign in enumerate(glance.signs)
        if not sign.name.startswith(_UNSAID)
    }
    owners: dict[int, list[int]] = {place: [] for place in boxes}
    for number, stroke in enumerate(ink.strokes):
        shares = {
            place: sum(grown.holds(point.x, point.y) for point in stroke.points) / len(stroke.points)
            for place, grown in (
                (place, box.grown(SLACK * max(box.width, box.height))) for place, box in boxes.items()
            )
        }
        best = max(shares, key=lambda place: (shares[place], -boxes[place].width), default=None)
        if best is not None and shares[best] >= STROKE_SHARE:
            owners[best].append(number)
    return tuple(
        InkSign(box, _guesses(model, glance, place), tuple(owners[place])) for place, box in boxes.items()
    )


def _guesses(model: FormulaModel, glance: Glance, place: int) -> tuple[SymbolGuess, ...]:
    """What a sign may be; classes that are written alike are one guess."""
    chance = glance.signs[place].chance
    shares: dict[str, float] = {}
    for name, share in model.likely(glance, place):
        if not name.startswith(_UNSAID):
            command = command_of(name)
            shares[command] = shares.get(command, 0.0) + share * chance
    ordered = sorted(shares.items(), key=lambda item: -item[1])
    return tuple(SymbolGuess(command, "", min(1.0, share)) for command, share in ordered)


def command_of(name: str) -> str:
    r"""The command for a class: `s` for `\mathrm{s`, `\mathbb{R}` for `\mathbb{R`, `(` for `(^`."""
    if name.startswith("\\mathrm{"):
        return name.removeprefix("\\mathrm{") or name
    if name.endswith("{") and name != "\\{":
        return name[:-1]
    if "{" in name[1:] and not name.startswith("\\{"):
        return name.partition("#")[0].removesuffix("{") if "#" in name else f"{name}}}"
    if len(name) > 1 and name[-1] in "^_~":
        return name[:-1]
    return name


def class_of(command: str) -> str:
    """The class that a command most likely is; the inverse of `command_of` for what stands upon the line."""
    others = {"\\rightarrow": "\\to", "\\le": "\\leq", "\\ge": "\\geq", "\\ne": "\\neq", "\\sqrt": "\\sqrt{"}
    if command in others:
        return others[command]
    if command.endswith("}") and command != "\\}":
        return command[:-1]
    return command


def _overlap(one: Box, other: Box) -> float:
    """What two boxes share, over what they cover together."""
    width = min(one.right, other.right) - max(one.left, other.left)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    if width < 0 or height < 0:
        return 0.0
    shared = width * height
    whole = one.width * one.height + other.width * other.height - shared
    return shared / whole if whole > 0 else 1.0
