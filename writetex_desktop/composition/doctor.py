"""The program `writetex doctor`: what works on this machine, and why the rest does not."""

import asyncio
import importlib.metadata
import os
import platform
import shutil
import sys

from writetex_desktop import __version__
from writetex_desktop.adapters.keyring_secrets import keyring_backend_problem
from writetex_desktop.adapters.mathjax_renderer import MathJaxRenderer
from writetex_desktop.adapters.resource_files import resource_dir
from writetex_desktop.core.backend import Unsupported, Verdict
from writetex_desktop.core.errors import WriteTexError
from writetex_desktop.native import clipboard_tools
from writetex_desktop.native.preflight import find_missing_libraries, find_obstacle
from writetex_desktop.native.session import Session, read_session
from writetex_desktop.services.diagnosis import Finding, State

LIBRARIES = ("PySide6-Essentials", "openai", "mss", "pillow", "keyring", "pyperclip", "qasync", "quickjs-ng")


async def examine() -> tuple[Finding, ...]:
    """Look at everything that differs between machines; needs no display."""
    session = read_session(os.environ, sys.platform)
    return (
        *_versions(),
        *_session(session),
        *_window(),
        *_backends(session),
        *_clipboard(session),
        await _key_store(),
        await _renderer(),
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


def _clipboard(session: Session) -> list[Finding]:
    tools = clipboard_tools.unsupported(session, shutil.which)
    return [_found("clipboard", "tool", tools)]


async def _key_store() -> Finding:
    return _found("keys", "keyring", await asyncio.to_thread(keyring_backend_problem))


async def _renderer() -> Finding:
    renderer = MathJaxRenderer(resource_dir())
    try:
        await renderer.render("x^2")
    except WriteTexError as error:
        return Finding("renderer", "mathjax", State.SKIPPED, error.message, error.remedy.text)
    finally:
        renderer.close()
    return Finding("renderer", "mathjax", State.TAKEN)


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
