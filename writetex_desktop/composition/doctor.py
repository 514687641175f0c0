"""The program `writetex doctor`: what works on this machine, and why the rest does not."""

import asyncio
import importlib.metadata
import os
import platform
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from writetex_desktop import __version__
from writetex_desktop.adapters.exporters.mathjax import MathJaxRenderer
from writetex_desktop.adapters.secrets.keyring import keyring_backend_problem
from writetex_desktop.adapters.storage.resource_files import resource_dir
from writetex_desktop.composition.configuration import read_configuration
from writetex_desktop.composition.parts import build_parts
from writetex_desktop.composition.trials import try_clipboard, try_endpoint, try_engine
from writetex_desktop.core.app_id import APP_ID
from writetex_desktop.core.desktop.backend import Unsupported, Verdict
from writetex_desktop.core.desktop.binding import binding_for
from writetex_desktop.core.desktop.hotkey import default_hotkey
from writetex_desktop.core.errors import WriteTexError
from writetex_desktop.core.language.words import mark, tr
from writetex_desktop.core.notice import Notice
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.native.hotkeys.x11_keys import keysym_name
from writetex_desktop.native.instance.client import forward, instance_address
from writetex_desktop.native.instance.protocol import Request, Verb
from writetex_desktop.native.login.desktop_files import data_home
from writetex_desktop.native.preflight import find_missing_libraries, find_obstacle
from writetex_desktop.native.session import DisplayServer, Session, read_session
from writetex_desktop.services.diagnosis import Finding, State, since
from writetex_desktop.services.tasks import Tasks, internal_error

LIBRARIES = ("PySide6-Essentials", "openai", "mss", "pillow", "keyring", "pyperclip", "qasync", "quickjs-ng")


_Outcome = Finding | list[Finding]

PORTALS = {
    "screenshot": "org.freedesktop.portal.Screenshot",
    "hotkeys": "org.freedesktop.portal.GlobalShortcuts",
    "colours": "org.freedesktop.portal.Settings",
}


async def examine(*, connect: bool = False) -> tuple[Finding, ...]:
    """Look at everything that differs between machines; needs no display.

    What is seen of screens, clipboard and settings goes no further: only sizes, numbers and times are told.

    Args:
        connect: Whether the endpoint is asked.
    """
    told = _Told()
    parts = build_parts(read_configuration(told.notify), told.notify, Tasks(told))
    session = read_session(os.environ, sys.platform)
    settings = parts.settings.settings.value
    window = await _checked("window", _window)
    can_show = window[0].state is State.TAKEN
    findings = [
        *await _checked("versions", _versions),
        *await _checked("session", lambda: _session(session)),
        *await _checked("session", lambda: _desktop_entry(session)),
        *window,
        *await _checked("program", _instance),
        *await _checked("portal", lambda: _portals(session)),
        *await _checked("screen", lambda: _backends(session)),
        *await _checked("capture", lambda: _seen(session, settings, can_show=can_show)),
        *await _checked("hotkey", lambda: _binding(session, settings)),
        *await _checked("clipboard", lambda: try_clipboard(session)),
        *await _checked("keys", _key_store),
        *await _checked("renderer", _renderer),
        *await _checked("engine", lambda: try_engine(parts)),
        *await _checked("endpoint", lambda: try_endpoint(parts, connect=connect)),
    ]
    await parts.aclose()
    # Remedies name files.
    return (*findings, *(Finding("settings", "notice", State.SKIPPED, each) for each in told.messages))


async def _checked(topic: str, check: Callable[[], _Outcome | Awaitable[_Outcome]]) -> list[Finding]:
    """Do one check; one that fails by a fault, such as a broken library, is a line like the others."""
    try:
        outcome = check()
        found = await outcome if isinstance(outcome, Awaitable) else outcome
    except Exception as fault:  # noqa: BLE001 - whatever a machine makes of it
        error = fault if isinstance(fault, WriteTexError) else internal_error(fault)
        return [Finding(topic, type(fault).__name__, State.SKIPPED, error.message, error.remedy.text)]
    return [found] if isinstance(found, Finding) else found


@dataclass(frozen=True, slots=True)
class _Told:
    """A `Notifier` that keeps what the parts say while they are made."""

    messages: list[str] = field(default_factory=list)

    def notify(self, notice: Notice) -> None:
        """See `Notifier.notify`."""
        self.messages.append(notice.message)


def _versions() -> list[Finding]:
    facts = [
        ("WriteTex", __version__),
        ("Python", platform.python_version()),
        ("system", platform.platform()),
    ]
    facts += [(name, _version(name)) for name in LIBRARIES]
    return [Finding("versions", name, State.FACT, value) for name, value in facts]


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "missing"


def _session(session: Session) -> list[Finding]:
    facts = {
        "display": session.display_server.value,
        "desktop": " ".join(session.desktop) or "unknown",
        "bus": "yes" if session.has_bus else "no",
    }
    return [Finding("session", name, State.FACT, value) for name, value in facts.items()]


