"""Everything that has to do with global hotkeys, joined."""

import sys
from collections.abc import Callable

from writetex_desktop.composition.backends import make_hotkey_source
from writetex_desktop.core.notice import Notice
from writetex_desktop.core.snip_wish import SnipWish
from writetex_desktop.native.resume import ResumeWatch
from writetex_desktop.native.session import Session
from writetex_desktop.ports import Notifier
from writetex_desktop.services.settings_service import SettingsService
from writetex_desktop.services.tasks import Tasks
from writetex_desktop.ui.hotkey_presenter import HotkeyPresenter


class Hotkeys:
    """The source of hotkeys for a session, what keeps it in force, and the presenter before it.

    Args:
        session: Where.
        settings: The settings in force.
        on_press: What a press does.
        notifier: Where it is told that a hotkey cannot be had, or is lost.
        tasks: Runs what listens.

    Attributes:
        presenter: Serves the settings.
    """

    def __init__(
        self,
        session: Session,
        settings: SettingsService,
        on_press: Callable[[SnipWish], None],
        notifier: Notifier,
        tasks: Tasks,
    ) -> None:
        self._source = make_hotkey_source(session, lambda error: notifier.notify(Notice.of(error)), tasks)
        self.presenter = HotkeyPresenter(
            settings=settings,
            source=self._source,
            on_press=on_press,
            notifier=notifier,
            platform=sys.platform,
        )
        self._resume = ResumeWatch()
        self._resume.resumed.connect(self._source.renew)

    def watch(self) -> None:
        """See to it from now on that they outlast the sleep of the machine."""
        self._resume.start()

    def close(self) -> None:
        """Give all of them back."""
        self._source.close()
