"""Joins the page of the first start to the settings."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from writetex_desktop.core.desktop.hotkey import format_hotkey
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.services.observable import Observable
from writetex_desktop.ui.shell.first_page import FirstPage
from writetex_desktop.ui.shell.main_window import MainWindow


class FirstPresenter:
    """Asks somebody who has set nothing yet, and never again once the page was left for anything.

    Args:
        window: Shows the page.
        settings: The settings in force.
        edit: Changes them.
        sample: A picture of a formula to try the hotkey on.
        then: Is called once the page is out of the way: at once where nobody is asked.
    """

    def __init__(
        self,
        *,
        window: MainWindow,
        settings: Observable[Settings],
        edit: Callable[[Callable[[Settings], Settings]], None],
        sample: Path,
        then: Callable[[], None],
    ) -> None:
        self._window = window
        self._settings = settings
        self._edit = edit
        self._sample = sample
        self._then = then
        self._page: FirstPage | None = None

    def start(self) -> None:
        """Show the page to a new user."""
        if self._settings.value.welcomed or self._settings.value != Settings():
            self._then()
            return
        self._page = page = FirstPage(self._sample)
        page.format_chosen.connect(self._choose_format)
        page.language_chosen.connect(self._choose_language)
        page.remedy_requested.connect(self._window.remedy_requested)
        page.left.connect(self._window.leave_page)
        self._settings.subscribe(self._show)
        self._show(self._settings.value)
        self._window.show_page(page)
        page.take_focus()
        self._window.pages.currentChanged.connect(self._page_changed)

    def _show(self, settings: Settings) -> None:
        if self._page is not None:
            self._page.set_format(settings.output_format)
            self._page.set_language(settings.language)
            self._page.set_hotkey(format_hotkey(settings.hotkey) if settings.hotkey else "")

    def _choose_format(self, output_format: OutputFormat) -> None:
        self._edit(lambda settings: replace(settings, output_format=output_format))

    def _choose_language(self, code: str) -> None:
        self._edit(lambda settings: replace(settings, language=code))

    def _page_changed(self, _index: int) -> None:
        """Be done with the page, whatever has taken its place: a first snip is an answer too."""
        page, self._page = self._page, None
        if page is None:
            return
        self._window.pages.removeWidget(page)
        page.deleteLater()
        self._edit(lambda settings: replace(settings, welcomed=True))
        self._then()
