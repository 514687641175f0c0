"""Line breaks between elements go, at a cost that their number is worth."""

from tests.growth import Seed, fitting_size, grows
from writetex_desktop.adapters.exporters.mathml import clean_mathml
from writetex_desktop.core.errors import RenderError


def test_breaks_between_elements_go_and_blanks_within_text_stay() -> None:
    markup = "<math>\n  <mtext>a\n b</mtext> \t\n\n <mi>x</mi>\n</math>"
    assert "<mtext>a\n b</mtext><mi>x</mi></math>" in clean_mathml(markup)


def test_a_text_of_line_breaks_costs_what_its_length_is_worth() -> None:
    def call(text: str) -> None:
        try:
            clean_mathml(text)
        except RenderError:
            return

    size, ordinary_s = fitting_size(call)
    for before in (">", "> \n"):
        assert not grows(call, Seed(before, "\n", "!"), size, ordinary_s)
