"""The clipboard through the desktop's own small programs, for the command line, where there is no window.

On X11 and Wayland a program serves what it has copied until another copies; these tools go on in the
background to do so. That is why they get none of our output streams: one that kept our standard output
open would make `writetex recognize --copy | less` wait for ever (which pyperclip does).

Windows and macOS keep what was copied themselves, and pyperclip reaches their clipboards without any program
that goes on, so there it is used.
"""

import asyncio
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from writetex_desktop.core.desktop.backend import Unsupported
from writetex_desktop.core.desktop.clipboard_content import ClipboardContent
from writetex_desktop.core.errors import ClipboardError, Remedy, RemedyAction
from writetex_desktop.core.language.words import tr
from writetex_desktop.native.session import DisplayServer, Session
from writetex_desktop.services.programs import run_program

TIMEOUT_S = 5.0
"""A tool answers in milliseconds, unless the program that holds the clipboard hangs."""

_MOST_BYTES = 32 << 20
"""Of a text that is read."""

_PAUSES_S = (0.0, 0.02, 0.05, 0.1, 0.2, 0.4)
"""Waits before each reading back: xclip ends before the X server has heard of its copy, which it left to
the process that it put into the background."""

_TEXT_FORMS = frozenset(
    ("UTF8_STRING", "STRING", "TEXT", "COMPOUND_TEXT", "TARGETS", "TIMESTAMP", "MULTIPLE", "SAVE_TARGETS")
)
"""Forms of a text, and questions about it, on X11 and in programs that come from there."""

HasProgram = Callable[[str], object]
"""Says whether a program is installed; `shutil.which` does."""


@dataclass(frozen=True, slots=True)
class ClipboardTool:
    """A pair of commands.

    Attributes:
        copy: Takes UTF-8 on its standard input, puts itself into the background and serves it.
        paste: Writes the clipboard's text to its standard output, without a newline of its own.
        copy_form: As `copy` for a form that is no text; the media type follows. Empty when it cannot.
        paste_form: The same as `paste` for such a form.
        forms: Writes the names of all forms that the clipboard has. Empty when it cannot.
        package: The package that holds it on Debian, Fedora, Arch and openSUSE.
    """

    copy: tuple[str, ...]
    paste: tuple[str, ...]
    package: str
    copy_form: tuple[str, ...] = ()
    paste_form: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()


TOOLS: Mapping[DisplayServer, tuple[ClipboardTool, ...]] = {
    DisplayServer.WAYLAND: (
        ClipboardTool(
            copy=("wl-copy", "--type", "text/plain"),
            paste=("wl-paste", "--no-newline", "--type", "text"),
            package="wl-clipboard",
            copy_form=("wl-copy", "--type"),
            paste_form=("wl-paste", "--no-newline", "--type"),
            forms=("wl-paste", "--list-types"),
        ),
    ),
    DisplayServer.X11: (
        ClipboardTool(
            copy=("xclip", "-selection", "clipboard", "-target", "UTF8_STRING"),
            paste=("xclip", "-selection", "clipboard", "-target", "UTF8_STRING", "-out"),
            package="xclip",
            copy_form=("xclip", "-selection", "clipboard", "-target"),
            paste_form=("xclip", "-selection", "clipboard", "-out", "-target"),
            forms=("xclip", "-selection", "clipboard", "-out", "-target", "TARGETS"),
        ),
        ClipboardTool(
            copy=("xsel", "--clipboard", "--input"), paste=("xsel", "--clipboard", "--output"), package="xsel"
        ),
    ),
}
"""In order of preference."""


def unsupported(session: Session, has_program: HasProgram = shutil.which) -> Unsupported | None:
    """Say why no tool can reach the clipboard in a session."""
    if session.display_server is DisplayServer.NATIVE:
        return None
    tools = TOOLS.get(session.display_server, ())
    if any(has_program(tool.copy[0]) for tool in tools):
        return None
    if not tools:
        return Unsupported(
            tr("There is no clipboard without a graphical session."), tr("Run it from your desktop.")
        )
    return Unsupported(
        tr("No clipboard tool is installed ({names}).", names=" or ".join(tool.copy[0] for tool in tools)),
        tr("Install the package {package}.", package=tools[0].package),
    )


