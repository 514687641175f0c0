"""Lines become columns, paragraphs, headings, items, notes and furniture."""

from dataclasses import replace

import pytest

from writetex_desktop.core.formats.page import Formula, Paragraph, Role, Words
from writetex_desktop.core.pages.columns import columns_of, gutters_of
from writetex_desktop.core.pages.flow import Style, blocks_of_column, rows_of, style_of
from writetex_desktop.core.pages.places import Line, Piece
from writetex_desktop.core.pages.regions import displays_in, is_text, stands_in_text
from writetex_desktop.core.pages.sentences import joined_pieces
from writetex_desktop.core.pictures.geometry import Box

EM = 20.0
STYLE = Style(EM, 25.0, 1000.0, 1400.0, is_page=True)


def line(text: str, top: float, left: float = 100.0, em: float = EM, *, bold: bool = False) -> Line:
    box = Box(left, top, left + 0.5 * em * len(text), top + 0.8 * em)
    return Line(box, (Piece(text, box),), em, bold)


def paragraphs(*lines: Line, style: Style = STYLE) -> list[Paragraph]:
    found = [placed.block for placed in blocks_of_column(lines, style)]
    assert all(isinstance(block, Paragraph) for block in found)
    return [block for block in found if isinstance(block, Paragraph)]


def test_lines_flow_together_and_a_hyphen_goes() -> None:
    (block,) = paragraphs(
        line("The quick brown fox jumps over the lazy dog and con-", 300),
        line("tinues to run through the wide and open field until", 325),
        line("it is dark.", 350),
    )
    (words,) = block.runs
    assert isinstance(words, Words)
    assert "and continues to run" in words.text
    assert words.text.endswith("until it is dark.")


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("A morphism is quasi-", "compact in this sense.", "quasi-compact"),
        ("Such a ring is Cohen-", "Macaulay.", "Cohen-Macaulay"),
        ("The path is piecewise-", "smooth here.", "piecewise-smooth"),
        ("All spaces are path-", "connected; a path-connected space is one.", "path-connected; a"),
        ("We call it conti-", "nuous, and continuous it is.", "continuous, and"),
        ("Both pre-", "and postfix are used.", "pre- and postfix"),
        ("It is in-", "dependent of that.", "independent of"),
        ("He was cross-", "ing the road.", "crossing"),
        ("The p-", "adic numbers are complete.", "p-adic"),
        ("a hand-in-", "glove fit of both", "hand-in-glove"),
    ],
)
def test_a_hyphen_of_the_word_itself_stays(first: str, second: str, told: str) -> None:
    rows = line(first, 300), line(second, 325)
    (block,) = paragraphs(*rows, style=replace(STYLE, words=style_of(rows, 1000, 1400).words))
    (words,) = block.runs
    assert isinstance(words, Words)
    assert told in words.text


def test_the_page_tells_which_hyphens_are_the_words_own() -> None:
    rows = [line("A skip-gram is a thing with gaps", 300), line("in it; there are as many skip-", 325)]
    rows += [line("grams as there are", 350), line("some skip-grams.", 375)]
    style = style_of(rows, 1000, 1400)
    text = "".join(
        run.text for block in paragraphs(*rows, style=style) for run in block.runs if isinstance(run, Words)
    )
    assert "many skip-grams as" in text


def test_an_indent_and_a_larger_distance_begin_a_paragraph() -> None:
    long = "The quick brown fox jumps over the lazy dog and goes on."
    assert len(paragraphs(line(long, 300), line(long, 325, 130), line(long, 350))) == 2
    assert len(paragraphs(line(long, 300), line(long, 325), line(long, 380))) == 2


def test_a_line_whose_size_was_misjudged_stays_with_its_paragraph() -> None:
    first, last = line("The following values were taken in it", 300), line("of each sample.", 325)
    assert len(paragraphs(first, replace(last, em_px=0.86 * EM))) == 1
    note = line("of each sample.", 325, em=0.86 * EM)
    assert len(paragraphs(first, note)) == 2


def test_a_heading_is_larger_or_bold_and_its_number_tells_its_level() -> None:
    first, text, second = paragraphs(
        line("1.2 On foxes", 300, em=26.0),
        line("The quick brown fox jumps over the lazy dog", 340),
        line("Results", 380, bold=True),
    )
    assert (first.level, text.level, second.level) == (2, 0, 3)


def test_items_notes_captions_and_furniture_have_their_roles() -> None:
    one, two, caption, note, number = paragraphs(
        line("\u2022 first of them", 300),
        line("2. second of them", 325),
        line("Figure 3: A fox.", 400),
        line("1 See elsewhere.", 1200, em=16.0).__class__(
            Box(100, 1200, 400, 1213), (Piece("1 See elsewhere.", Box(100, 1200, 400, 1213)),), 16.0
        ),
        line("17", 1350, 490),
    )
    assert (one.role, one.mark, one.runs) == (Role.ITEM, "-", (Words("first of them"),))
    assert (two.role, two.mark) == (Role.ITEM, "2.")
    assert caption.role is Role.CAPTION
    assert (note.role, note.mark) == (Role.FOOTNOTE, "1")
    assert number.role is Role.FURNITURE


def test_a_formula_that_was_broken_is_one_again_and_blanks_are_kept() -> None:
    first = Box(100, 300, 500, 316)
    second = Box(100, 325, 500, 341)
    (block,) = paragraphs(
        Line(first, (Piece("so", first), Piece("a = b +", first, is_formula=True)), EM),
        Line(second, (Piece("c", second, is_formula=True), Piece(", too", second, is_glued=True)), EM),
    )
    assert block.runs == (Words("so "), Formula("a = b + c"), Words(", too"))


