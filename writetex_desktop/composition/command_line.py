"""The programs of the command line: no window, no display, plain asyncio."""

import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from writetex_desktop.adapters.ordinary_file import NotOrdinaryError, read_ordinary
from writetex_desktop.adapters.storage.output_file import write_output
from writetex_desktop.composition.configuration import read_configuration
from writetex_desktop.composition.endpoint_choice import EndpointChoice
from writetex_desktop.composition.parts import MAX_FILE_BYTES, Parts, build_parts, probe_picture
from writetex_desktop.core.desktop.clipboard_content import ClipboardContent
from writetex_desktop.core.endpoints.connection import ConnectionReport
from writetex_desktop.core.endpoints.endpoint import normalise_base_url, request_url
from writetex_desktop.core.endpoints.failures.trouble import not_configured
from writetex_desktop.core.endpoints.wire.curl import Shell, as_curl, picture_call, text_ping
from writetex_desktop.core.endpoints.wire.rules import wire_rules
from writetex_desktop.core.errors import EndpointError, Fault, StorageError
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.notice import Notice
from writetex_desktop.native.clipboard.tools import ToolClipboard
from writetex_desktop.native.session import read_session
from writetex_desktop.services.tasks import Tasks

STDIN = "-"

_FORMULA = re.compile(r"[{}^$=]|\A\\(?!\\)")
"""What a formula has that was given in the place of a file."""

_LONGEST_NAME = 60


async def copy(text: str) -> None:
    """Copy text without a window.

    Raises:
        ClipboardError: The clipboard did not take it.
    """
    await ToolClipboard(read_session(os.environ, sys.platform)).copy(ClipboardContent(text))


async def test_connection(choice: EndpointChoice, *, tell: Callable[[str], None]) -> ConnectionReport:
    """Try the endpoint with a small picture.

    Raises:
        EndpointError: None is set up.
        SettingsError: Its key cannot be read.
    """
    parts = _parts(choice, tell)
    if not (await parts.settings.draft()).base_url:
        raise not_configured()
    try:
        return await parts.connection.run()
    finally:
        await parts.aclose()


async def curl(shell: Shell, *, picture: bool, choice: EndpointChoice, tell: Callable[[str], None]) -> str:
    """Give a request to the endpoint as a command line for curl; connects to nothing.

    Args:
        shell: The shell that reads it.
        picture: The call that reads the test picture, in place of a greeting.
        choice: Which endpoint, and how it is reached.
        tell: Is told notices, one line each.

    Raises:
        EndpointError: None is set up.
        SettingsError: Its key cannot be read.
    """
    parts = _parts(choice, tell)
    endpoint = await parts.settings.draft()
    if not endpoint.base_url or not endpoint.model:
        raise not_configured()
    model = endpoint.model
    rules = wire_rules(parts.catalogue, endpoint.base_url, model, endpoint.most_tokens)
    body = picture_call(model, probe_picture(), rules) if picture else text_ping(model, "Hello", rules)
    return as_curl(endpoint, body, shell)


async def effective_url(choice: EndpointChoice, *, tell: Callable[[str], None]) -> str:
    """Give the URL that requests would go to; connects to nothing.

    Raises:
        EndpointError: There is no base URL, or it is none.
    """
    parts = _parts(choice, tell)
    service = parts.settings
    profile = service.settings.value.profile
    chosen = service.overrides.base_url or (profile.base_url if profile else "")
    if not chosen:
        raise EndpointError(
            tr("No base URL is set up."), tr("Give one with --base-url."), fault=Fault.NOT_CONFIGURED
        )
    return request_url(parts.paths.of(normalise_base_url(chosen)))


@dataclass(frozen=True, slots=True)
class Teller:
    """A `Notifier` that prints.

    Attributes:
        tell: Prints a line.
    """

    tell: Callable[[str], None]

    def notify(self, notice: Notice) -> None:
        """See `Notifier.notify`."""
        self.tell(f"{notice.message} {notice.remedy.text}".rstrip())


def _parts(choice: EndpointChoice, tell: Callable[[str], None]) -> Parts:
    teller = Teller(tell)
    configuration = read_configuration(teller.notify, change=choice.on)
    choice.apply(configuration.settings, teller.notify)
    return build_parts(configuration, teller.notify, Tasks(teller))


def read_text(name: str) -> bytes:
    """Read a text file, or standard input for `-`.

    Raises:
        StorageError: It cannot be read, or is too large.
    """
    try:
        data = read_stdin(MAX_FILE_BYTES) if name == STDIN else read_ordinary(Path(name), MAX_FILE_BYTES)
    except NotOrdinaryError as error:
        raise StorageError(
            tr("The input is a pipe or a device, not a file."),
            tr("Give what a program writes to standard input, with - as its name."),
        ) from error
    except (OSError, ValueError) as error:
        if _FORMULA.search(name):
            raise StorageError(
                tr("There is no file named “{name}”.", name=_shortened(name)),
                tr("Give a formula on standard input, with - as its name."),
            ) from error
        raise StorageError(
            tr("The input file could not be read."), tr("Check that it is there and that you may read it.")
        ) from error
    if len(data) > MAX_FILE_BYTES:
        raise StorageError(tr("The input is larger than 64 MB."), tr("Give it in smaller pieces."))
    return data


def _shortened(name: str) -> str:
    shown = "".join(sign if sign.isprintable() else " " for sign in name[:_LONGEST_NAME])
    return shown + "…" * (len(name) > _LONGEST_NAME)


def read_stdin(most: int) -> bytes:
    """Read standard input, one byte more than a limit at most: what has no end is not read to its end."""
    return sys.stdin.buffer.read(most + 1)


def write_file(path: str, data: bytes) -> None:
    """Write a result to a file, all or nothing.

    Raises:
        StorageError: It cannot be written.
    """
    write_output(Path(path), data)