class ToolClipboard:
    """A `Clipboard` for one form: the text, or where there is none the first other form.

    What was copied stays after the program has ended.

    Args:
        session: Where it runs.
        environment: The environment of the tools; None for the program's own.
        has_program: Says whether a tool is installed.
    """

    def __init__(
        self,
        session: Session,
        environment: Mapping[str, str] | None = None,
        has_program: HasProgram = shutil.which,
    ) -> None:
        self._session = session
        self._environment = environment
        self._has_program = has_program

    async def copy(self, content: ClipboardContent) -> None:
        """See `Clipboard.copy`.

        Raises:
            ClipboardError: No tool is installed, it failed, it cannot copy this form, or what was read back
                is something else.
        """
        if self._session.display_server is DisplayServer.NATIVE:
            await asyncio.to_thread(_native_copy, content.text)
            if (await asyncio.to_thread(_native_paste)).replace("\r\n", "\n") != content.text.replace(
                "\r\n", "\n"
            ):
                raise _not_taken()
            return
        tool = self._tool()
        if content.text:
            copy, paste, data = tool.copy, tool.paste, content.text.encode("utf-8", "replace")
        elif content.flavours and tool.copy_form:
            form, data = next(iter(content.flavours.items()))
            copy, paste = (*tool.copy_form, form), (*tool.paste_form, form)
        else:
            raise ClipboardError(
                tr("Only text can be copied without a window."), tr("Copy it from the window.")
            )
        await self._run(copy, data)
        for pause_s in _PAUSES_S:
            await asyncio.sleep(pause_s)
            if await self._run(paste, b"") == data:
                return
        raise _not_taken()

    async def read(self) -> ClipboardContent:
        """See `Clipboard.read`: the text, or nothing when the clipboard holds none.

        Raises:
            ClipboardError: No tool is installed, or it does not answer.
        """
        if self._session.display_server is DisplayServer.NATIVE:
            return ClipboardContent(await asyncio.to_thread(_native_paste))
        written = await self._run(self._tool().paste, b"")
        return ClipboardContent(written.decode("utf-8", "replace"))

    async def holds_only_text(self) -> bool:
        """Say whether what is there could be put back whole by `copy`; False also when nobody can know.

        Raises:
            ClipboardError: No tool is installed, or it does not answer.
        """
        if self._session.display_server is DisplayServer.NATIVE:
            return False
        forms = self._tool().forms
        named = (await self._run(forms, b"")).decode("utf-8", "replace").split() if forms else []
        return bool(named) and all(each in _TEXT_FORMS or each.startswith("text/plain") for each in named)

    def _tool(self) -> ClipboardTool:
        obstacle = unsupported(self._session, self._has_program)
        if obstacle is not None:
            raise ClipboardError(obstacle.reason, obstacle.remedy)
        tools = TOOLS[self._session.display_server]
        return next(tool for tool in tools if self._has_program(tool.copy[0]))

    async def _run(self, command: tuple[str, ...], text: bytes) -> bytes:
        """Run a tool; what it writes is nothing also when it fails, as it does when there is no text."""
        try:
            ended = await run_program(
                *command,
                environment=os.environ if self._environment is None else self._environment,
                time_s=TIMEOUT_S,
                given=text or None,
                is_read=not text,
                most_bytes=_MOST_BYTES,
            )
        except TimeoutError as failure:
            raise ClipboardError(
                tr("The clipboard tool {command} does not answer.", command=command[0]),
                tr("The program that copied last may hang; end it and copy again."),
            ) from failure
        except OSError as failure:
            raise ClipboardError(
                tr("The clipboard tool {command} could not be run.", command=command[0]),
                tr("Install it again."),
            ) from failure
        return ended.written if ended.status == 0 else b""


def _native_copy(text: str) -> None:
    """Copy by pyperclip, which waits for programs that hold the clipboard open; in a thread."""
    import pyperclip  # noqa: PLC0415 - it takes 15 ms of every start, and Linux never asks for it

    try:
        pyperclip.copy(text)
    except pyperclip.PyperclipException as failure:
        raise _not_reached() from failure


def _native_paste() -> str:
    import pyperclip  # noqa: PLC0415 - as above

    try:
        return pyperclip.paste() or ""
    except pyperclip.PyperclipException as failure:
        raise _not_reached() from failure


def _not_reached() -> ClipboardError:
    return ClipboardError(
        tr("The clipboard cannot be reached."),
        Remedy(tr("Another program may be holding it; copy again."), RemedyAction.COPY_AGAIN),
    )


def _not_taken() -> ClipboardError:
    return ClipboardError(
        tr("The clipboard did not take what was copied."),
        Remedy(tr("Another program may have copied something; copy again."), RemedyAction.COPY_AGAIN),
    )
