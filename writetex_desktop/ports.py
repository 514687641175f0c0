"""What the program needs of the world.

Each protocol has one or more adapters (`adapters/`, `native/`, `ui/`), a fake (`tests/fakes.py`) and one
contract suite that both must pass (`tests/contracts/`). `composition.py` says which one is taken.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NewType, Protocol

if TYPE_CHECKING:  # a port only names types; whoever brings one has loaded it
    from collections.abc import AsyncIterator, Callable, Collection, Sequence
    from typing import BinaryIO

    from writetex_desktop.core.batch import BatchItem
    from writetex_desktop.core.batch_wire import RemoteBatch
    from writetex_desktop.core.clipboard_content import ClipboardContent
    from writetex_desktop.core.endpoint import Endpoint
    from writetex_desktop.core.formula import RenderedFormula
    from writetex_desktop.core.geometry import Size
    from writetex_desktop.core.history import HistoryEntry, HistoryQuery
    from writetex_desktop.core.hotkey import Hotkey, HotkeyAction
    from writetex_desktop.core.hotkey_binding import DesktopShortcut
    from writetex_desktop.core.image import Bitmap, EncodedImage, ImageLimits, ScreenFrame, Selection
    from writetex_desktop.core.notice import Notice
    from writetex_desktop.core.probe import ProbeReply
    from writetex_desktop.core.recognition import RecognitionRequest, RecognizerEvent
    from writetex_desktop.core.secret import Secret
    from writetex_desktop.core.settings import Settings
    from writetex_desktop.core.spending import Expense
    from writetex_desktop.core.submission import Submission


class HotkeySource(Protocol):
    """Global hotkeys, one for each action."""

    def register(self, action: HotkeyAction, hotkey: Hotkey, on_press: Callable[[], None]) -> None:
        """Make `on_press` be called, on the main thread, at each press; replaces the action's one before.

        Auto-repeat while the key is held is one press. Two actions never have the same combination.

        Raises:
            HotkeyError: The combination is taken or cannot be had; the one registered before still works.
        """
        ...

    def unregister(self, action: HotkeyAction) -> None:
        """Give the action's combination back; does nothing when none is registered."""
        ...

    def renew(self) -> None:
        """Make sure that all of them are in force; the system may have lost them while it slept.

        What cannot be had again is told as if the system had just taken it away.
        """
        ...

    def close(self) -> None:
        """Give everything back; the source is not used again."""
        ...


class DesktopShortcuts(Protocol):
    """The desktop's own keyboard shortcuts, for where programs can have no global hotkeys.

    Attributes:
        works_at_once: Whether the desktop obeys a new shortcut at once, and not only from the next login on.
    """

    works_at_once: bool

    async def set(self, shortcut: DesktopShortcut, hotkey: Hotkey) -> None:
        """Give a shortcut of ours a combination, in place of the one that it had; the user's own ones stay.

        Raises:
            HotkeyError: The desktop did not take it.
        """
        ...

    async def remove(self, shortcut: DesktopShortcut) -> None:
        """Take a shortcut of ours away; does nothing when there is none.

        Raises:
            HotkeyError: The desktop did not do it.
        """
        ...


class ScreenGrabber(Protocol):
    """Pictures of the screens."""

    async def grab(self) -> tuple[ScreenFrame, ...]:
        """Take what all screens show now, one frame a screen, in device pixels.

        Where a desktop lets programs see only what the user picks in a dialog of its own, there is one frame
        that `is_chosen`, or none when the user closed the dialog.

        Raises:
            CaptureError: The screen cannot be read; the remedy names what is missing.
        """
        ...

    async def warm(self) -> None:
        """Get ready, so that the next `grab` is quick.

        Raises:
            CaptureError: As for `grab`.
        """
        ...

    def screens_changed(self) -> None:
        """Forget what is known of the screens; call it whenever one comes, goes or changes."""
        ...

    def close(self) -> None:
        """Give everything back; the grabber is not used again."""
        ...


class RegionSelector(Protocol):
    """The overlay on which the user chooses a region."""

    async def select(self, frames: tuple[ScreenFrame, ...]) -> Selection | None:
        """Show the frames and wait for a region.

        Keyboard and mouse are given back before it returns, raises or is cancelled.

        Returns:
            The selection, or None when the user chose nothing.
        """
        ...

    def last(self, frames: tuple[ScreenFrame, ...]) -> Selection | None:
        """Give the region chosen last, on the frame of its screen; None where it does not fit."""
        ...


class ImageCodec(Protocol):
    """Picture files and the preparation of what is sent. Pure, deterministic, callable from any thread."""

    def prepare(self, bitmap: Bitmap, limits: ImageLimits) -> EncodedImage:
        """Flatten, trim, pad, scale and encode a crop for an engine.

        Raises:
            ImageError: The picture holds nothing but background, or is too large to be handled.
        """
        ...

    def decode(self, data: bytes) -> Bitmap:
        """Read a picture file of any common form; the first page or frame, rightly turned (EXIF).

        Raises:
            ImageError: It is no picture that we can read.
        """
        ...

    def encode_png(self, bitmap: Bitmap) -> bytes:
        """Write a PNG file, in colour, pixel for pixel."""
        ...

    def thumbnail(self, bitmap: Bitmap, room: Size) -> bytes:
        """Write a PNG file, in colour, scaled down to fit into a room; small pictures keep their size."""
        ...


