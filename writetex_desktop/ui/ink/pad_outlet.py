"""Where formulas and ink of the pad go to, and come from."""

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from writetex_desktop.core.errors import WriteTexError
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.ink.ink import Ink
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.pictures.image import Bitmap
from writetex_desktop.core.reading.recognition import Mode, Recognition
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.ports.clipboard import PasteTarget
from writetex_desktop.ports.ink import SymbolFinder
from writetex_desktop.ports.rendering import FormulaRenderer
from writetex_desktop.services.observable import Observable
from writetex_desktop.services.reading.ink_reading import InkReading
from writetex_desktop.services.tasks import Tasks
from writetex_desktop.ui.ink.ink_files import InkFiles
from writetex_desktop.ui.ink.pad import InkPad
from writetex_desktop.ui.toolkit.views.labels import name_among_words

Copy = Callable[[str, Mode, OutputFormat], Coroutine[Any, Any, None]]
Keep = Callable[[Bitmap, Recognition, Ink], Coroutine[Any, Any, None]]


@dataclass(frozen=True, slots=True)
class InkWorld:
    """What the pad needs of the outside.

    Attributes:
        reading: Reads the ink.
        finder: Knows symbols; None where it is not installed.
        renderer: Draws what was read.
        copy: Puts markup on the clipboard in a form.
        insert: Puts markup at the cursor of the source editor, and shows it.
        paste: Pastes what was copied into another program.
        keep: Keeps a result with its ink in the history.
        files: Opens and saves ink.
        find_symbol: Shows the panel that finds symbols; what is found goes to the function.
    """

    reading: InkReading
    finder: SymbolFinder | None
    renderer: FormulaRenderer
    copy: Copy
    insert: Callable[[str], None]
    paste: Callable[[PasteTarget], Coroutine[Any, Any, None]]
    keep: Keep
    files: InkFiles
    find_symbol: Callable[[Callable[[str], None]], None]


class Desk(Protocol):
    """Who has the ink."""

    @property
    def ink(self) -> Ink:
        """What is on the paper."""
        ...

    def open_ink(self, ink: Ink, markup: str = "") -> None:
        """Put ink onto the paper."""
        ...

    def show_page(self) -> None:
        """Show the pad."""
        ...

    def keep_now(self) -> None:
        """Keep what is there."""
        ...

    def leave(self) -> None:
        """Go back to where the user came from."""
        ...

    def fail(self, error: WriteTexError) -> None:
        """Say what went wrong."""
        ...


class PadOutlet:
    """Copies, inserts, saves and opens what the pad asks for.

    Args:
        pad: The pad.
        world: The outside.
        settings: Say in which form a formula is copied.
        tasks: Runs what takes time.
        desk: Who has the ink.

    Attributes:
        target: Where a formula is pasted; None where the user came from nowhere.
    """

    def __init__(
        self, pad: InkPad, world: InkWorld, settings: Observable[Settings], tasks: Tasks, desk: Desk
    ) -> None:
        self.target: PasteTarget | None = None
        self._pad = pad
        self._world = world
        self._settings = settings
        self._tasks = tasks
        self._desk = desk
        actions = pad.actions_
        pad.copy_as_requested.connect(self._copy)
        pad.files_dropped.connect(self._open_files)
        actions.copy.triggered.connect(lambda: self._copy())
        actions.insert.triggered.connect(lambda: self._insert())
        actions.open.triggered.connect(lambda: world.files.ask_open(pad, self.open_file))
        actions.save.triggered.connect(lambda: world.files.ask_save(pad, self._save_to))
        actions.find_symbol.triggered.connect(lambda: world.find_symbol(self._insert_symbol))

    def open_file(self, path: Path) -> None:
        """Open a file of ink, and show the pad."""
        self._tasks.spawn(self._open(path), name="open ink", on_error=self._opening_failed)

    def _copy(self, form: OutputFormat | None = None) -> None:
        markup = self._pad.reading.markup
        if markup.strip():
            self._tasks.spawn(self._copied(markup, form), name="copy", on_error=self._desk.fail)

    async def _copied(self, markup: str, form: OutputFormat | None = None) -> None:
        wanted = form or self._settings.value.format_for(Mode.HANDWRITING)
        await self._world.copy(markup, Mode.HANDWRITING, wanted)
        self._pad.reading.say(tr("Copied as {form}.", form=wanted.row.label))
        self._desk.keep_now()

    def _insert(self) -> None:
        markup = self._pad.reading.markup
        if not markup.strip():
            return
        target = self.target
        if target is not None:
            self._tasks.spawn(self._pasted(markup, target), name="insert", on_error=self._desk.fail)
            return
        self._desk.leave()
        self._world.insert(markup)

    async def _pasted(self, markup: str, target: PasteTarget) -> None:
        await self._copied(markup)
        await self._world.paste(target)

    def _insert_symbol(self, command: str) -> None:
        """Put a command at the cursor of the pad's source."""
        source = self._pad.reading.source
        before = source.toPlainText()[: source.textCursor().position()]
        source.insertPlainText(f"{' ' if before[-1:].strip() else ''}{command} ")
        source.setFocus()

    def _open_files(self, names: Sequence[str]) -> None:
        if names:
            self.open_file(Path(names[0]))

    async def _open(self, path: Path) -> None:
        self._desk.open_ink(await self._world.files.open(path))

    def _opening_failed(self, error: WriteTexError) -> None:
        if not self._pad.isVisible():
            self._desk.show_page()
        self._desk.fail(error)

    def _save_to(self, path: Path) -> None:
        self._tasks.spawn(self._save(path), name="save ink", on_error=self._desk.fail)

    async def _save(self, path: Path) -> None:
        await self._world.files.save(path, self._desk.ink)
        self._pad.reading.say(tr("Saved as {name}.", name=name_among_words(path.name)))
