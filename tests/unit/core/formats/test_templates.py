"""Templates: what fills them, and those that come with the program."""

import pytest

from writetex_desktop.core.errors import ConversionError, SettingsError
from writetex_desktop.core.formats.mathtext import BUILDERS, SIGNS, to_mathtext
from writetex_desktop.core.formats.template import (
    SHIPPED,
    NamedTemplate,
    fill,
    find_template,
    placeholders,
    template_text,
)


def test_every_shipped_template_fills_and_has_a_name_and_a_key_of_its_own() -> None:
    for each in SHIPPED:
        filled = fill(each.text, dict.fromkeys(placeholders(each.text), "x"))
        assert "x" in filled
        assert "{{" not in filled
    assert len({each.name for each in SHIPPED}) == len({each.key for each in SHIPPED}) == len(SHIPPED)


def test_a_doubled_brace_is_one_brace() -> None:
    jira = find_template("jira, confluence", ())
    assert jira is not None
    assert fill(jira.text, {"body": "x"}) == "{latex}x{latex}"


def test_the_blanks_before_a_placeholder_stand_before_each_of_its_lines() -> None:
    assert fill(".. math::\n\n   {latex}", {"latex": "a\nb"}) == ".. math::\n\n   a\n   b"
    assert fill("x {latex}", {"latex": "a\nb"}) == "x a\nb"


def test_one_of_the_users_own_comes_before_one_of_ours() -> None:
    own = NamedTemplate("Notion", "{latex}")
    assert find_template("NOTION", (own,)) is own
    assert find_template("no such", (own,)) is None


@pytest.mark.parametrize(
    ("latex", "mathtext"),
    [
        ("\\frac{a}{b}\n+ \\alpha", "\\frac{a}{b} + \\alpha"),
        ("\\bigl(x\\bigr)", "(x)"),
        ("\\tfrac12 \\lVert v\\rVert", "\\frac12 \\| v\\|"),
    ],
)
def test_mathtext_is_written_as_matplotlib_draws_it(latex: str, mathtext: str) -> None:
    assert to_mathtext(latex) == mathtext


@pytest.mark.parametrize("latex", ["\\begin{pmatrix}a\\end{pmatrix}", "a\\\\b", "\\boxed{x}", "a & b"])
def test_what_matplotlib_cannot_draw_is_refused_by_its_name(latex: str) -> None:
    with pytest.raises(ConversionError, match="Matplotlib cannot draw"):
        to_mathtext(latex)


def test_matplotlib_draws_every_sign_and_builder() -> None:
    mathtext = pytest.importorskip("matplotlib.mathtext", reason="Matplotlib is not installed")
    parser = mathtext.MathTextParser("path")
    arguments = {
        **dict.fromkeys(("frac", "dfrac", "binom", "underset", "overset"), "{a}{b}"),
        "left": "(a\\right)",
        "right": "",
        "middle": "",
        "not": "=",
        "hspace": "{1}",
        "substack": "{a}",
    }
    for name in sorted(SIGNS | BUILDERS - {"right", "middle"}):
        plain, taking = f"$\\{name}$", f"$\\{name}{arguments.get(name, '{x}')}$"
        try:
            parser.parse(plain)
        except ValueError:
            parser.parse(taking)


def test_a_template_is_found_by_its_name_and_what_is_no_name_is_not_printed_as_a_text() -> None:
    own = (NamedTemplate("My notes", "<<{latex}>>"),)
    assert template_text("my notes", own) == "<<{latex}>>"
    assert template_text("Org", own) == "\\({body}\\)"
    assert template_text("{latex}!", own) == "{latex}!"
    with pytest.raises(SettingsError) as refused:
        template_text("My note", own)
    assert (refused.value.message, refused.value.remedy.text) == (
        "There is no template named My note.",
        "Did you mean My notes?",
    )