class DocumentReader(Protocol):
    """Documents of pages, such as PDF files. Callable from any thread."""

    def page_count(self, path: str) -> int:
        """Count the pages of a document.

        Raises:
            ImageError: It is not there, locked, or no document that we can read.
        """
        ...

    def page(self, path: str, number: int, limits: ImageLimits) -> Bitmap:
        """Draw a page on white, as large as the limits allow.

        Args:
            path: The file.
            number: Which page, from 1.
            limits: How large the picture may be.

        Raises:
            ImageError: As for `page_count`; or there is no such page.
        """
        ...


class Recognizer(Protocol):
    """An engine that reads pictures."""

    def recognize(self, request: RecognitionRequest) -> AsyncIterator[RecognizerEvent]:
        """Read a picture; deltas, then one `Completed`.

        End it early only by cancelling the task that iterates; the connection is then closed.

        Raises:
            EndpointError: The endpoint failed; `partial` holds what had arrived.
            RecognitionError: The engine cannot read this picture.
        """
        ...


class EndpointProbe(Protocol):
    """Small questions to a server, beside recognition."""

    async def get(self, endpoint: Endpoint, url: str, *, timeout_s: float) -> ProbeReply:
        """Ask for a page with the key and the network settings of an endpoint; nothing is asked twice.

        Args:
            endpoint: Whose key and network settings are used.
            url: What is asked for; on the endpoint's own host, so that the key goes nowhere else.
            timeout_s: The longest wait for all of the answer.

        Raises:
            EndpointError: Nothing came, or more than can be a list of models.
        """
        ...


class RemoteBatches(Protocol):
    """A provider's batch service at one endpoint: requests go there as a file and are answered within hours.

    Every call may raise an `EndpointError`.
    """

    async def upload(self, lines: BinaryIO) -> str:
        """Hand in a file of requests, and wait until the provider has looked at it; gives its name there.

        Args:
            lines: One request a line (`core.batch_wire.request_line`), from where it stands to its end.

        Raises:
            EndpointError: Also when there is no such service, `Fault.WRONG_PATH`.
        """
        ...

    async def create(self, file_id: str) -> RemoteBatch:
        """Let the provider begin with a file."""
        ...

    async def find(self, file_id: str) -> RemoteBatch | None:
        """Give the batch that was made of a file, or None when none was."""
        ...

    async def look(self, batch_id: str) -> RemoteBatch:
        """Ask how far a batch is.

        Raises:
            EndpointError: Also when it is not known any more, `Fault.WRONG_PATH`.
        """
        ...

    async def cancel(self, batch_id: str) -> RemoteBatch:
        """Let the provider stop; what was answered by then can still be read.

        Raises:
            EndpointError: As for `look`.
        """
        ...

    def read(self, file_id: str) -> AsyncIterator[bytes]:
        """Read a file of answers line by line, in any order; without the ends of the lines."""
        ...

    async def delete(self, file_id: str) -> None:
        """Let the provider forget a file, where it does so; whether it did is not told."""
        ...

    async def aclose(self) -> None:
        """Close the connections."""
        ...


class SubmissionStore(Protocol):
    """Where it is kept what was handed to batch services, so that it is followed after a restart.

    Every call may raise a `StorageError`; what was kept before is whole then. Callable from any thread.
    """

    def load(self) -> tuple[Submission, ...]:
        """Give all that are kept, oldest first.

        Raises:
            StorageError: One cannot be used; it was moved aside, and the next call gives the others.
        """
        ...

    def save(self, submission: Submission) -> None:
        """Keep a submission in place of the one with the same `id`, all or nothing."""
        ...

    def save_items(self, submission: Submission, number: int, items: Sequence[BatchItem]) -> None:
        """Keep which pictures are in a part, in the order of its requests."""
        ...

    def items(self, submission: Submission, number: int) -> tuple[BatchItem, ...]:
        """Give the pictures of a part."""
        ...

    def remove(self, submission: Submission) -> None:
        """Forget a submission and its pictures' names."""
        ...


class FormulaRenderer(Protocol):
    """Formulas as pictures and as MathML."""

    async def warm(self) -> None:
        """Get ready, so that the next formula is drawn quickly.

        Raises:
            RenderError: The renderer cannot be started.
        """
        ...

    async def render(self, latex: str, *, display: bool = True, repair: bool = False) -> RenderedFormula:
        """Draw a formula; calls are served one after the other, off the event loop.

        Args:
            latex: The body of a formula, without delimiters.
            display: Display style; False for inline style.
            repair: Whether unfinished source may be closed and completed for the picture.

        Raises:
            RenderError: The parser refused it, or it took too long.
        """
        ...

    async def mathml(self, latex: str, *, display: bool = True) -> str:
        """Give presentation MathML with its namespace.

        Raises:
            RenderError: As for `render`.
        """
        ...

    def close(self) -> None:
        """End the renderer's worker; the renderer is not used again."""
        ...


