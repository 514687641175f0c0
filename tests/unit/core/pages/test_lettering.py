"""Blanks stand where paper is between the signs, whatever the network for letters has guessed."""

from hypothesis import given
from hypothesis import strategies as st

from writetex_desktop.core.pages.lettering import parted
from writetex_desktop.core.pages.marks import Letter
from writetex_desktop.core.pictures.parting.signs import Sign

WIDE = {"m": 0.8, "w": 0.7, "i": 0.2, "l": 0.2, "f": 0.3, "t": 0.3, ".": 0.15, ",": 0.15, "\ufb02": 0.5}


def signs_of(text: str, blank: float = 0.35, joint: float = 0.05) -> list[Sign]:
    """The signs of a line, with paper between words and a little between letters."""
    signs, left = [], 0.0
    for letter in text:
        if letter == " ":
            left += blank - joint
            continue
        width = WIDE.get(letter, 0.45)
        # A joined `fl` is a sign that the detector has never seen: it calls it something as wide.
        name = "\\mathrm{H" if letter == "\ufb02" else f"\\mathrm{{{letter}" if letter.isalpha() else letter
        signs.append(Sign(name, left, 0.5, left + width, 1.0))
        left += width + joint
    return signs


def read_as(text: str, drawn: str, blank: float = 0.35) -> str:
    """What becomes of letters that were read as `text` where `drawn` stands, their middles a little off."""
    places = iter(signs_of(drawn, blank))
    letters, last = [], 0.0
    for number, letter in enumerate(text):
        if letter == " ":
            letters.append(Letter(" ", last))
            continue
        sign = next(places)
        last = sign.centre + (0.1 if number % 2 else -0.1)
        letters.append(Letter(letter, last))
    return "".join(letter.text for letter in parted(letters, signs_of(drawn, blank)))


def test_a_word_that_was_parted_is_one_again() -> None:
    assert read_as("be am s of gr avit ational fi elds", "beams of gravitational fields") == (
        "beams of gravitational fields"
    )


def test_words_that_were_joined_are_parted() -> None:
    assert read_as("and theforcethatcauses honeyto run.", "and the force that causes honey to run.") == (
        "and the force that causes honey to run."
    )


def test_a_blank_that_is_no_wider_than_letters_are_apart_is_left_to_the_network() -> None:
    assert read_as("a tight line", "a tight line", blank=0.22) == "a tight line"
    assert read_as("a tightline", "a tight line", blank=0.22) == "a tightline"


def test_the_l_of_a_joined_fl_is_put_back() -> None:
    assert read_as("to de fect and fow", "to de\ufb02ect and \ufb02ow") == "to deflect and flow"
    assert read_as("a form for all of us", "a form for all of us") == "a form for all of us"


def test_a_line_of_letters_that_are_far_apart_is_told_by_itself() -> None:
    """A typewriter's letters are as far apart as some words elsewhere."""
    letters: list[Letter] = []
    signs = signs_of("each word has its own room", blank=0.8, joint=0.24)
    places = iter(signs)
    for letter in "each wo rd has its own room":
        last = letters[-1].centre if letters else 0.0
        letters.append(Letter(" ", last) if letter == " " else Letter(letter, next(places).centre))
    assert "".join(letter.text for letter in parted(letters, signs)) == "each word has its own room"


def test_a_hand_that_the_signs_do_not_know_is_left_alone() -> None:
    letters = [Letter(letter, 0.5 * at) for at, letter in enumerate("some words")]
    strange = [Sign("\\Xi", 0.3 * at, 0.5, 0.3 * at + 0.2, 1.0) for at in range(12)]
    assert parted(letters, strange) == tuple(letters)


def test_chinese_has_no_blanks_to_be_found() -> None:
    letters = [Letter(letter, 1.0 * at) for at, letter in enumerate("公式 是")]
    assert parted(letters, signs_of("abc")) == tuple(letters)


@given(st.lists(st.text("abcdeghinorstuv", min_size=1, max_size=9), min_size=1, max_size=8), st.data())
def test_whatever_blanks_were_read_the_words_are_those_that_were_drawn(
    words: list[str], data: st.DataObject
) -> None:
    drawn = " ".join(words)
    text = ""
    for letter in "".join(words):
        text += letter + data.draw(st.sampled_from(("", "", " ")))
    assert read_as(text.strip(), drawn) == drawn
