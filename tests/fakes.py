"""Hand-made stand-ins for the ports, one small class each; held to the contracts of tests/contracts/."""

import json
from collections import Counter
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any, BinaryIO

from writetex_desktop.core.batches.batch import BatchItem
from writetex_desktop.core.batches.submission import Submission
from writetex_desktop.core.batches.wire import RemoteBatch, RemoteState
from writetex_desktop.core.costs.spending import Expense, added
from writetex_desktop.core.desktop.binding import DesktopShortcut
from writetex_desktop.core.desktop.clipboard_content import ClipboardContent
from writetex_desktop.core.desktop.hotkey import Hotkey, HotkeyAction
from writetex_desktop.core.endpoints.endpoint import Endpoint
from writetex_desktop.core.endpoints.probe import ProbeReply
from writetex_desktop.core.errors import (
    ClipboardError,
    EndpointError,
    Fault,
    HotkeyError,
    ImageError,
    LockedError,
    RenderError,
    SettingsError,
    StorageError,
    WriteTexError,
)
from writetex_desktop.core.formats.drawing.formula import INK, RenderedFormula
from writetex_desktop.core.history.entry import HistoryEntry, HistoryQuery, matches
from writetex_desktop.core.history.tags import folded, united
from writetex_desktop.core.ink.ink import Ink
from writetex_desktop.core.ink.signs import Choice, InkSign, SignsSeen, SymbolGuess
from writetex_desktop.core.notice import Notice
from writetex_desktop.core.pictures.geometry import Rect, Size
from writetex_desktop.core.pictures.image import Bitmap, EncodedImage, ImageLimits, ScreenFrame, Selection
from writetex_desktop.core.reading.recognition import (
    Completed,
    Engine,
    RecognitionRequest,
    RecognizerEvent,
    TextDelta,
)
from writetex_desktop.core.reading.trust import Trust
from writetex_desktop.core.secret import Secret
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.ports.clipboard import PasteTarget


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
class FakeFocusPaster:
    """Another window that has the focus, or none; keeps into what was pasted."""

    focus: PasteTarget | None = None
    pasted: list[PasteTarget] = field(default_factory=list)

    def focused(self) -> PasteTarget | None:
        return self.focus

    async def paste(self, target: PasteTarget) -> None:
        if self.focus not in {None, target}:
            raise ClipboardError("You went on to another window.", "Press Ctrl+V.")
        self.pasted.append(target)


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

    settings: Settings | None = None
    full: bool = False

    def load(self) -> Settings:
        return self.settings or Settings()

    def update(self, edit: Callable[[Settings | None], Settings]) -> None:
        if self.full:
            raise SettingsError("The settings could not be saved.", "Make room on the disk.")
        self.settings = edit(self.settings)


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
    passwords: dict[str, str] = field(default_factory=dict)

    def page_count(self, path: str, password: Secret | None = None) -> int:
        if path not in self.documents:
            raise ImageError("There is no such file.", "Check the name.")
        if path in self.passwords and self.passwords[path] != (password and password.reveal()):
            raise LockedError("The PDF file is locked with a password.", "Give its password.")
        return self.documents[path]

    def page(self, path: str, number: int, limits: ImageLimits, password: Secret | None = None) -> Bitmap:
        if not 1 <= number <= self.page_count(path, password):
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
class FakeSymbolFinder:
    """Finds the same symbols in every drawing."""

    guesses: tuple[SymbolGuess, ...] = (
        SymbolGuess(r"\alpha", "", 0.7, "alpha"),
        SymbolGuess(r"\propto", "", 0.2, "proportional to"),
        SymbolGuess(r"\ltimes", "amssymb", 0.05),
    )
    asked: list[Ink] = field(default_factory=list)

    async def find(self, ink: Ink, most: int = 10) -> tuple[SymbolGuess, ...]:
        self.asked.append(ink)
        return self.guesses[:most] if ink else ()


