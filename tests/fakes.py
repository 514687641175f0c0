"""Hand-made stand-ins for the ports, one small class each; held to the contracts of tests/contracts/."""

from collections.abc import AsyncIterator, Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from writetex_desktop.core.clipboard_content import ClipboardContent
from writetex_desktop.core.endpoint import Endpoint
from writetex_desktop.core.errors import (
    ClipboardError,
    EndpointError,
    Fault,
    HotkeyError,
    ImageError,
    RenderError,
    SettingsError,
    StorageError,
    WriteTexError,
)
from writetex_desktop.core.formula import INK, RenderedFormula
from writetex_desktop.core.geometry import Rect, Size
from writetex_desktop.core.history import HistoryEntry, HistoryQuery, matches
from writetex_desktop.core.hotkey import Hotkey, HotkeyAction
from writetex_desktop.core.hotkey_binding import DesktopShortcut
from writetex_desktop.core.image import Bitmap, EncodedImage, ImageLimits, ScreenFrame, Selection
from writetex_desktop.core.notice import Notice
from writetex_desktop.core.probe import ProbeReply
from writetex_desktop.core.recognition import RecognitionRequest, RecognizerEvent
from writetex_desktop.core.secret import Secret
from writetex_desktop.core.settings import Settings
from writetex_desktop.core.spending import Expense, added