def _window() -> list[Finding]:
    obstacle = find_obstacle(os.environ, sys.platform, frozen=getattr(sys, "frozen", False))
    if obstacle is None and sys.platform == "linux":
        obstacle = find_missing_libraries(os.environ)
    return [_found("window", "Qt", obstacle)]


async def _instance() -> Finding:
    """Say whether the program runs, and whether it can be reached by those who start it again."""
    try:
        reply = await asyncio.to_thread(forward, Request(Verb.PING), instance_address())
    except OSError:
        return Finding("program", "runs", State.SKIPPED, tr("The system does not say whether it runs."))
    if reply is None:
        return Finding("program", "runs", State.FACT, "no")
    if reply.ok:
        return Finding("program", "runs", State.TAKEN, tr("version {message}", message=reply.message))
    return Finding("program", "runs", State.SKIPPED, reply.message, reply.remedy)


def _backends(session: Session) -> list[Finding]:
    try:
        from writetex_desktop.composition.backends import (  # noqa: PLC0415 - needs Qt, which may be missing
            hotkey_sources,
            pasters,
            screen_grabbers,
        )
    except ImportError:
        return [Finding("screen", "Qt", State.SKIPPED, tr("Qt cannot be loaded; see window."))]
    return [
        *_verdicts("screen", screen_grabbers(session).verdicts),
        *_verdicts("hotkey", hotkey_sources(session).verdicts),
        *_verdicts("paste", pasters(session).verdicts),
    ]


async def _portals(session: Session) -> list[Finding]:
    """Ask which portals there are; on Linux alone."""
    if session.platform != "linux" or not session.has_bus:
        return []
    from writetex_desktop.native.portal import portal_versions  # noqa: PLC0415 - its library is Linux's alone

    versions = await portal_versions(PORTALS)
    return [
        Finding("portal", name, State.FACT, tr("version {version}", version=version))
        if version
        else Finding("portal", name, State.SKIPPED, tr("The desktop has none."))
        for name, version in versions.items()
    ]


def _desktop_entry(session: Session) -> list[Finding]:
    """Look for the entry by which portals know the program."""
    if session.platform != "linux":
        return []
    shared = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    folders = [data_home(os.environ, Path.home()), *map(Path, shared.split(":"))]
    if any((folder / "applications" / f"{APP_ID}.desktop").exists() for folder in folders):
        return [Finding("session", mark("desktop entry"), State.TAKEN)]
    remedy = tr(
        "Run `writetex install-desktop`; without it some desktops give no hotkeys and no screenshots."
    )
    return [
        Finding(
            "session",
            mark("desktop entry"),
            State.SKIPPED,
            tr("The desktop does not know the program."),
            remedy,
        )
    ]


async def _seen(session: Session, settings: Settings, *, can_show: bool) -> list[Finding]:
    """Take a picture of the screens, try the hotkeys, and look for a tray."""
    if not can_show:
        return []
    from writetex_desktop.composition.glance import glance  # noqa: PLC0415 - needs Qt, which may be missing

    return await glance(session, settings)


def _binding(session: Session, settings: Settings) -> list[Finding]:
    """Name the line to paste where the desktop binds keys itself."""
    if session.platform != "linux" or session.display_server is DisplayServer.NONE:
        return []
    hotkey = settings.hotkey or default_hotkey(session.platform)
    binding = binding_for(session.desktop, hotkey, keysym_name(hotkey.key))
    return [Finding("hotkey", mark("by the desktop"), State.SPARE, binding.place, binding.line)]


async def _key_store() -> Finding:
    started = time.perf_counter()
    problem = await asyncio.to_thread(keyring_backend_problem)
    if problem is not None:
        return _found("keys", "keyring", problem)
    return Finding("keys", "keyring", State.TAKEN, tr("answered in {time}", time=since(started)))


async def _renderer() -> Finding:
    renderer = MathJaxRenderer(resource_dir())
    started = time.perf_counter()
    try:
        await renderer.render("x^2")
    except WriteTexError as error:
        return Finding("renderer", "mathjax", State.SKIPPED, error.message, error.remedy.text)
    finally:
        renderer.close()
    return Finding("renderer", "mathjax", State.TAKEN, tr("first formula in {time}", time=since(started)))


def _verdicts(topic: str, verdicts: tuple[Verdict, ...]) -> list[Finding]:
    return [_of(topic, verdict) for verdict in verdicts]


def _of(topic: str, verdict: Verdict) -> Finding:
    if verdict.taken:
        return Finding(topic, verdict.name, State.TAKEN)
    if verdict.obstacle is None:
        return Finding(topic, verdict.name, State.SPARE)
    return Finding(topic, verdict.name, State.SKIPPED, verdict.obstacle.reason, verdict.obstacle.remedy)


def _found(topic: str, name: str, obstacle: Unsupported | None) -> Finding:
    return _of(topic, Verdict(name, taken=obstacle is None, obstacle=obstacle))
