"""The program `writetex doctor`: what works on this machine, and why the rest does not."""

import asyncio
import importlib.metadata
import os
import platform
import shutil
import sys
import time

from writetex_desktop import __version__
from writetex_desktop.adapters.environment import read_overrides
from writetex_desktop.adapters.keyring_secrets import keyring_backend_problem
from writetex_desktop.adapters.mathjax_renderer import MathJaxRenderer
from writetex_desktop.adapters.resource_files import resource_dir
from writetex_desktop.adapters.settings_file import SettingsFile, default_path
from writetex_desktop.core.backend import Unsupported, Verdict
from writetex_desktop.core.errors import WriteTexError
from writetex_desktop.core.hotkey import default_hotkey
from writetex_desktop.core.hotkey_binding import binding_for
from writetex_desktop.native import clipboard_tools
from writetex_desktop.native.instance_client import forward, instance_address
from writetex_desktop.native.instance_protocol import Request, Verb
from writetex_desktop.native.preflight import find_missing_libraries, find_obstacle
from writetex_desktop.native.session import DisplayServer, Session, read_session
from writetex_desktop.native.x11_keys import keysym_name
from writetex_desktop.services.diagnosis import Finding, State

LIBRARIES = ("PySide6-Essentials", "openai", "mss", "pillow", "keyring", "pyperclip", "qasync", "quickjs-ng")


PORTALS = {
    "screenshot": "org.freedesktop.portal.Screenshot",
    "hotkeys": "org.freedesktop.portal.GlobalShortcuts",
    "colours": "org.freedesktop.portal.Settings",
}


async def examine() -> tuple[Finding, ...]:
    """Look at everything that differs between machines; needs no display.

    What is seen of screens, clipboard and settings goes no further: only sizes, numbers and times are told.
    """
    session = read_session(os.environ, sys.platform)
    window = _window()
    return (
        *_versions(),
        *_session(session),
        *window,
        await _instance(),
        *await _portals(session),
        *_backends(session),
        *await _seen(session, can_show=window[0].state is State.TAKEN),
        *_binding(session),
        *await _clipboard(session),
        await _key_store(),
        await _renderer(),
        _endpoint(),
    )


def _versions() -> list[Finding]:
    facts = [
        ("WriteTex", __version__),
        ("Python", platform.python_version()),
        ("system", platform.platform()),
    ]
    facts += [(name, importlib.metadata.version(name)) for name in LIBRARIES]
    return [Finding("versions", name, State.FACT, value) for name, value in facts]


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
        return Finding("program", "runs", State.SKIPPED, "The system does not say whether it runs.")
    if reply is None:
        return Finding("program", "runs", State.FACT, "no")
    if reply.ok:
        return Finding("program", "runs", State.TAKEN, f"version {reply.message}")
    return Finding("program", "runs", State.SKIPPED, reply.message, reply.remedy)


def _backends(session: Session) -> list[Finding]:
    try:
        from writetex_desktop.composition.backends import (  # noqa: PLC0415 - needs Qt, which may be missing
            hotkey_sources,
            screen_grabbers,
        )
    except ImportError:
        return [Finding("screen", "Qt", State.SKIPPED, "Qt cannot be loaded; see window.")]
    return [
        *_verdicts("screen", screen_grabbers(session).verdicts),
        *_verdicts("hotkey", hotkey_sources(session).verdicts),
    ]


async def _portals(session: Session) -> list[Finding]:
    """Ask which portals there are; on Linux alone."""
    if session.platform != "linux" or not session.has_bus:
        return []
    from writetex_desktop.native.portal import portal_versions  # noqa: PLC0415 - its library is Linux's alone

    versions = await portal_versions(PORTALS)
    return [
        Finding("portal", name, State.FACT, f"version {version}")
        if version
        else Finding("portal", name, State.SKIPPED, "The desktop has none.")
        for name, version in versions.items()
    ]


async def _seen(session: Session, *, can_show: bool) -> list[Finding]:
    """Take a picture of the screens, and look for a tray."""
    if not can_show:
        return []
    from writetex_desktop.composition.glance import glance  # noqa: PLC0415 - needs Qt, which may be missing

    return await glance(session)


def _binding(session: Session) -> list[Finding]:
    """Name the line to paste where the desktop binds keys itself."""
    if session.platform != "linux" or session.display_server is DisplayServer.NONE:
        return []
    hotkey = default_hotkey(session.platform)
    binding = binding_for(session.desktop, hotkey, keysym_name(hotkey.key))
    return [Finding("hotkey", "by the desktop", State.SPARE, binding.place, binding.line)]


async def _clipboard(session: Session) -> list[Finding]:
    """Read the clipboard; copying would take from the user what is on it."""
    obstacle = clipboard_tools.unsupported(session, shutil.which)
    if obstacle is not None:
        return [_found("clipboard", "tool", obstacle)]
    started = time.perf_counter()
    try:
        await clipboard_tools.ToolClipboard(session).read()
    except WriteTexError as error:
        return [Finding("clipboard", "tool", State.SKIPPED, error.message, error.remedy.text)]
    return [Finding("clipboard", "tool", State.TAKEN, f"read in {_since(started)}")]


async def _key_store() -> Finding:
    started = time.perf_counter()
    problem = await asyncio.to_thread(keyring_backend_problem)
    if problem is not None:
        return _found("keys", "keyring", problem)
    return Finding("keys", "keyring", State.TAKEN, f"answered in {_since(started)}")


async def _renderer() -> Finding:
    renderer = MathJaxRenderer(resource_dir())
    started = time.perf_counter()
    try:
        await renderer.render("x^2")
    except WriteTexError as error:
        return Finding("renderer", "mathjax", State.SKIPPED, error.message, error.remedy.text)
    finally:
        renderer.close()
    return Finding("renderer", "mathjax", State.TAKEN, f"first formula in {_since(started)}")


def _endpoint() -> Finding:
    """Say whether there is an endpoint; connects to nothing (`writetex test-connection` does)."""
    try:
        profile = SettingsFile(default_path()).load().profile
    except WriteTexError as error:
        return Finding("endpoint", "settings", State.SKIPPED, error.message, error.remedy.text)
    overrides = read_overrides(os.environ)
    if (profile is not None and profile.base_url) or overrides.base_url:
        return Finding("endpoint", "set up", State.TAKEN, "", "`writetex test-connection` tries it.")
    return Finding(
        "endpoint",
        "not set up",
        State.SKIPPED,
        "No base URL is set.",
        "Fill in the first page of the settings.",
    )


def _since(started: float) -> str:
    return f"{(time.perf_counter() - started) * 1000:.0f} ms"


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
