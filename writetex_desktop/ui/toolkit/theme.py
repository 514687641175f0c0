"""Light, dark, or as the system has it."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from writetex_desktop.core.settings.settings import Theme

_SCHEMES: Final = {
    Theme.SYSTEM: Qt.ColorScheme.Unknown,
    Theme.LIGHT: Qt.ColorScheme.Light,
    Theme.DARK: Qt.ColorScheme.Dark,
}


_STILL: Final = "writetex_still"

_EFFECTS: Final = (
    Qt.UIEffect.UI_AnimateMenu,
    Qt.UIEffect.UI_FadeMenu,
    Qt.UIEffect.UI_AnimateCombo,
    Qt.UIEffect.UI_AnimateTooltip,
    Qt.UIEffect.UI_FadeTooltip,
    Qt.UIEffect.UI_AnimateToolBox,
)


class ThemeKeeper(QObject):
    """Puts the program into the theme the user chose.

    Where the platform has a look of its own (Windows, macOS, KDE), Qt changes the colours by itself, and a
    palette of ours stands in only where it cannot (`colorScheme()` stays as it was). Elsewhere the style is
    Fusion, whose usual palette has links of pure blue and explanations too faint to read: there it is ours.
    """

    changed = Signal()
    """The colours are other ones now."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._theme = Theme.SYSTEM
        self._system_style = app.style().objectName()
        self._desktop = Qt.ColorScheme.Unknown
        self._own_palette = False
        self._high_contrast = False
        app.styleHints().colorSchemeChanged.connect(self._settle)

    @property
    def is_dark(self) -> bool:
        """Whether the window's background is darker than its text."""
        return is_dark(self._app.palette())

    def apply(self, theme: Theme) -> None:
        """Change to a theme; `changed` follows once the platform has answered."""
        self._theme = theme
        self._app.styleHints().setColorScheme(_SCHEMES[theme])
        # Platforms that can change the scheme do so within one turn of the event loop.
        QTimer.singleShot(0, self, self._settle)

    def set_desktop_scheme(self, scheme: Qt.ColorScheme) -> None:
        """Take note of what the desktop prefers; it counts where Qt does not know it by itself."""
        self._desktop = scheme
        self._settle()

    def set_high_contrast(self, wanted: bool) -> None:
        """Take note of whether the desktop wants strong contrasts; a look of the platform has its own."""
        self._high_contrast = wanted
        self._settle()

    def set_reduced_motion(self, wanted: bool) -> None:
        """Let nothing move by itself, or let it; see `is_still`."""
        self._app.setProperty(_STILL, wanted)
        for effect in _EFFECTS:
            self._app.setEffectEnabled(effect, not wanted)

    def _settle(self) -> None:
        reached = self._app.styleHints().colorScheme()
        wanted = _SCHEMES[self._theme]
        if wanted is Qt.ColorScheme.Unknown and reached is Qt.ColorScheme.Unknown:
            wanted = self._desktop
        has_its_look = self._system_style != "fusion"
        if has_its_look and wanted in {Qt.ColorScheme.Unknown, reached}:
            self._give_back()
        else:
            self._app.setStyle(QStyleFactory.create("Fusion"))
            scheme = reached if wanted is Qt.ColorScheme.Unknown else wanted
            dark, strong = scheme is Qt.ColorScheme.Dark, self._high_contrast
            self._app.setPalette(dark_palette(strong=strong) if dark else light_palette(strong=strong))
            self._own_palette = True
        self.changed.emit()

    def _give_back(self) -> None:
        if self._own_palette:
            self._own_palette = False
            self._app.setStyle(QStyleFactory.create(self._system_style))
            # An empty palette gives the choice of colours back to the platform.
            self._app.setPalette(QPalette())


def is_still(app: QCoreApplication | None) -> bool:
    """Say whether nothing is to move by itself, as the user has told the system."""
    return app is not None and bool(app.property(_STILL))


def is_dark(palette: QPalette) -> bool:
    """Say whether a palette has light text on a dark ground."""
    ground = palette.color(QPalette.ColorRole.Window)
    text = palette.color(QPalette.ColorRole.WindowText)
    return ground.lightnessF() < text.lightnessF()


def light_palette(*, strong: bool = False) -> QPalette:
    """Give the palette for light windows where the platform has none; a strong one for high contrast."""
    if strong:
        return _palette(
            window="#ffffff",
            base="#ffffff",
            button="#f0f0f0",
            text="#000000",
            faint="#5c5c5c",
            placeholder="#3a3a3a",
            accent="#003c78",
            link="#003c78",
        )
    return _palette(
        window="#f4f4f3",
        base="#ffffff",
        button="#ececea",
        text="#1d1f21",
        faint="#9a9c9e",
        placeholder="#66696c",
        accent="#1f6fa8",
        link="#1a649a",
    )


def dark_palette(*, strong: bool = False) -> QPalette:
    """Give the palette for dark windows where the platform has none; a strong one for high contrast."""
    if strong:
        return _palette(
            window="#000000",
            base="#000000",
            button="#1c1c1c",
            text="#ffffff",
            faint="#a8a8a8",
            placeholder="#d4d4d4",
            accent="#004f9e",
            link="#9fd4ff",
        )
    return _palette(
        window="#26282a",
        base="#1c1e1f",
        button="#34373a",
        text="#e8e8e6",
        faint="#75797d",
        placeholder="#a0a4a8",
        accent="#2573aa",
        link="#7cc0ee",
    )


def _palette(
    *, window: str, base: str, button: str, text: str, faint: str, placeholder: str, accent: str, link: str
) -> QPalette:
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    palette = QPalette(QColor(button), QColor(window))
    colours = {
        role.Window: window,
        role.Base: base,
        role.AlternateBase: window,
        role.Button: button,
        role.ToolTipBase: button,
        role.WindowText: text,
        role.Text: text,
        role.ButtonText: text,
        role.ToolTipText: text,
        role.BrightText: "#ffffff",
        role.PlaceholderText: placeholder,
        role.Highlight: accent,
        role.HighlightedText: "#ffffff",
        role.Accent: accent,
        role.Link: link,
        role.LinkVisited: link,
    }
    for each, colour in colours.items():
        palette.setColor(each, QColor(colour))
    for each in (role.WindowText, role.Text, role.ButtonText, role.PlaceholderText, role.HighlightedText):
        palette.setColor(group.Disabled, each, QColor(faint))
    palette.setColor(group.Disabled, role.Highlight, QColor(button))
    return palette
