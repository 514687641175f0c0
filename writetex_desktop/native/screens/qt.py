"""The screens as Qt knows them, in our words."""

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication, QScreen

from writetex_desktop.core.pictures.desktop_picture import with_pixels
from writetex_desktop.core.pictures.geometry import Rect, Screen
from writetex_desktop.core.pictures.image import ScreenFrame
from writetex_desktop.native.screens.picture import to_bitmap


def qt_screens() -> tuple[Screen, ...]:
    """Give all screens in Qt's order; call it on the main thread.

    Qt divides the size of a screen by its scale, rounds it, and leaves the origin in device pixels: so the
    size given here can be off by less than one logical pixel. Grabbers match it to what the system says.
    """
    return tuple(
        Screen(
            name=screen.name(),
            area=Rect(
                screen.geometry().x(),
                screen.geometry().y(),
                round(screen.geometry().width() * screen.devicePixelRatio()),
                round(screen.geometry().height() * screen.devicePixelRatio()),
            ),
            scale=screen.devicePixelRatio(),
        )
        for screen in QGuiApplication.screens()
    )


def qt_picture(screen: Screen) -> ScreenFrame | None:
    """Give Qt's own picture of one of its screens; None when the screen is gone or Qt sees nothing.

    It takes ten times as long as mss, and cannot be of another screen than Qt says.
    """
    for each in QGuiApplication.screens():
        if each.name() == screen.name:
            image = each.grabWindow(0).toImage()
            return None if image.isNull() else with_pixels(screen, to_bitmap(image))
    return None


def watch_screens(application: QGuiApplication, on_change: Callable[[], None]) -> None:
    """Call back whenever a screen comes, goes, moves, or changes its size or scale.

    One change of the desktop may call back several times, once for each screen and property.

    Args:
        application: Whose screens; also those that come later are watched.
        on_change: Called on the main thread until the application ends.
    """

    def watch(screen: QScreen) -> None:
        for changed in (screen.geometryChanged, screen.physicalDotsPerInchChanged):
            changed.connect(lambda _value: on_change())

    def welcome(screen: QScreen) -> None:
        watch(screen)
        on_change()

    for screen in application.screens():
        watch(screen)
    application.screenAdded.connect(welcome)
    for changed in (application.screenRemoved, application.primaryScreenChanged):
        changed.connect(lambda _screen: on_change())