def test_a_large_first_letter_stands_at_the_beginning_of_its_line() -> None:
    drop = Line(Box(100, 300, 140, 345), (Piece("O", Box(100, 300, 140, 345)),), 60.0)
    rows = rows_of([line("nce upon a time", 300, 150), line("there was a fox", 325, 150), drop])
    assert [row.text for row in rows] == ["Once upon a time", "there was a fox"]


def test_columns_are_read_one_after_the_other_below_a_title_over_both() -> None:
    title = Box(100, 50, 900, 80)
    left = [Box(100, top, 480, top + 16) for top in range(100, 300, 25)]
    right = [Box(520, top, 900, top + 16) for top in range(100, 300, 25)]
    boxes = [*right, title, *left]
    order = [number for column in columns_of(boxes, EM) for number in column]
    assert [boxes[number] for number in order] == [title, *left, *right]


def test_the_numbers_of_equations_are_no_column() -> None:
    boxes = [
        box
        for top in range(100, 400, 50)
        for box in (Box(300, top, 600, top + 20), Box(870, top, 900, top + 20))
    ]
    assert len(columns_of(boxes, EM)) == 1


@pytest.mark.parametrize(
    ("words", "share", "expected"),
    [
        (["Let", "be", "a", "set"], 0.5, True),
        (["sin", "log"], 0.9, False),
        (["(1)"], 1.0, False),
        (["otherwise"], 0.1, False),
        (["第二章"], 0.9, True),
    ],
)
def test_a_line_is_text_by_its_words(words: list[str], share: float, *, expected: bool) -> None:
    assert is_text(words, share) is expected


def test_parts_of_a_display_hang_together_and_text_between_parts_displays() -> None:
    fraction = [Box(300, 100, 340, 118), Box(295, 122, 345, 124), Box(300, 128, 340, 146)]
    number = Box(860, 112, 900, 132)
    other = Box(300, 260, 500, 290)
    text = Box(100, 200, 900, 216)
    groups, absorbed = displays_in([*fraction, number, other], [text], [], EM)
    assert sorted(sorted(group) for group in groups) == [[0, 1, 2, 3], [4]]
    assert absorbed == set()
    _, absorbed = displays_in([Box(300, 100, 600, 160)], [Box(620, 110, 700, 126)], [], EM)
    assert absorbed == {0}


def test_what_is_usual_is_told_by_the_lines() -> None:
    style = style_of([line("The quick brown fox", 100 + 25 * at) for at in range(8)], 1000, 1400)
    assert (style.em_px, style.pitch_px, style.is_page) == (EM, 25.0, True)


def test_a_narrow_gutter_is_found_though_a_page_number_stands_in_it() -> None:
    """What LaTeX's own two columns give: ten points of paper, and the number of the page in the middle."""
    left = [Box(98, top, 486 + top % 3, top + 18) for top in range(160, 1200, 20)]
    right = [Box(505 + top % 4, top, 895, top + 18) for top in range(95, 900, 20)]
    number = Box(492, 1346, 502, 1360)
    boxes = [*right, number, *left]
    order = [boxes[at] for column in columns_of(boxes, 15.0) for at in column]
    assert [box for box in order if box is not number] == [*left, *right]


def test_a_gutter_is_told_from_the_indents_of_its_columns() -> None:
    left = [Box(98 + 16 * (top % 3 == 0), top, 486, top + 18) for top in range(160, 800, 20)]
    right = [Box(505 + 20 * (top // 20 % 2), top, 895, top + 18) for top in range(95, 800, 20)]
    (gutter,) = gutters_of([*right, *left], 15.0)
    assert 486 < gutter < 506
    assert gutters_of(left, 15.0) == []


def test_a_short_line_is_no_part_of_a_display_of_the_other_column() -> None:
    columns = [Box(100, 100, 480, 600), Box(520, 100, 900, 600)]
    formula, last = Box(640, 300, 780, 340), Box(100, 310, 150, 326)
    _, absorbed = displays_in([formula], [last], columns, EM)
    assert absorbed == set()


def test_a_line_of_formulas_is_text_where_it_goes_on_in_a_paragraph() -> None:
    above = [Box(100, top, 480, top + 16) for top in (100, 125, 150)]
    assert stands_in_text(Box(101, 175, 300, 191), [], above, EM)
    assert not stands_in_text(Box(220, 190, 360, 206), [], above, EM)
    assert not stands_in_text(Box(100, 210, 300, 226), ["if"], above, EM)
    assert stands_in_text(Box(100, 210, 300, 226), ["Since", "we", "have"], above, EM)


def test_a_heading_goes_on_in_the_next_line_behind_its_number() -> None:
    (block,) = paragraphs(
        line("1 Functions and what is said of", 300, em=26.0, bold=True),
        line("them", 333, 140, em=26.0, bold=True),
    )
    assert block.level == 1


def test_a_formula_takes_the_number_that_the_next_line_begins_with() -> None:
    box = Box(0, 0, 1, 1)
    first = Line(box, (Piece("for all", box), Piece("r \\geq", box, is_formula=True)), EM)
    second = Line(box, (Piece("0 and the rest", box),), EM)
    assert [piece.text for piece in joined_pieces([first, second])] == [
        "for all",
        "r \\geq 0",
        "and the rest",
    ]
    tensor = Line(box, (Piece("M \\otimes _R", box, is_formula=True),), EM)
    other = Line(box, (Piece("N", box, is_formula=True), Piece("is flat", box)), EM)
    assert [piece.text for piece in joined_pieces([tensor, other])] == ["M \\otimes _R N", "is flat"]
