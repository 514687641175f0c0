"""The keys of the actions of window and pad: the usual ones, and those that the user chose."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from PySide6.QtGui import QAction, QKeySequence

from writetex_desktop.core.language.words import tr, without_key
from writetex_desktop.core.visible import tagless
from writetex_desktop.ui.toolkit.actions import Actions, with_shortcut

NATIVE: Final = QKeySequence.SequenceFormat.NativeText
PORTABLE: Final = QKeySequence.SequenceFormat.PortableText


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One action and its key, as a list shows them.

    Attributes:
        name: The action's, in the settings file.
        text: What it does, in two words.
        tip: The same as a sentence.
        keys: Its keys now, portable ("Ctrl+N"); empty for none.
        usual: Its keys when nobody chose others.
    """

    name: str
    text: str
    tip: str
    keys: str
    usual: str


class Shortcuts:
    """Gives the actions their keys; a name in the settings file is the action's in `Actions`.

    Args:
        actions: They have their usual keys.
        pad: Those of the pad by their names in the settings file, with their usual keys; they are obeyed
            while the keyboard is in the pad.
    """

    def __init__(self, actions: Actions, pad: Mapping[str, QAction] = MappingProxyType({})) -> None:
        self._actions = {**dict(_named(actions)), **pad}
        self._of_pad = frozenset(pad)
        self._usual = {name: action.shortcuts() for name, action in self._actions.items()}

    def apply(self, chosen: Sequence[tuple[str, str]]) -> None:
        """Give each action the key that was chosen for it, or its usual ones.

        Args:
            chosen: Names of actions with a portable key each; an empty key is none at all. Names that no
                action has are passed over: another version's.
        """
        keys: Mapping[str, str] = dict(chosen)
        for name, action in self._actions.items():
            wanted = [QKeySequence(keys[name])] if name in keys else self._usual[name]
            wanted = [each for each in wanted if not each.isEmpty()]
            if action.shortcuts() != wanted:
                action.setShortcuts(wanted)
                action.setToolTip(tagless(with_shortcut(action.statusTip(), action)))

    def rows(self) -> tuple[KeyRow, ...]:
        """All actions, in the order in which they were made."""
        return tuple(
            KeyRow(
                name,
                self._text(name, action),
                action.statusTip(),
                action.shortcut().toString(PORTABLE),
                (self._usual[name] or [QKeySequence()])[0].toString(PORTABLE),
            )
            for name, action in self._actions.items()
        )

    def _text(self, name: str, action: QAction) -> str:
        """Write what an action does; the pad has an Undo and a Copy of its own, and they say so."""
        text = without_key(action.text()).rstrip("…")
        return tr("Pad: {action}", action=text) if name in self._of_pad else text


def taken_by(rows: Sequence[KeyRow], name: str, keys: str) -> KeyRow | None:
    """The other action that has a key already."""
    return next((row for row in rows if keys and row.keys == keys and row.name != name), None)


def shown_keys(keys: str) -> str:
    """Write a portable key as the system does; a word where there is none."""
    return QKeySequence(keys).toString(NATIVE) if keys else tr("none")


def _named(actions: Actions) -> Iterator[tuple[str, QAction]]:
    for name, value in vars(actions).items():
        if isinstance(value, QAction):
            yield name, value
    for mode, action in actions.modes.items():
        yield f"mode_{mode.value}", action