class Clipboard(Protocol):
    """The clipboard."""

    async def copy(self, content: ClipboardContent) -> None:
        """Put something on the clipboard and read it back.

        Raises:
            ClipboardError: What was read back is not what was put there.
        """
        ...

    async def read(self) -> ClipboardContent:
        """Give what is on the clipboard now, as far as `copy` can put it back.

        Raises:
            ClipboardError: The clipboard cannot be read.
        """
        ...


PasteTarget = NewType("PasteTarget", int)
"""A window or an application of another program, by the system's own number."""


class FocusPaster(Protocol):
    """Pasting into another program."""

    def focused(self) -> PasteTarget | None:
        """Say who has the focus now; None when it is ourselves, or nobody."""
        ...

    async def paste(self, target: PasteTarget) -> None:
        """Give the focus back if it is with us, and press the keys that paste.

        Raises:
            ClipboardError: Nothing was pressed, and why.
        """
        ...


class SecretStore(Protocol):
    """Where keys are kept. Calls may take seconds (the system may ask the user to unlock)."""

    @property
    def keeps(self) -> bool:
        """Whether keys outlive the program; False when they are only held in memory."""
        ...

    async def get(self, name: str) -> Secret | None:
        """Give the key kept under a name, or None.

        Raises:
            SettingsError: The store is locked or out of order.
        """
        ...

    async def set(self, name: str, secret: Secret) -> None:
        """Keep a key and read it back.

        Raises:
            SettingsError: It was not kept.
        """
        ...

    async def delete(self, name: str) -> None:
        """Forget a key; does nothing when there is none.

        Raises:
            SettingsError: The store is locked or out of order.
        """
        ...


class SettingsStore(Protocol):
    """Where settings are kept."""

    def load(self) -> Settings:
        """Read the settings; the defaults when there are none yet.

        Raises:
            SettingsError: The file could not be used; it was moved aside, and the defaults are in force.
        """
        ...

    def save(self, settings: Settings) -> None:
        """Write the settings, all or nothing.

        Raises:
            SettingsError: They could not be written; what was there before is whole.
        """
        ...


class HistoryStore(Protocol):
    """Where results are kept. Every call may raise a `StorageError`; what was kept before is whole then."""

    async def open(self) -> None:
        """Make the history ready; does nothing when it is.

        Raises:
            StorageError: None can be had. Or the one there cannot be used: it was moved aside whole, the
                remedy names the place, and an empty one is ready.
        """
        ...

    async def add(self, entries: Sequence[tuple[HistoryEntry, bytes | None]]) -> tuple[HistoryEntry, ...]:
        """Keep entries, each with its picture as PNG or None, all or none; gives them as they are kept.

        `id` is moved where another one has it; one that is there with the same markup is left as it is.
        """
        ...

    async def find(
        self, query: HistoryQuery, *, before: int | None = None, limit: int = 100
    ) -> tuple[HistoryEntry, ...]:
        """Give the newest of the wanted entries, newest first; those with an `id` below `before` only."""
        ...

    async def picture(self, entry_id: int) -> bytes | None:
        """Give the PNG of an entry's picture; None when it is not kept."""
        ...

    async def edit(self, entry_id: int, *, markup: str | None = None, favourite: bool | None = None) -> None:
        """Change an entry; what is None stays, and one that is gone stays gone."""
        ...

    async def remove(self, entry_ids: Collection[int]) -> None:
        """Delete entries, so that nothing of them is left in the file."""
        ...

    async def clear(self) -> None:
        """Delete every entry, so that nothing of them is left."""
        ...

    async def trim(self, *, since: int | None, most: int | None) -> None:
        """Delete, but for favourites, what is older than `since` or not among the `most` newest."""
        ...

    async def count(self) -> int:
        """Say how many entries there are."""
        ...

    async def close(self) -> None:
        """Give the file back; the store is not used again."""
        ...


class SpendingStore(Protocol):
    """Where it is kept what was spent. Callable from any thread, one call at a time."""

    def load(self) -> tuple[Expense, ...]:
        """Give all that was kept; nothing when there is nothing yet.

        Raises:
            StorageError: It cannot be read; if it is damaged, it was moved aside and counting starts anew.
        """
        ...

    def add(self, expense: Expense) -> None:
        """Add to what is kept, all or nothing.

        Raises:
            StorageError: It could not be kept; what was there before is whole.
        """
        ...


class Autostart(Protocol):
    """Whether the program starts with the user's session; the system keeps it, not our settings."""

    @property
    def is_on(self) -> bool:
        """Whether it starts with the session."""
        ...

    def switch(self, *, on: bool) -> None:
        """Start with the session from now on, or no longer.

        Raises:
            StorageError: The system did not take it.
        """
        ...


class Notifier(Protocol):
    """The place where the user is told things."""

    def notify(self, notice: Notice) -> None:
        """Show one notice; a new one replaces the last."""
        ...


class Clock(Protocol):
    """Time."""

    def monotonic(self) -> float:
        """Seconds since some moment; never goes back."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        ...
