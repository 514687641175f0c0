"""How key combinations stand in a file."""

from writetex_desktop.core.desktop.hotkey import Hotkey, format_hotkey, parse_hotkey
from writetex_desktop.core.errors import WriteTexError
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.core.settings.forms import Form, Unfit, choice, read_text


def _write_hotkey(hotkey: Hotkey | None) -> str:
    return "" if hotkey is None else format_hotkey(hotkey)


def _read_hotkey(value: object, name: str) -> Hotkey | None:
    text = read_text(value, name)
    if not text:
        return None
    try:
        return parse_hotkey(text)
    except WriteTexError as error:
        raise Unfit(tr("{name} must be a key combination such as Ctrl+Alt+M, or empty", name=name)) from error


def _read_hotkeys(value: object, name: str) -> tuple[tuple[str, Hotkey], ...]:
    if not isinstance(value, dict):
        raise Unfit(tr("{name} must hold a key combination for each name", name=name))
    read = ((profile, _read_hotkey(text, f"{name} {profile}")) for profile, text in value.items())
    return tuple((profile, hotkey) for profile, hotkey in read if hotkey is not None)


def _read_mode_hotkeys(value: object, name: str) -> tuple[tuple[Mode, Hotkey], ...]:
    mode_form = choice(Mode)
    return tuple((mode_form.read(mode, name), hotkey) for mode, hotkey in _read_hotkeys(value, name))


HOTKEY = Form(_write_hotkey, _read_hotkey)
"""A combination, or an empty text for none."""

PROFILE_HOTKEYS = Form(
    lambda hotkeys: {profile: format_hotkey(hotkey) for profile, hotkey in hotkeys}, _read_hotkeys
)
"""A combination for each `id` of a profile."""

MODE_HOTKEYS = Form(
    lambda hotkeys: {mode.value: format_hotkey(hotkey) for mode, hotkey in hotkeys}, _read_mode_hotkeys
)
"""A combination for each mode."""
