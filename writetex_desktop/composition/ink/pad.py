"""The pad and the finder of symbols, joined to the parts of the program."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from writetex_desktop.adapters.pictures.ink_picture import draw_ink
from writetex_desktop.adapters.storage.output_file import write_output
from writetex_desktop.composition.parts import Parts, read_file
from writetex_desktop.core.errors import RemedyAction
from writetex_desktop.core.ink.ink import Ink
from writetex_desktop.core.reading.recognition import EngineChoice
from writetex_desktop.ports.clipboard import FocusPaster
from writetex_desktop.ports.rendering import FormulaRenderer
from writetex_desktop.services.output.copying import Copying
from writetex_desktop.services.reading.ink_reading import InkReading
from writetex_desktop.services.tasks import Tasks
from writetex_desktop.ui.ink.ink_files import InkFiles
from writetex_desktop.ui.ink.pad_outlet import InkWorld, Keep
from writetex_desktop.ui.ink.presenter import InkPresenter
from writetex_desktop.ui.ink.symbol_presenter import SymbolPresenter
from writetex_desktop.ui.toolkit.actions import Actions
from writetex_desktop.ui.toolkit.paged_window import PagedWindow


def make_symbols(
    parts: Parts, renderer: FormulaRenderer, over: Callable[[], QWidget], tasks: Tasks
) -> SymbolPresenter:
    """Make the finder of symbols; nothing is loaded before it is used."""
    return SymbolPresenter(finder=parts.symbols, renderer=renderer, over=over, clock=parts.clock, tasks=tasks)


def make_pad(
    parts: Parts,
    window: PagedWindow,
    *,
    renderer: FormulaRenderer,
    copying: Copying,
    paster: FocusPaster,
    keep: Keep,
    insert: Callable[[str], None],
    symbols: SymbolPresenter,
    actions: Actions,
    in_use: Callable[[], None],
    do: Callable[[RemedyAction], None],
    tasks: Tasks,
) -> InkPresenter:
    """Make the pad.

    Args:
        parts: Read.
        window: Has the pad as a page.
        renderer: Draws what was read.
        copying: Copies it.
        paster: Pastes it into other programs.
        keep: Keeps it in the history, with its ink.
        insert: Puts it into the source editor.
        symbols: The finder.
        actions: Lead to the pad.
        in_use: Is called when they do; what is slow to load begins to load.
        do: Does a remedy.
        tasks: Runs what takes time.
    """
    world = InkWorld(
        reading=_reading(parts),
        finder=parts.symbols,
        renderer=renderer,
        copy=copying.copy,
        insert=insert,
        paste=paster.paste,
        keep=keep,
        files=InkFiles(read_file, write_output, lambda ink: _png(parts, ink)),
        find_symbol=symbols.find,
    )
    for action in (actions.pad, actions.pad_window):
        action.triggered.connect(in_use)
    return InkPresenter(
        window=window,
        actions=actions,
        world=world,
        settings=parts.settings.settings,
        do=do,
        clock=parts.clock,
        tasks=tasks,
    )


def _reading(parts: Parts) -> InkReading:
    settings = parts.settings

    def choice() -> EngineChoice:
        return EngineChoice.OFFLINE if settings.offline.value else settings.settings.value.engine

    def asks_endpoint() -> bool:
        chosen = choice()
        return chosen is EngineChoice.ENDPOINT or (chosen is EngineChoice.AUTO and settings.is_configured())

    def reads_here() -> bool:
        return choice() is EngineChoice.AUTO and settings.settings.value.show_draft

    return InkReading(
        reader=parts.ink_reader,
        print_reader=parts.offline,
        recognise=parts.reading.recognise,
        asks_endpoint=asks_endpoint,
        reads_here=reads_here,
        codec=parts.codec,
        draw=draw_ink,
        clock=parts.clock,
    )


def _png(parts: Parts, ink: Ink) -> bytes:
    return parts.codec.encode_png(draw_ink(ink))
