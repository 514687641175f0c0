"""What every program that reads pictures is made of: engines, codec, costs."""

import errno
import importlib.util
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from writetex_desktop.adapters.endpoint.probe import HttpProbe
from writetex_desktop.adapters.endpoint.recognizer import OpenAIRecognizer
from writetex_desktop.adapters.loop_clock import LoopClock
from writetex_desktop.adapters.ordinary_file import NotOrdinaryError, read_ordinary
from writetex_desktop.adapters.pictures.apart import PagesApart
from writetex_desktop.adapters.pictures.codec import PillowCodec
from writetex_desktop.adapters.pictures.picture_files import file_digest, find_pictures
from writetex_desktop.adapters.recogniser.loaded import LoadedModel
from writetex_desktop.adapters.recogniser.recognizer import OfflineRecognizer
from writetex_desktop.adapters.storage.answered_paths import (
    answered_paths_path,
    load_answered_paths,
    save_answered_path,
)
from writetex_desktop.adapters.storage.catalogue_file import (
    load_catalogue,
    taken_catalogue_path,
    user_catalogue_path,
)
from writetex_desktop.adapters.storage.document_file import read_document_file
from writetex_desktop.adapters.storage.export_file import export_file
from writetex_desktop.adapters.storage.repair_file import RepairFile, repair_path
from writetex_desktop.adapters.storage.resource_files import resource_dir
from writetex_desktop.adapters.storage.spending_file import SpendingFile, spending_path
from writetex_desktop.composition.configuration import Configuration
from writetex_desktop.composition.ink.networks import hand_model, ink_reader, symbol_finder
from writetex_desktop.core.endpoints.catalogue.provider import Catalogue
from writetex_desktop.core.endpoints.endpoint import Endpoint
from writetex_desktop.core.endpoints.held import secrets_in
from writetex_desktop.core.endpoints.paths import AnsweredPaths
from writetex_desktop.core.endpoints.wire.memory import RepairMemory
from writetex_desktop.core.endpoints.wire.rules import wire_rules
from writetex_desktop.core.errors import ImageError, StorageError
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.notice import Notice
from writetex_desktop.core.pictures.image import EncodedImage
from writetex_desktop.core.secret import Secret
from writetex_desktop.ports.engines import EndpointProbe
from writetex_desktop.ports.ink import InkReader, SymbolFinder
from writetex_desktop.services.batches.sources import Sources
from writetex_desktop.services.endpoints.connection_test import ConnectionTest
from writetex_desktop.services.endpoints.model_lists import ModelLists
from writetex_desktop.services.reading.advice import AdvisedRecognizer
from writetex_desktop.services.reading.engines import EndpointRecognizer, Engines
from writetex_desktop.services.reading.guided_reading import GuidedReading
from writetex_desktop.services.reading.metering import MeteredRecognizer
from writetex_desktop.services.reading.offline_switch import SwitchedProbe, SwitchedRecognizer
from writetex_desktop.services.reading.path_finding import PathFinder
from writetex_desktop.services.settings.settings_service import SettingsService
from writetex_desktop.services.settings.spending import Spending
from writetex_desktop.services.tasks import Tasks

MAX_FILE_BYTES = 64 * 1024 * 1024
"""Larger files are not read: no picture of a formula is."""

SAMPLE = "01-quadratic.png"
"""The picture of `resources/samples` that "Try the sample" reads."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts that have no window.

    Attributes:
        clock: Time.
        codec: Picture files.
        settings: The settings in force.
        engines: What recognises.
        reading: Asks them, with what the user wants every reading to mind.
        offline: The embedded recogniser, where it is installed.
        ink_reader: Reads strokes, where it is installed.
        symbols: Knows symbols by their looks, where that is installed.
        spending: What the endpoints cost.
        catalogue: What is known of providers.
        probe: Asks servers small questions.
        lists: Asks them for their models.
        paths: Knows where each endpoint answered.
        connection: Tries the endpoint out.
        hide: Keeps a key out of the log.
    """

    clock: LoopClock
    codec: PillowCodec
    settings: SettingsService
    engines: Engines
    reading: GuidedReading
    offline: OfflineRecognizer | None
    ink_reader: InkReader | None
    symbols: SymbolFinder | None
    spending: Spending
    catalogue: Catalogue
    probe: EndpointProbe
    lists: ModelLists
    paths: AnsweredPaths
    connection: ConnectionTest
    hide: Callable[[Secret], None]

    async def aclose(self) -> None:
        """Keep what was spent and close every connection."""
        await self.spending.aclose()
        await self.engines.aclose()


def _nobody() -> None:
    """Nobody is told."""


