"""Joins the page that asks for a test shot to what reads the screen."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from writetex_desktop.core.errors import CaptureError, Remedy
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.pictures.image import ScreenFrame, is_black
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.ports.screens import ScreenGrabber
from writetex_desktop.services.observable import Observable
from writetex_desktop.services.tasks import Tasks
from writetex_desktop.ui.shell.main_window import MainWindow
from writetex_desktop.ui.shell.screen_access_page import ScreenAccessPage
from writetex_desktop.ui.toolkit.pictures import image_of


@dataclass(frozen=True, slots=True)
class ScreenAccess:
    """What the page needs of the outside.

    Attributes:
        is_missing: Says whether the system may have to be asked for permission first.
        trial: Makes a grabber that is patient while the user reads the system's question.
        on_allowed: Is called when the screen has been seen; what was given up before may be tried again.
    """

    is_missing: Callable[[], bool]
    trial: Callable[[], ScreenGrabber]
    on_allowed: Callable[[], None]


class ScreenAccessPresenter:
    """Asks once, from a window that has the focus.

    Args:
        window: Shows the page.
        settings: Say whether a test shot has worked before.
        edit: Changes them.
        access: What is asked.
        tasks: Runs the test shot.
    """

    def __init__(
        self,
        *,
        window: MainWindow,
        settings: Observable[Settings],
        edit: Callable[[Callable[[Settings], Settings]], None],
        access: ScreenAccess,
        tasks: Tasks,
    ) -> None:
        self._window = window
        self._settings = settings
        self._edit = edit
        self._access = access
        self._tasks = tasks
        self._page: ScreenAccessPage | None = None

    def start(self) -> None:
        """Show the page where the system has to be asked; nowhere else."""
        if self._settings.value.screen_seen or not self._access.is_missing():
            return
        self._page = page = ScreenAccessPage()
        page.test_requested.connect(lambda: self._tasks.spawn(self._test(page), name="test shot"))
        page.done_requested.connect(self._window.leave_page)
        page.remedy_requested.connect(self._window.remedy_requested)
        self._window.show_page(page)
        page.take_focus()

    async def _test(self, page: ScreenAccessPage) -> None:
        page.show_testing()
        grabber = self._access.trial()
        try:
            self._show(page, await grabber.grab())
        except CaptureError as error:
            page.show_problem(error.message, error.remedy)
        finally:
            grabber.close()

    def _show(self, page: ScreenAccessPage, frames: tuple[ScreenFrame, ...]) -> None:
        if not frames:
            page.show_problem(
                tr("The desktop's dialog was closed."),
                Remedy(tr("Take the shot again and allow it.")),
            )
        elif all(is_black(frame.bitmap) for frame in frames):
            page.show_problem(
                tr("The picture is black: programs may not see the screen."),
                Remedy(
                    tr(
                        "Allow WriteTex in the privacy settings of the desktop, and take the shot again. If "
                        "it stays black, run `writetex doctor`: it says which ways there are."
                    )
                ),
            )
        else:
            self._edit(lambda settings: replace(settings, screen_seen=True))
            self._access.on_allowed()
            page.show_shot(
                image_of(frames[0].bitmap),
                tr("This works. You can snip now."),
            )
