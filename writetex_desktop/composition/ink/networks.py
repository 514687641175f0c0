"""The networks of handwriting that this installation has: one reads formulas, one finds symbols."""

import importlib.util
from collections.abc import Callable

from writetex_desktop.adapters.fingerprints import SUMS
from writetex_desktop.adapters.recogniser.handwriting.finder import FILES as FINDER_FILES
from writetex_desktop.adapters.recogniser.handwriting.finder import DrawnSymbolFinder
from writetex_desktop.adapters.recogniser.handwriting.reader import OfflineInkReader
from writetex_desktop.adapters.recogniser.loaded import FILES, LoadedModel
from writetex_desktop.adapters.storage.resource_files import resource_dir
from writetex_desktop.ports.ink import InkReader, SymbolFinder


def hand_model(on_rest: Callable[[], None]) -> LoadedModel | None:
    """Give the model of handwriting; None where it or its runtime is left out of this installation.

    Args:
        on_rest: Is called when it has been let go, because nobody wanted it for a while.
    """
    folder = resource_dir() / "ink"
    return LoadedModel(folder, SUMS["ink"], on_rest) if _is_there(FILES) else None


def ink_reader(model: LoadedModel | None) -> InkReader | None:
    """Give what reads strokes with the model, where there is one."""
    return OfflineInkReader(model) if model is not None else None


def symbol_finder() -> SymbolFinder | None:
    """Give what knows symbols by their looks; None where it is left out of this installation."""
    return DrawnSymbolFinder(resource_dir() / "ink") if _is_there(FINDER_FILES) else None


def _is_there(files: tuple[str, ...]) -> bool:
    folder = resource_dir() / "ink"
    return (
        all((folder / name).exists() for name in files)
        and importlib.util.find_spec("onnxruntime") is not None
    )
