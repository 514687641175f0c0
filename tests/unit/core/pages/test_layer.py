"""What a document says of its letters becomes the letters of a line."""

from writetex_desktop.core.pages.layer import letters_of_line
from writetex_desktop.core.pictures.geometry import Box
from writetex_desktop.core.pictures.printed import PrintedLetter

CORE = Box(100, 200, 400, 210)


def printed(text: str, top: float = 198) -> list[PrintedLetter]:
    """Letters of ten pixels, one after the other."""
    found, blank = [], False
    for at, letter in enumerate(text):
        if letter != " ":
            found.append(PrintedLetter(letter, Box(100 + 10 * at, top, 108 + 10 * at, top + 12), blank))
        blank = letter == " "
    return found


def read(letters: list[PrintedLetter]) -> str:
    return "".join(letter.text for letter in letters_of_line(letters, CORE))


def test_the_letters_of_a_line_come_from_left_to_right_with_their_blanks() -> None:
    letters = [*printed("another line", 230), *reversed(printed("of this one"))]
    assert read(letters) == "of this one"


def test_an_accent_that_stands_alone_goes_onto_its_letter() -> None:
    """As old TeX fonts have them: the accent first, both in the same place."""
    letters = printed("na ve caf ")
    accents = [
        PrintedLetter("\u00a8", Box(120, 196, 128, 199)),
        PrintedLetter("\u0131", Box(121, 200, 127, 210)),
        PrintedLetter("\u00b4", Box(190, 196, 198, 199)),
        PrintedLetter("e", Box(190, 200, 198, 210)),
    ]
    letters = [
        PrintedLetter(each.text, each.box, each.follows_blank and each.text == "c") for each in letters
    ]
    assert read([*letters, *accents]) == "na\u00efve caf\u00e9"


def test_a_ligature_is_its_letters() -> None:
    (first, second) = letters_of_line([PrintedLetter("fl", Box(100, 198, 120, 210))], CORE)
    assert (first.text, second.text) == ("f", "l")
    assert first.centre < second.centre
