"""Everything that has to do with global hotkeys, joined."""

import sys
from collections.abc import Callable, Sequence
from functools import partial

from writetex_desktop.composition.backends import hotkey_sources, make_desktop_shortcuts, make_hotkey_source
from writetex_desktop.core.desktop.binding import Binding, binding_for, snip_command
from writetex_desktop.core.desktop.snip_wish import SnipWish
from writetex_desktop.core.errors import HotkeyError
from writetex_desktop.core.notice import Notice
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.native.hotkeys.x11_keys import keysym_name
from writetex_desktop.native.login.own_command import own_console_command
from writetex_desktop.native.resume import ResumeWatch
from writetex_desktop.native.session import Session
from writetex_desktop.ports.clipboard import Clipboard
from writetex_desktop.ports.session import Notifier
from writetex_desktop.services.observable import Observable
from writetex_desktop.services.settings.settings_service import SettingsService
from writetex_desktop.services.tasks import Tasks
from writetex_desktop.ui.settings.snipping.binding_presenter import BindingWorld
from writetex_desktop.ui.settings.snipping.presenter import HotkeyPresenter, describe


class Hotkeys:
    """The source of hotkeys for a session, what keeps it in force, and the presenter before it.

    Args:
        session: Where.
        settings: The settings in force.
        on_press: What a press does.
        notifier: Where it is told that a hotkey cannot be had, or is lost.
        tasks: Runs what listens.
        clipboard: Takes the lines to paste into the desktop's settings.

    Attributes:
        presenter: Serves the settings.
    """

    def __init__(
        self,
        session: Session,
        *,
        settings: SettingsService,
        on_press: Callable[[SnipWish], None],
        notifier: Notifier,
        tasks: Tasks,
        clipboard: Clipboard,
    ) -> None:
        self._notifier = notifier
        choice = hotkey_sources(session, self._lost, tasks)
        self._by_portal = choice.taken is not None and choice.taken.name == "portal"
        self._is_binding_needed = Observable(session.platform == "linux" and choice.taken is None)
        self._source = make_hotkey_source(choice)
        self.presenter = HotkeyPresenter(
            settings=settings,
            source=self._source,
            on_press=on_press,
            notifier=notifier,
            platform=sys.platform,
            world=BindingWorld(
                is_needed=self._is_binding_needed,
                bindings=partial(_bindings, session),
                shortcuts=make_desktop_shortcuts(session),
                command=lambda wish: (*own_console_command(), *snip_command(wish)[1:]),
                describe=describe,
                clipboard=clipboard,
            ),
            tasks=tasks,
        )
        self._resume = ResumeWatch()
        self._resume.resumed.connect(self._source.renew)

    def watch(self) -> None:
        """See to it from now on that they outlast the sleep of the machine."""
        self._resume.start()

    def close(self) -> None:
        """Give all of them back."""
        self._source.close()

    def _lost(self, error: HotkeyError) -> None:
        self._is_binding_needed.set(self._by_portal)
        self._notifier.notify(Notice.of(error))


def _bindings(session: Session, settings: Settings) -> Sequence[Binding]:
    return [
        binding_for(session.desktop, hotkey, keysym_name(hotkey.key), wish)
        for wish, hotkey in settings.hotkeys.items()
    ]
