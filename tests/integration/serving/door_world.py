"""A door that is open, in this process: real HTTP, a recogniser of a script behind it."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from tests.fakes import (
    FakeFormulaRenderer,
    FakeHistoryStore,
    FakeImageCodec,
    FakeNotifier,
    FakeRecognizer,
    FakeSecretStore,
    FakeSettingsStore,
)
from writetex_desktop.adapters.loop_clock import LoopClock
from writetex_desktop.composition.exports import make_exports
from writetex_desktop.composition.serving.doorway import open_door, search
from writetex_desktop.core.batches.batch import BatchItem, ItemState, Source
from writetex_desktop.core.batches.record import as_record
from writetex_desktop.core.errors import WriteTexError
from writetex_desktop.core.reading.recognition import (
    Completed,
    Engine,
    EngineChoice,
    Mode,
    Recognition,
    RecognizerEvent,
    TextDelta,
    Usage,
)
from writetex_desktop.core.secret import Secret
from writetex_desktop.core.serving.wishes import SnipOrder
from writetex_desktop.core.settings.settings import Profile, Settings
from writetex_desktop.ports.pictures import ImageCodec
from writetex_desktop.ports.rendering import FormulaRenderer
from writetex_desktop.services.reading.engines import Engines
from writetex_desktop.services.serving.clients import Clients
from writetex_desktop.services.serving.counter import Counter, Means
from writetex_desktop.services.settings.overrides import Overrides
from writetex_desktop.services.settings.settings_service import SettingsService
from writetex_desktop.services.tasks import Tasks

PICTURE = bytes((2, 1)) + bytes((0, 0, 0, 255, 255, 255, 255, 255))
"""A picture that the fake codec decodes."""

DATA_URL = f"data:image/png;base64,{base64.b64encode(PICTURE).decode()}"

ANSWER: tuple[RecognizerEvent, ...] = (
    TextDelta("```latex\n"),
    TextDelta("\\frac{a}{b}"),
    TextDelta("\n```"),
    Completed(Engine.OFFLINE, "small", Usage(70, 9)),
)


@dataclass
class World:
    """An open door and what stands behind it."""

    port: int
    token: str
    clients: Clients
    counter: Counter
    settings: SettingsService
    recognizer: FakeRecognizer
    history: FakeHistoryStore
    orders: list[SnipOrder]
    tasks: Tasks
    notifier: FakeNotifier = field(default_factory=FakeNotifier)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def raw(self, request: bytes, *, end: bool = False) -> bytes:
        """Send bytes as they are and give all that comes back until the other side closes."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(request)
            if end:
                writer.write_eof()
            async with asyncio.timeout(30):
                return await reader.read()
        finally:
            writer.close()

    async def ask(
        self,
        method: str,
        path: str,
        body: bytes | Mapping[str, Any] = b"",
        *,
        token: str | None = None,
        **headers: str,
    ) -> tuple[int, Mapping[str, str], Any]:
        """Ask, and give status, headers and the body as JSON."""
        payload = body if isinstance(body, bytes) else json.dumps(body).encode()
        said = {
            "Host": f"127.0.0.1:{self.port}",
            "Authorization": f"Bearer {self.token if token is None else token}",
            "Content-Length": str(len(payload)),
            "Connection": "close",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        head = f"{method} {path} HTTP/1.1\r\n" + "".join(f"{k}: {v}\r\n" for k, v in said.items() if v)
        return parsed(await self.raw(head.encode("latin-1") + b"\r\n" + payload))


def parsed(answer: bytes) -> tuple[int, Mapping[str, str], Any]:
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *rest = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in rest)}
    is_json = body and headers.get("content-type") == "application/json"
    return int(first.split()[1]), headers, json.loads(body) if is_json else body


@asynccontextmanager
async def open_world(
    *script: RecognizerEvent | WriteTexError,
    history: bool = False,
    origins: tuple[str, ...] = (),
    profiles: tuple[Profile, ...] = (),
    port: int = 50906,
    renderer: FormulaRenderer | None = None,
    codec: ImageCodec | None = None,
    snips: Sequence[str] = ("x^2",),
) -> AsyncIterator[World]:
    """Open a door, with one program that has a token."""
    notifier = FakeNotifier()
    tasks = Tasks(notifier)
    initial = Settings(profiles=profiles, engine=EngineChoice.OFFLINE)
    settings = SettingsService(FakeSettingsStore(), FakeSecretStore(), initial, Overrides())
    recognizer = FakeRecognizer([script or ANSWER])
    store = FakeHistoryStore()
    orders: list[SnipOrder] = []

    async def snip(order: SnipOrder) -> Mapping[str, object] | None:
        orders.append(order)
        if len(orders) > len(snips):
            return None
        latex = snips[len(orders) - 1]
        read = Recognition(latex, Mode.FORMULA, Engine.OFFLINE, "small", 0.1)
        return as_record(BatchItem(Source(""), state=ItemState.DONE, recognition=read, output=latex))

    engines = Engines(settings, _no_endpoint, recognizer, LoopClock())
    clock = LoopClock()
    means = Means(
        settings=settings.settings,
        recognise=engines.recognise,
        offline=recognizer,
        codec=codec or FakeImageCodec(),
        exports=make_exports(renderer or FakeFormulaRenderer()),
        clock=clock,
        snip=snip,
        search=partial(search, store),
    )
    clients = Clients(settings, FakeSecretStore())
    token: Secret = await clients.make("Editor", history=history, origins=origins)
    counter = Counter(means)
    door = await open_door(counter, clients, port, clock.monotonic)
    try:
        yield World(
            door.port, token.reveal(), clients, counter, settings, recognizer, store, orders, tasks, notifier
        )
    finally:
        await door.aclose()
        await tasks.cancel_all()


def _no_endpoint(endpoint: object) -> Any:
    raise AssertionError(f"nobody connects: {type(endpoint)}")
