"""The screens as Qt knows them, in our words."""

from PySide6.QtGui import QGuiApplication

from writetex_desktop.core.geometry import Rect, Screen


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
