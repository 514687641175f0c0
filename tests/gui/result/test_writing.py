"""LaTeX that was typed or pasted: no picture, but a drawing, and every format."""

import pytest
from PySide6.QtWidgets import QApplication

from tests.gui.result.copy_desk import CopyDesk, play, until
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.latex.edits import MOST_PASTED, is_latex
from writetex_desktop.ui.toolkit.views.crop import CropView
from writetex_desktop.ui.toolkit.views.formula import FormulaView


def test_what_is_written_without_a_picture_is_drawn_and_copied(qapp: QApplication) -> None:
    async def story(desk: CopyDesk) -> None:
        desk.presenter.write(r"\frac{a}{b}")
        (drawn,) = desk.window.findChildren(FormulaView)
        await until(lambda: drawn.drawn_rect().height() > 0)
        (crop,) = desk.window.findChildren(CropView)
        assert not crop.has_picture
        assert desk.actions.copy.isEnabled()
        assert not desk.actions.retry.isEnabled()
        desk.presenter.copy_as(OutputFormat.TYPST)
        await until(lambda: "frac(a, b)" in desk.clipboard.content.text)

    play(qapp, story)


def test_an_empty_editor_leaves_the_results_before_in_reach(qapp: QApplication) -> None:
    async def story(desk: CopyDesk) -> None:
        desk.read("x^2")
        await until(lambda: desk.window.pane.markup == "x^2")
        desk.presenter.write("")
        assert desk.window.pane.markup == ""
        assert desk.actions.previous_result.isEnabled()
        desk.presenter.turn(-1)
        assert desk.window.pane.markup == "x^2"

    play(qapp, story)


@pytest.mark.parametrize("text", [r"\int_0^1 x\,dx", "E = mc^2", "$x$", "a_1", r"\alpha"])
def test_latex_on_the_clipboard_is_known(text: str) -> None:
    assert is_latex(text)


@pytest.mark.parametrize("text", ["", "hello world", "C:\\", "10:30", "x^2 " * MOST_PASTED])
def test_other_text_on_the_clipboard_is_left_alone(text: str) -> None:
    assert not is_latex(text)


def test_what_is_inserted_comes_to_the_cursor_or_into_an_empty_editor(qapp: QApplication) -> None:
    async def story(desk: CopyDesk) -> None:
        desk.presenter.insert(r"\alpha")
        pane = desk.window.pane
        assert pane.markup == r"\alpha"
        assert desk.window.shows(pane)
        desk.presenter.insert(r"\ltimes")
        assert pane.markup == r"\alpha\ltimes"
        desk.read("x^2")
        await until(lambda: pane.markup == "x^2")
        pane._source.show_position(0)
        desk.presenter.insert(r"\beta")
        assert pane.markup == r"\beta x^2"
        assert desk.jobs.jobs.value[-1].text == r"\beta x^2"

    play(qapp, story)
