"""What the user said of signs, for as long as their strokes are on the paper."""

from collections.abc import Sequence

from writetex_desktop.core.ink.ink import Ink, Stroke, box_of
from writetex_desktop.core.ink.signs import Choice, InkSign


class KeptChoices:
    """Remembers choices by the strokes themselves, whose numbers change while one writes."""

    def __init__(self) -> None:
        self._chosen: list[tuple[tuple[Stroke, ...], str]] = []

    def choose(self, ink: Ink, sign: InkSign, command: str) -> None:
        """Remember that a sign of a drawing is a command; an earlier word about its strokes is forgotten."""
        strokes = tuple(ink.strokes[number] for number in sign.strokes if number < len(ink.strokes))
        named = {id(stroke) for stroke in strokes}
        self._chosen = [each for each in self._chosen if not named & {id(stroke) for stroke in each[0]}]
        if strokes:
            self._chosen.append((strokes, command))

    def of(self, ink: Ink) -> tuple[Choice, ...]:
        """Give what was said of signs that are still on the paper, whole."""
        numbers = {id(stroke): number for number, stroke in enumerate(ink.strokes)}
        found = []
        for strokes, command in self._chosen:
            places = [numbers[id(stroke)] for stroke in strokes if id(stroke) in numbers]
            box = box_of(strokes)
            if len(places) == len(strokes) and box is not None:
                found.append(Choice(tuple(places), box, command))
        return tuple(found)

    def clear(self) -> None:
        """Forget everything."""
        self._chosen.clear()


def strokes_under(ink: Ink, sign: InkSign) -> Sequence[int]:
    """Give the numbers of a sign's strokes; where it does not know them, of those that lie in its box."""
    if sign.strokes:
        return sign.strokes
    return [
        number for number, stroke in enumerate(ink.strokes) if sign.box.grown(2).holds_middle_of(stroke.box)
    ]
