"""The `SymbolFinder`: a small network in `resources/ink/`, run by onnxruntime on the processor.

`packaging/model/ink` trains it. Symbols that look the same are one *look*; they are given together.
"""

from __future__ import annotations

import asyncio
import json
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from writetex_desktop.adapters.fingerprints import SUMS
from writetex_desktop.adapters.integrity import check_files
from writetex_desktop.adapters.recogniser.handwriting.strokes_picture import cut, picture
from writetex_desktop.adapters.recogniser.sessions import open_graph
from writetex_desktop.core.errors import InternalError
from writetex_desktop.core.ink.signs import SymbolGuess
from writetex_desktop.core.language.words import tr
from writetex_desktop.services.disuse import DISUSE_S, Disuse

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from writetex_desktop.core.ink.ink import Ink

GRAPH = "finder.onnx"
TABLE = "symbols.json"
FILES = (GRAPH, TABLE)

LETTERS = 0.35
"""What a plain letter or digit weighs: nobody looks for how `x` is written."""

LEAST_SURE = 1e-4
"""Looks that are less likely are not told."""


@dataclass(frozen=True, slots=True)
class _Known:
    """The network, the looks that people are told, and which of them each of its scores is for."""

    graph: Any
    looks: tuple[tuple[SymbolGuess, ...], ...]
    of: tuple[int, ...]


class DrawnSymbolFinder:
    """Finds the commands of a drawn symbol, with no network connection.

    Args:
        folder: Where `finder.onnx` and `symbols.json` lie; loaded when first wanted.
        sums: What the files must be; None for files that are just being tried out.
        rest_after_s: After how long without a drawing they are let go.
    """

    def __init__(
        self, folder: Path, sums: Mapping[str, str] | None = None, rest_after_s: float = DISUSE_S
    ) -> None:
        self._folder = folder
        self._sums = {name: SUMS["ink"][name] for name in FILES} if sums is None else sums
        self._disuse = Disuse(self._rest, rest_after_s)
        self._known: _Known | None = None
        self._loading = threading.Lock()

    async def find(self, ink: Ink, most: int = 10) -> tuple[SymbolGuess, ...]:
        """See `SymbolFinder.find`."""
        if not ink:
            return ()
        with self._disuse.use():
            return await asyncio.to_thread(self._find, ink, most)

    def _rest(self) -> None:
        self._known = None

    def _load(self) -> _Known:
        with self._loading:
            if self._known is None:
                check_files(self._folder, self._sums)
                graph = open_graph(self._folder / GRAPH)
                self._known = _Known(graph, *_looks(self._folder / TABLE))
            return self._known

    def _find(self, ink: Ink, most: int) -> tuple[SymbolGuess, ...]:
        known = self._load()
        shares = [0.0] * len(known.looks)
        for look, part in zip(known.of, _shares(known.graph, ink), strict=True):
            shares[look] += part
        weighed = sorted(
            (
                (share * (LETTERS if _is_letter(look[0]) else 1.0), look)
                for share, look in zip(shares, known.looks, strict=True)
                if share >= LEAST_SURE
            ),
            key=lambda item: -item[0],
        )
        whole = sum(share for share, _ in weighed) or 1.0
        found = [
            SymbolGuess(one.command, one.package, share / whole, one.name, one.is_text)
            for share, look in weighed
            for one in look
        ]
        return tuple(found[:most])


def _shares(graph: Any, ink: Ink) -> list[float]:
    """The probability of each look that the network scores."""
    import numpy as np  # noqa: PLC0415 - only a worker thread may wait for it

    strokes = [
        np.array([(point.x, point.y) for point in stroke.points], np.float32) for stroke in ink.strokes
    ]
    (scores,) = graph.run(None, {"picture": picture(*cut(strokes))[None]})
    shares = np.exp(scores[0] - scores[0].max())
    told: list[float] = (shares / shares.sum()).tolist()
    return told


def _is_letter(guess: SymbolGuess) -> bool:
    return guess.command.isalnum()


def _looks(path: Path) -> tuple[tuple[tuple[SymbolGuess, ...], ...], tuple[int, ...]]:
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        looks = tuple(
            tuple(
                SymbolGuess(one["command"], one["package"], 0.0, one["name"], one["is_text"]) for one in look
            )
            for look in table["looks"]
        )
        return looks, tuple(table["of"])
    except (OSError, ValueError, KeyError) as error:
        raise InternalError(
            tr("The built-in recogniser is missing."), tr("Install the program anew.")
        ) from error