def build_parts(
    configuration: Configuration,
    tell: Callable[[Notice], None],
    tasks: Tasks,
    on_rest: Callable[[], None] = _nobody,
) -> Parts:
    """Build them; to be called on the running event loop.

    Args:
        configuration: What they go by.
        tell: Is told what went wrong that the program can go on without.
        tasks: Runs what takes time.
        on_rest: Is called when the embedded recogniser has given its memory back.
    """
    service = configuration.settings
    clock = LoopClock()
    loaded = load_catalogue(resource_dir(), user_catalogue_path(), taken_catalogue_path())
    for notice in loaded.notices:
        tell(notice)
    catalogue = loaded.catalogue
    spending = _spending(service, catalogue, tasks, tell)
    repairs = RepairFile(repair_path())
    memory = RepairMemory(repairs.load(), repairs.keep)
    probe = SwitchedProbe(HttpProbe(), service.offline)
    answered = answered_paths_path()
    paths = AnsweredPaths(load_answered_paths(answered), partial(save_answered_path, answered))
    lists = ModelLists(probe, catalogue, paths)

    def connect(endpoint: Endpoint) -> EndpointRecognizer:
        for secret in (endpoint.key, *secrets_in(endpoint.network)):
            configuration.hide(secret)
        rules = wire_rules(catalogue, endpoint.base_url, endpoint.model, endpoint.most_tokens)
        provider = catalogue.provider_for(endpoint.base_url)
        recognizer = PathFinder(
            endpoint,
            lambda moved: OpenAIRecognizer(moved, rules=rules, memory=memory),
            paths,
            provider.base_url if provider else "",
        )
        advised = AdvisedRecognizer(recognizer, endpoint, lists)
        metered = MeteredRecognizer(advised, endpoint.base_url, endpoint.model, spending)
        return SwitchedRecognizer(metered, service.offline)

    hand = hand_model(on_rest)
    embedded = embedded_recogniser(on_rest, hand)
    engines = Engines(service, connect, embedded, clock)

    def close_connections(on: bool) -> None:
        if on:
            tasks.spawn(engines.aclose(), name="go offline")

    service.offline.subscribe(close_connections)
    connection = ConnectionTest(
        draft=service.draft,
        connect=engines.connected,
        lists=lists,
        catalogue=catalogue,
        cost=spending.cost,
        picture=probe_picture,
        clock=clock,
        answered=paths.of,
    )
    return Parts(
        clock=clock,
        codec=PillowCodec(),
        settings=service,
        engines=engines,
        reading=GuidedReading(engines.recognise, service.settings, read_document_file),
        offline=embedded,
        ink_reader=ink_reader(hand),
        symbols=symbol_finder(),
        spending=spending,
        catalogue=catalogue,
        probe=probe,
        lists=lists,
        paths=paths,
        connection=connection,
        hide=configuration.hide,
    )


def embedded_recogniser(
    on_rest: Callable[[], None] = _nobody, hand: LoadedModel | None = None
) -> OfflineRecognizer | None:
    """Make the embedded recogniser, unless its model or its runtime is left out of this installation."""
    folder = resource_dir() / "model"
    there = (folder / "model.json").exists() and importlib.util.find_spec("onnxruntime") is not None
    return OfflineRecognizer(folder, on_rest, hand=hand) if there else None


def _spending(
    service: SettingsService, catalogue: Catalogue, tasks: Tasks, tell: Callable[[Notice], None]
) -> Spending:
    store = SpendingFile(spending_path())
    try:
        initial = store.load()
    except StorageError as error:
        tell(Notice.of(error))
        initial = ()
    return Spending(store, initial, service.settings, catalogue, tasks=tasks)


def probe_picture() -> EncodedImage:
    """Give the picture of x^2 with which an endpoint is tried."""
    data = (resource_dir() / "probe.png").read_bytes()
    return EncodedImage("image/png", data, 128, 64)


def make_sources(codec: PillowCodec, read: Callable[[str], bytes]) -> Sources:
    """Make what finds and reads the pictures of a batch.

    Args:
        codec: Decodes and prepares.
        read: Gives the bytes of a picture file.
    """
    return Sources(
        read=read, find=find_pictures, file_digest=file_digest, codec=codec, documents=PagesApart()
    )


def read_picture(name: str) -> bytes:
    """Read a picture file by its name; see `read_file`."""
    return read_file(Path(os.fsdecode(name)))


def read_file(path: Path) -> bytes:
    """Read a picture file.

    Raises:
        ImageError: It is not there, cannot be read, or is too large to be a picture.
    """
    try:
        data = read_ordinary(path, MAX_FILE_BYTES)
    except NotOrdinaryError as error:
        raise ImageError(
            tr("That is a pipe or a device, not a file."),
            tr("Give what a program writes to standard input, with - as its name."),
        ) from error
    except FileNotFoundError as error:
        raise ImageError(tr("There is no such file."), tr("Check the name and the folder.")) from error
    except IsADirectoryError as error:
        raise ImageError(tr("That is a folder, not a picture."), tr("Name the files in it.")) from error
    except OSError as error:
        if error.errno in {errno.ENAMETOOLONG, errno.EINVAL}:
            raise ImageError(tr("No file can have that name."), tr("Check the name.")) from error
        raise ImageError(
            tr("The file could not be read."), tr("Check that it is there and that you may read it.")
        ) from error
    if len(data) > MAX_FILE_BYTES:
        raise ImageError(tr("The file is larger than 64 MB."), tr("Use a smaller picture."))
    return data


def read_text(path: Path) -> str:
    """Read a text file.

    Raises:
        StorageError: It cannot be read, or is no text.
    """
    try:
        data = read_ordinary(path, MAX_FILE_BYTES)
        if len(data) > MAX_FILE_BYTES:
            raise StorageError(tr("The file is larger than 64 MB."), tr("Choose another one."))
        return data.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise StorageError(
            tr("The file could not be read."), tr("Check that it is there and that you may read it.")
        ) from error


def write_text(path: Path, text: str) -> None:
    """Write a text file.

    Raises:
        StorageError: It cannot be written.
    """
    with export_file(path) as write:
        write(text)