@dataclass
class FakeInkReader:
    """Reads each stroke as the next letter of a word; of some it is not sure."""

    word: str = "abcdefgh"
    doubtful: Collection[str] = ()
    error: WriteTexError | None = None
    asked: list[tuple[Ink, tuple[Choice, ...]]] = field(default_factory=list)

    async def read(
        self, ink: Ink, choices: Sequence[Choice] = ()
    ) -> AsyncIterator[RecognizerEvent | SignsSeen]:
        self.asked.append((ink, tuple(choices)))
        if self.error is not None:
            raise self.error
        chosen = {number: choice.command for choice in choices for number in choice.strokes}
        signs = []
        for number, stroke in enumerate(ink.strokes):
            letter = chosen.get(number, self.word[number % len(self.word)])
            sure = 0.3 if letter in self.doubtful and number not in chosen else 0.95
            guesses = (SymbolGuess(letter, "", sure), SymbolGuess(r"\xi", "", 0.04))
            signs.append(InkSign(stroke.box, guesses, (number,)))
        yield TextDelta(" ".join(sign.guesses[0].command for sign in signs))
        yield SignsSeen(tuple(signs))
        yield Completed(Engine.OFFLINE, "fake-ink", confidence=min(s.guesses[0].confidence for s in signs))


Reply = Callable[[dict[str, Any]], dict[str, object] | None]
"""Answers a request of a file: gives the rest of a line, or None for no line at all."""


def usual_reply(request: dict[str, Any]) -> dict[str, object]:
    """Read every picture as x^2."""
    choice = {"index": 0, "message": {"role": "assistant", "content": "x^2"}, "finish_reason": "stop"}
    usage = {"prompt_tokens": 400, "completion_tokens": 10}
    body = {"model": request["body"]["model"], "choices": [choice], "usage": usage}
    return {"response": {"status_code": 200, "request_id": "r", "body": body}, "error": None}