@dataclass
class FakeClock:
    """Time that passes only when somebody sleeps."""

    now: float = 0.0
    slept: list[float] = field(default_factory=list)

    def monotonic(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@dataclass
class FakeNotifier:
    """Keeps what it was told."""

    notices: list[Notice] = field(default_factory=list)

    def notify(self, notice: Notice) -> None:
        self.notices.append(notice)


@dataclass
class FakeClipboard:
    """A clipboard of one's own; `broken` makes it lose what it is given."""

    content: ClipboardContent = field(default_factory=ClipboardContent)
    broken: bool = False

    async def copy(self, content: ClipboardContent) -> None:
        if self.broken:
            raise ClipboardError("The clipboard did not take the text.", "Try again.")
        self.content = content

    async def read(self) -> ClipboardContent:
        return self.content


@dataclass
class FakeSecretStore:
    """Keys in memory; `locked` makes every call fail."""

    keeps: bool = True
    locked: bool = False
    secrets: dict[str, Secret] = field(default_factory=dict)

    async def get(self, name: str) -> Secret | None:
        self._check()
        return self.secrets.get(name)

    async def set(self, name: str, secret: Secret) -> None:
        self._check()
        self.secrets[name] = secret

    async def delete(self, name: str) -> None:
        self._check()
        self.secrets.pop(name, None)

    def _check(self) -> None:
        if self.locked:
            raise SettingsError("The key store is locked.", "Unlock it and try again.")


@dataclass
class FakeSettingsStore:
    """Settings in memory; `full` makes saving fail."""

    settings: Settings = field(default_factory=Settings)
    full: bool = False

    def load(self) -> Settings:
        return self.settings

    def save(self, settings: Settings) -> None:
        if self.full:
            raise SettingsError("The settings could not be saved.", "Make room on the disk.")
        self.settings = settings


@dataclass
class FakeAutostart:
    """Remembers what it was told."""

    is_on: bool = False

    def switch(self, *, on: bool) -> None:
        self.is_on = on


@dataclass
class FakeScreenGrabber:
    """Shows the same frames each time."""

    frames: tuple[ScreenFrame, ...] = ()
    grabs: int = 0

    async def grab(self) -> tuple[ScreenFrame, ...]:
        self.grabs += 1
        return self.frames

    async def warm(self) -> None:
        pass

    def screens_changed(self) -> None:
        pass

    def close(self) -> None:
        pass


@dataclass
class FakeHotkeySource:
    """Hotkeys pressed by calling `press`; those in `taken` belong to somebody else."""

    taken: set[Hotkey] = field(default_factory=set)
    registered: dict[str, tuple[Hotkey, Callable[[], None]]] = field(default_factory=dict)

    def register(self, action: HotkeyAction, hotkey: Hotkey, on_press: Callable[[], None]) -> None:
        if hotkey in self.taken:
            raise HotkeyError("Another program uses this hotkey already.", "Choose another combination.")
        self.registered[action.id] = hotkey, on_press

    def unregister(self, action: HotkeyAction) -> None:
        self.registered.pop(action.id, None)

    def renew(self) -> None:
        """Nothing is ever lost here."""

    def close(self) -> None:
        self.registered.clear()

    def press(self, hotkey: Hotkey) -> None:
        for registered, on_press in tuple(self.registered.values()):
            if registered == hotkey:
                on_press()


@dataclass
class FakeDesktopShortcuts:
    """A desktop whose shortcuts are a mapping; `broken` makes it refuse."""

    bound: dict[Hotkey, DesktopShortcut] = field(default_factory=dict)
    broken: bool = False
    works_at_once: bool = True

    async def set(self, shortcut: DesktopShortcut, hotkey: Hotkey) -> None:
        if self.broken:
            raise HotkeyError("The desktop's tool could not set the shortcut.", "Paste the line by hand.")
        await self.remove(shortcut)
        self.bound[hotkey] = shortcut

    async def remove(self, shortcut: DesktopShortcut) -> None:
        self.bound = {hotkey: each for hotkey, each in self.bound.items() if each != shortcut}


@dataclass
class FakeRegionSelector:
    """Chooses with a function."""

    choose: Callable[[tuple[ScreenFrame, ...]], Selection | None]
    chosen: Selection | None = None

    async def select(self, frames: tuple[ScreenFrame, ...]) -> Selection | None:
        chosen = self.choose(frames)
        self.chosen = chosen or self.chosen
        return chosen

    def last(self, frames: tuple[ScreenFrame, ...]) -> Selection | None:
        if self.chosen is None:
            return None
        before = self.chosen
        for frame in frames:
            whole = Rect(0, 0, frame.bitmap.width, frame.bitmap.height)
            if (
                frame.screen.name == before.frame.screen.name
                and whole.intersected(before.region) == before.region
            ):
                return Selection(frame, before.region)
        return None


class FakeImageCodec:
    """Encodes a bitmap of up to 255 pixels a side as its raw bytes, with its size in front."""

    def prepare(self, bitmap: Bitmap, limits: ImageLimits) -> EncodedImage:  # noqa: ARG002 - part of the port
        if bitmap.data == b"\xff" * len(bitmap.data):
            raise ImageError("The picture shows nothing but background.", "Select a formula.")
        return EncodedImage("image/x-raw", bytes(bitmap.data), bitmap.width, bitmap.height)

    def decode(self, data: bytes) -> Bitmap:
        if len(data) < 2 or len(data) != 2 + data[0] * data[1] * 4:
            raise ImageError("This is no picture that can be read.", "Use a PNG file.")
        return Bitmap(data[0], data[1], data[2:])

    def encode_png(self, bitmap: Bitmap) -> bytes:
        return bytes((bitmap.width, bitmap.height)) + bytes(bitmap.data)

    def thumbnail(self, bitmap: Bitmap, room: Size) -> bytes:
        width, height = min(bitmap.width, room.width), min(bitmap.height, room.height)
        return bytes((width, height)) + bytes(bitmap.data[: width * height * 4])


@dataclass
class FakeDocumentReader:
    """Documents of so many white pages each, by their paths."""

    documents: dict[str, int] = field(default_factory=dict)

    def page_count(self, path: str) -> int:
        if path not in self.documents:
            raise ImageError("There is no such file.", "Check the name.")
        return self.documents[path]

    def page(self, path: str, number: int, limits: ImageLimits) -> Bitmap:
        if not 1 <= number <= self.page_count(path):
            raise ImageError("The document has no such page.", "Check the number.")
        side = min(10, limits.max_side_px)
        return Bitmap(side, side, bytes((number, 0, 0, 0)) + b"\xff" * (side * side - 1) * 4)


@dataclass
class FakeRecognizer:
    """Plays one script of events a call; an error in a script is raised."""

    scripts: Sequence[Sequence[RecognizerEvent | WriteTexError]]
    requests: list[RecognitionRequest] = field(default_factory=list)

    async def recognize(self, request: RecognitionRequest) -> AsyncIterator[RecognizerEvent]:
        script = self.scripts[min(len(self.requests), len(self.scripts) - 1)]
        self.requests.append(request)
        for event in script:
            if isinstance(event, WriteTexError):
                raise event
            yield event


@dataclass
class FakeFormulaRenderer:
    """Draws a bar, one em a character; refuses `\\unknown...` and, unless it may repair, open braces."""

    sources: list[str] = field(default_factory=list)
    closed: bool = False

    async def warm(self) -> None:
        pass

    async def render(self, latex: str, *, display: bool = True, repair: bool = False) -> RenderedFormula:  # noqa: ARG002 - part of the port
        unfinished = self._check(latex, repair=repair)
        bar = f'<path fill="{INK}" d="M0 0H{len(latex)}000V1000H0Z" />'
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {len(latex)}000 1000">{bar}</svg>'
        return RenderedFormula(svg, float(len(latex)), 1.0, 0.25, repaired=unfinished)

    async def mathml(self, latex: str, *, display: bool = True) -> str:
        self._check(latex, repair=False)
        mode = "block" if display else "inline"
        return f'<math xmlns="http://www.w3.org/1998/Math/MathML" display="{mode}"><mi>x</mi></math>'

    def close(self) -> None:
        self.closed = True

    def _check(self, latex: str, *, repair: bool) -> bool:
        self.sources.append(latex)
        unfinished = latex.count("{") > latex.count("}")
        if "\\unknown" in latex:
            raise RenderError("Undefined control sequence.", position=latex.index("\\unknown"))
        if unfinished and not repair:
            raise RenderError("Missing close brace.", position=len(latex))
        return unfinished


@dataclass
class FakeEndpointProbe:
    """Knows some addresses and what stands there; nothing answers at all others."""

    pages: dict[str, ProbeReply | WriteTexError] = field(default_factory=dict)
    asked: list[tuple[Endpoint, str]] = field(default_factory=list)

    async def get(self, endpoint: Endpoint, url: str, *, timeout_s: float) -> ProbeReply:  # noqa: ARG002 - part of the port
        self.asked.append((endpoint, url))
        page = self.pages.get(url)
        if isinstance(page, ProbeReply):
            return page
        raise page or EndpointError("Nothing answers there.", "Start the server.", fault=Fault.UNREACHABLE)


@dataclass
class FakeHistoryStore:
    """Entries in memory; `broken` makes every call fail, `damaged` the first one."""

    broken: bool = False
    damaged: bool = False
    entries: dict[int, HistoryEntry] = field(default_factory=dict)
    pictures: dict[int, bytes] = field(default_factory=dict)

    async def open(self) -> None:
        self._check()
        if self.damaged:
            self.damaged = False
            raise StorageError("The history is damaged; an empty one is in use.", "It is kept in there.")

    async def add(self, entries: Sequence[tuple[HistoryEntry, bytes | None]]) -> tuple[HistoryEntry, ...]:
        self._check()
        kept = []
        for entry, picture in entries:
            place = entry.id
            while place in self.entries and self.entries[place].markup != entry.markup:
                place += 1
            if place not in self.entries:
                self.entries[place] = replace(entry, id=place, has_picture=picture is not None)
                if picture is not None:
                    self.pictures[place] = picture
            kept.append(self.entries[place])
        return tuple(kept)

    async def find(
        self, query: HistoryQuery, *, before: int | None = None, limit: int = 100
    ) -> tuple[HistoryEntry, ...]:
        self._check()
        wanted = (
            entry
            for _, entry in sorted(self.entries.items(), reverse=True)
            if (before is None or entry.id < before) and matches(entry, query)
        )
        return tuple(islice(wanted, limit))

    async def picture(self, entry_id: int) -> bytes | None:
        self._check()
        return self.pictures.get(entry_id)

    async def edit(self, entry_id: int, *, markup: str | None = None, favourite: bool | None = None) -> None:
        self._check()
        if (entry := self.entries.get(entry_id)) is not None:
            self.entries[entry_id] = replace(
                entry,
                markup=entry.markup if markup is None else markup,
                favourite=entry.favourite if favourite is None else favourite,
            )

    async def remove(self, entry_ids: Collection[int]) -> None:
        self._check()
        for entry_id in entry_ids:
            self.entries.pop(entry_id, None)
            self.pictures.pop(entry_id, None)

    async def clear(self) -> None:
        await self.remove(tuple(self.entries))

    async def trim(self, *, since: int | None, most: int | None) -> None:
        plain = [key for key, entry in sorted(self.entries.items(), reverse=True) if not entry.favourite]
        gone = {key for key in plain if since is not None and key < since}
        gone |= set() if most is None else set(plain[most:])
        await self.remove(gone)

    async def count(self) -> int:
        self._check()
        return len(self.entries)

    async def close(self) -> None:
        pass

    def _check(self) -> None:
        if self.broken:
            raise StorageError("The history cannot be written.", "Make room on the disk.")


@dataclass
class FakeSpendingStore:
    """Expenses in memory; `full` makes keeping them fail."""

    expenses: tuple[Expense, ...] = ()
    full: bool = False

    def load(self) -> tuple[Expense, ...]:
        return self.expenses

    def add(self, expense: Expense) -> None:
        if self.full:
            raise StorageError("The expense could not be kept.", "Make room on the disk.")
        self.expenses = added(self.expenses, expense)
