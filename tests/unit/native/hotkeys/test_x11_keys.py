from string import ascii_uppercase, digits

import pytest
from Xlib import XK

from writetex_desktop.core.desktop.hotkey import NAMED_KEYS, Modifier
from writetex_desktop.native.hotkeys.x11_keys import keysym_name, mask_of, modifier_masks

# As `xmodmap -pm` prints it: shift, lock, control, mod1 (Alt), mod2 (NumLock), mod3, mod4 (Super), mod5.
USUAL: tuple[list[int], ...] = ([50, 62], [66, 0], [37, 105], [64, 108], [77, 0], [], [133, 134], [203, 0])
CODES = {"Alt_L": frozenset({64}), "Super_L": frozenset({133}), "Super_R": frozenset({134})}


def test_modifiers_have_the_bits_of_the_keyboard() -> None:
    assert modifier_masks(USUAL, CODES) == {
        Modifier.SHIFT: 1,
        Modifier.CTRL: 4,
        Modifier.ALT: 8,
        Modifier.SUPER: 64,
    }


def test_a_modifier_that_the_keyboard_lacks_is_left_out() -> None:
    assert Modifier.SUPER not in modifier_masks(USUAL, {"Alt_L": frozenset({64})})


def test_the_empty_slots_of_the_modifier_map_are_no_key() -> None:
    assert mask_of(USUAL, frozenset({0})) == 0
    assert mask_of(USUAL, frozenset({77})) == 16


@pytest.mark.parametrize(
    "key", [*ascii_uppercase, *digits, *(f"F{number}" for number in range(1, 25)), *NAMED_KEYS]
)
def test_every_key_has_a_symbol_that_x11_knows(key: str) -> None:
    assert XK.string_to_keysym(keysym_name(key)) != 0