@dataclass
class FakeRemoteBatches:
    """A batch service in memory, brought on with `finish`.

    An `error` is raised by every call, a `refusal` where it is to begin.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    batches: dict[str, RemoteBatch] = field(default_factory=dict)
    deleted: list[str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    error: WriteTexError | None = None
    refusal: WriteTexError | None = None

    def finish(
        self, batch_id: str, state: RemoteState = RemoteState.COMPLETED, reply: Reply = usual_reply
    ) -> None:
        """Answer the requests of a batch, the last one first, as OpenAI does in no order."""
        batch = self.batches[batch_id]
        good: list[bytes] = []
        bad: list[bytes] = []
        for line in reversed(self.files[batch.input_file].splitlines()):
            request = json.loads(line)
            rest = reply(request)
            if rest is not None:
                (bad if rest.get("error") else good).append(
                    json.dumps({"custom_id": request["custom_id"], **rest}).encode()
                )
        names = {}
        for kind, lines in (("output", good), ("error", bad)):
            if lines:
                self.files[f"{batch_id}-{kind}"] = b"\n".join(lines)
                names[f"{kind}_file"] = f"{batch_id}-{kind}"
        self.batches[batch_id] = replace(batch, state=state, completed=len(good), failed=len(bad), **names)

    def add_file(self, data: bytes) -> str:
        """Take a file; gives its name."""
        name = f"file-{len(self.files)}"
        self.files[name] = data
        return name

    def add_batch(self, file_id: str) -> RemoteBatch:
        """Begin with a file."""
        batch = RemoteBatch(f"batch-{len(self.batches)}", file_id)
        self.batches[batch.id] = batch
        return batch

    async def upload(self, lines: BinaryIO, name: str) -> str:
        self._check()
        file_id = self.add_file(lines.read())
        self.names[file_id] = name
        return file_id

    async def find_files(self, name: str) -> tuple[str, ...]:
        self._check()
        return tuple(file_id for file_id, each in self.names.items() if each == name)

    async def create(self, file_id: str) -> RemoteBatch:
        self._check()
        if self.refusal is not None:
            raise self.refusal
        return self.add_batch(file_id)

    async def find(self, file_id: str) -> RemoteBatch | None:
        self._check()
        return next((each for each in self.batches.values() if each.input_file == file_id), None)

    async def look(self, batch_id: str) -> RemoteBatch:
        self._check()
        if batch_id not in self.batches:
            raise EndpointError("It is not known.", fault=Fault.WRONG_PATH)
        return self.batches[batch_id]

    async def cancel(self, batch_id: str) -> RemoteBatch:
        batch = replace(await self.look(batch_id), state=RemoteState.CANCELLING)
        self.batches[batch_id] = batch
        return batch

    async def read(self, file_id: str) -> AsyncIterator[bytes]:
        self._check()
        for line in self.files[file_id].split(b"\n"):
            if line:
                yield line

    async def delete(self, file_id: str) -> None:
        self.deleted.append(file_id)

    async def aclose(self) -> None:
        pass

    def _check(self) -> None:
        if self.error is not None:
            raise self.error


@dataclass
class FakeSubmissionStore:
    """Submissions in memory."""

    submissions: dict[str, Submission] = field(default_factory=dict)
    names: dict[tuple[str, int], tuple[BatchItem, ...]] = field(default_factory=dict)
    uploads: dict[str, str] = field(default_factory=dict)
    living: set[str] = field(default_factory=set)

    def load(self) -> tuple[Submission, ...]:
        return tuple(sorted(self.submissions.values(), key=lambda each: each.made))

    def save(self, submission: Submission) -> None:
        self.submissions[submission.id] = submission

    def save_items(self, submission: Submission, number: int, items: Sequence[BatchItem]) -> None:
        self.names[submission.id, number] = tuple(items)

    def items(self, submission: Submission, number: int) -> tuple[BatchItem, ...]:
        if (submission.id, number) not in self.names:
            raise StorageError("The names are lost.", "Hand the pictures in again.")
        return self.names[submission.id, number]

    def remove(self, submission: Submission) -> None:
        self.submissions.pop(submission.id, None)
        for key in [key for key in self.names if key[0] == submission.id]:
            del self.names[key]

    @contextmanager
    def uploading(self, base_url: str, name: str) -> Iterator[None]:
        self.uploads[name] = base_url
        self.living.add(name)
        try:
            yield
            self.forget_upload(name)
        finally:
            self.living.discard(name)

    def abandoned(self, base_url: str) -> tuple[str, ...]:
        return tuple(
            name for name, url in self.uploads.items() if url == base_url and name not in self.living
        )

    def forget_upload(self, name: str) -> None:
        self.uploads.pop(name, None)


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
            await self.tag([place], add=entry.tags)
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
                trust=entry.trust if markup is None else None,
                favourite=entry.favourite if favourite is None else favourite,
            )

    async def tag(
        self, entry_ids: Collection[int], *, add: Collection[str] = (), remove: Collection[str] = ()
    ) -> None:
        self._check()
        gone = {folded(tag) for tag in remove}
        for entry_id in entry_ids:
            if (entry := self.entries.get(entry_id)) is not None:
                kept = [tag for tag in entry.tags if folded(tag) not in gone]
                self.entries[entry_id] = replace(entry, tags=united(kept, add))

    async def tags(self) -> tuple[tuple[str, int], ...]:
        self._check()
        counts = Counter(tag for entry in self.entries.values() for tag in entry.tags)
        return tuple(sorted(counts.items(), key=lambda each: folded(each[0])))

    async def rate(self, entry: HistoryEntry, trust: Trust) -> None:
        self._check()
        now = self.entries.get(entry.id)
        if now is not None and now.markup == entry.markup:
            self.entries[entry.id] = replace(now, trust=trust)

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

    def add(self, expense: Expense) -> tuple[Expense, ...]:
        if self.full:
            raise StorageError("The expense could not be kept.", "Make room on the disk.")
        self.expenses = added(self.expenses, expense)
        return self.expenses
