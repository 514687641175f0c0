"""Joins the panel with what to paste to the desktop's own shortcuts and the clipboard."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from writetex_desktop.core.desktop.binding import Binding, DesktopShortcut
from writetex_desktop.core.desktop.clipboard_content import ClipboardContent
from writetex_desktop.core.desktop.hotkey import HotkeyAction, format_hotkey
from writetex_desktop.core.desktop.snip_wish import SNIP, SNIP_AGAIN, SnipWish
from writetex_desktop.core.errors import WriteTexError
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.ports.clipboard import Clipboard
from writetex_desktop.ports.hotkeys import DesktopShortcuts
from writetex_desktop.services.observable import Observable
from writetex_desktop.services.tasks import Tasks

if TYPE_CHECKING:
    from writetex_desktop.ui.settings.snipping.binding_panel import BindingPanel

_BY_MODE: Final = tuple(SnipWish(mode=mode.value) for mode in Mode)


@dataclass(frozen=True, slots=True)
class BindingWorld:
    """What the panel reaches of the outside.

    Attributes:
        is_needed: Whether programs can have no hotkey here.
        bindings: Gives what to paste for the hotkeys of the settings.
        shortcuts: The desktop's tool, where there is one.
        command: Gives the words that do what is wished for, the first an absolute path.
        describe: Says what a hotkey is for.
        clipboard: Takes the line.
    """

    is_needed: Observable[bool]
    bindings: Callable[[Settings], Sequence[Binding]]
    shortcuts: DesktopShortcuts | None
    command: Callable[[SnipWish], tuple[str, ...]]
    describe: Callable[[SnipWish, Settings], str]
    clipboard: Clipboard


class BindingPresenter:
    """Serves the panel.

    Args:
        panel: The panel.
        settings: The settings in force.
        edit: Changes them.
        world: What it needs of the outside.
        tasks: Runs the desktop's tool.
    """

    def __init__(
        self,
        panel: BindingPanel,
        *,
        settings: Observable[Settings],
        edit: Callable[[Callable[[Settings], Settings]], None],
        world: BindingWorld,
        tasks: Tasks,
    ) -> None:
        self._panel = panel
        self._settings = settings
        self._edit = edit
        self._world = world
        self._tasks = tasks
        panel.copy_requested.connect(lambda line: tasks.spawn(self._copy(line), name="copy binding"))
        panel.set_requested.connect(lambda: tasks.spawn(self._told(self._set()), name="set keys"))
        panel.remove_requested.connect(lambda: tasks.spawn(self._told(self._remove()), name="remove keys"))
        panel.desktop_hotkeys_changed.connect(self._believe)
        settings.subscribe(lambda _settings: self._show())
        world.is_needed.subscribe(lambda _needed: self._show())
        self._show()

    def _show(self) -> None:
        settings = self._settings.value
        self._panel.show_bindings(
            self._world.bindings(settings),
            can_set=self._world.shortcuts is not None,
            desktop_has=settings.desktop_hotkeys,
        )
        self._panel.setVisible(self._world.is_needed.value or settings.desktop_hotkeys)

    def _believe(self, desktop_has: bool) -> None:
        self._edit(lambda settings: replace(settings, desktop_hotkeys=desktop_has))

    async def _copy(self, line: str) -> None:
        await self._world.clipboard.copy(ClipboardContent(line))
        self._panel.say(tr("Copied."))

    async def _told(self, doing: Coroutine[Any, Any, str]) -> None:
        try:
            self._panel.say(await doing)
        except WriteTexError as error:
            self._panel.say(f"{error.message} {error.remedy.text}".strip())

    async def _set(self) -> str:
        """Set what has a hotkey, take out what has none, and say what works from now on."""
        shortcuts, settings = self._world.shortcuts, self._settings.value
        assert shortcuts is not None
        for wish in {SNIP, SNIP_AGAIN, *_BY_MODE} - settings.hotkeys.keys():
            await shortcuts.remove(self._shortcut(wish))
        for wish, hotkey in settings.hotkeys.items():
            await shortcuts.set(self._shortcut(wish), hotkey)
        self._believe(True)
        keys = ", ".join(map(format_hotkey, settings.hotkeys.values()))
        said = tr("The desktop has them: {keys}.")
        if not shortcuts.works_at_once:
            said = tr("From the next login on, it has {keys}.")
        return said.format(keys=keys)

    async def _remove(self) -> str:
        shortcuts, settings = self._world.shortcuts, self._settings.value
        assert shortcuts is not None
        for wish in (SNIP, SNIP_AGAIN, *_BY_MODE, *(SnipWish(profile=each.id) for each in settings.profiles)):
            await shortcuts.remove(self._shortcut(wish))
        self._believe(False)
        return tr("The desktop has none of our shortcuts.")

    def _shortcut(self, wish: SnipWish) -> DesktopShortcut:
        action = HotkeyAction(wish.id, self._world.describe(wish, self._settings.value))
        return DesktopShortcut(action, self._world.command(wish))
