"""A model that is loaded when it is first wanted, and let go when nobody has wanted it for a while."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from writetex_desktop.adapters.integrity import check_files
from writetex_desktop.adapters.recogniser.model import FormulaModel
from writetex_desktop.services.disuse import DISUSE_S, Disuse

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

FILES = ("detector.onnx", "model.json", "reader.onnx", "step.onnx")
"""What a model is made of."""


def nobody() -> None:
    """Nobody is told."""


class LoadedModel:
    """Holds one model.

    Args:
        folder: Where its files lie.
        sums: What they must be; None for files that are just being tried out.
        on_rest: Is called when the model has been let go.
        rest_after_s: After how long without use that is.
    """

    def __init__(
        self,
        folder: Path,
        sums: Mapping[str, str] | None,
        on_rest: Callable[[], None] = nobody,
        rest_after_s: float = DISUSE_S,
    ) -> None:
        self._folder = folder
        self._sums = None if sums is None else {name: sums[name] for name in FILES}
        self._on_rest = on_rest
        self._disuse = Disuse(self._rest, rest_after_s)
        self._model: FormulaModel | None = None
        self._loading = threading.Lock()

    def use(self) -> AbstractContextManager[None]:
        """Keep the model until the block ends; on the event loop's thread."""
        return self._disuse.use()

    def load(self) -> FormulaModel:
        """Give the model; takes a moment the first time, so call it in a worker thread.

        Raises:
            InternalError: It is missing or broken.
        """
        with self._loading:
            if self._model is None:
                if self._sums is not None:
                    check_files(self._folder, self._sums)
                self._model = FormulaModel(self._folder)
            return self._model

    def _rest(self) -> None:
        self._model = None
        self._on_rest()
