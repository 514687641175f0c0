"""What `writetex doctor` can only learn with Qt up: the screens, a picture of them, and the tray."""

import contextlib
import sys
import time

from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from writetex_desktop.composition.backends import hotkey_sources, screen_grabbers
from writetex_desktop.core.desktop.hotkey import HotkeyAction, format_hotkey
from writetex_desktop.core.errors import HotkeyError, WriteTexError
from writetex_desktop.core.language.words import mark, tr, tr_marked
from writetex_desktop.core.pictures.image import is_black
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.native.screens.qt import qt_screens
from writetex_desktop.native.screens.windows_awareness import TRUE_PIXELS, dpi_awareness
from writetex_desktop.native.session import Session
from writetex_desktop.services.diagnosis import Finding, State


async def glance(session: Session, settings: Settings) -> list[Finding]:
    """Look at the screens and for a tray and try the hotkeys, with an application that shows nothing."""
    app = QApplication(sys.argv[:1])
    try:
        return [
            *_screens(),
            *_awareness(session),
            *_access(session),
            await _capture(session),
            *_combinations(session, settings),
            _tray(),
        ]
    finally:
        app.shutdown()


def _screens() -> list[Finding]:
    return [
        Finding(
            "screens",
            tr("number {number}", number=number),
            State.FACT,
            tr(
                "{width} x {height} at {x}, {y}; scale {scale:g}",
                width=screen.area.width,
                height=screen.area.height,
                x=screen.area.x,
                y=screen.area.y,
                scale=screen.scale,
            ),
        )
        for number, screen in enumerate(qt_screens(), 1)
    ]


def _awareness(session: Session) -> list[Finding]:
    """Say whether Windows tells true pixels; asked with an application, which is what decides it."""
    if session.platform != "win32":
        return []
    kind = dpi_awareness()
    if kind in TRUE_PIXELS:
        return [Finding("screens", mark("awareness of scales"), State.TAKEN, tr_marked(kind))]
    return [
        Finding(
            "screens",
            mark("awareness of scales"),
            State.SKIPPED,
            tr("Windows enlarges this program: {kind}.", kind=tr_marked(kind)),
            tr("In the properties of the program's file, switch off Override high DPI scaling behaviour."),
        )
    ]


async def _capture(session: Session) -> Finding:
    taken = screen_grabbers(session, may_ask=False).taken
    if taken is None:
        return Finding("capture", "picture", State.SKIPPED, tr("There is no way to read the screen."))
    grabber = taken.make()
    try:
        with contextlib.suppress(WriteTexError):  # what could not get ready may still have another way
            await grabber.warm()
        started = time.perf_counter()
        frames = await grabber.grab()
        took_ms = (time.perf_counter() - started) * 1000
    except WriteTexError as error:
        return Finding("capture", taken.name, State.SKIPPED, error.message, error.remedy.text)
    finally:
        grabber.close()
    if all(is_black(frame.bitmap) for frame in frames):
        return Finding(
            "capture",
            taken.name,
            State.SKIPPED,
            tr("The picture is black: the desktop keeps programs from seeing the screen."),
            tr("If the screen really is black just now, show a window and try again."),
        )
    return Finding(
        "capture",
        taken.name,
        State.TAKEN,
        tr("screens: {count}, read in {took_ms:.0f} ms", count=len(frames), took_ms=took_ms),
    )


def _access(session: Session) -> list[Finding]:
    """Say whether macOS lets us see the screen; other systems say it by the picture alone."""
    if session.platform != "darwin":
        return []
    from writetex_desktop.native.screens import macos_access  # noqa: PLC0415 - macOS alone has it

    if macos_access.load_screen_access().is_given():
        return [Finding("screen", "permission", State.TAKEN)]
    missing = macos_access.not_allowed()
    return [Finding("screen", "permission", State.SKIPPED, missing.message, missing.remedy.text)]


def _combinations(session: Session, settings: Settings) -> list[Finding]:
    """Take each hotkey for a moment; where that would bring up a dialog of the desktop, say so."""
    taken = hotkey_sources(session).taken
    if taken is None or not settings.hotkeys or settings.desktop_hotkeys:
        return []
    if taken.name == "portal":
        told = tr("not tried, since the desktop would show a dialog")
        return [Finding("hotkey", "combination", State.FACT, told)]
    source, findings = taken.make(), []
    for wish, hotkey in settings.hotkeys.items():
        try:
            source.register(HotkeyAction(wish.id, ""), hotkey, _nothing)
        except HotkeyError as error:
            remedy = tr(
                "{remedy} If WriteTex runs, it is WriteTex itself that has it.", remedy=error.remedy.text
            )
            findings.append(Finding("hotkey", format_hotkey(hotkey), State.SKIPPED, error.message, remedy))
        else:
            findings.append(Finding("hotkey", format_hotkey(hotkey), State.TAKEN, tr("can be had")))
    source.close()
    return findings


def _nothing() -> None:
    """Nobody presses a hotkey that is only tried."""


def _tray() -> Finding:
    if QSystemTrayIcon.isSystemTrayAvailable():
        return Finding("tray", "icon", State.TAKEN)
    return Finding(
        "tray",
        "icon",
        State.SKIPPED,
        tr("The desktop shows no tray icons."),
        tr(
            "The window stays reachable: `writetex` shows it. On GNOME the "
            "extension AppIndicator brings icons."
        ),
    )
