"""What programs put round an answer goes; what only looks like it stays."""

import pytest

from writetex_desktop.core.markup.cleaning import clean

FORMULA = "\\frac{a}{b} + c"


@pytest.mark.parametrize(
    "text",
    [
        f'print(r"{FORMULA}")',
        f"display(Math(r'{FORMULA}'))",
        f'latex = r"{FORMULA}"',
        f"latex: |\n  {FORMULA}\n",
        f"| LaTeX |\n|---|\n| ${FORMULA}$ |",
        f"<latex><![CDATA[{FORMULA}]]></latex>",
        f"Option 1: ${FORMULA}$\nOption 2: $a + c$",
        f"$${FORMULA}$$\n\noder:\n\n$$a + c$$",
        f"✅ {FORMULA}",
        f"{FORMULA} \\]",
        f"{FORMULA}\ndata: [DONE]",
    ],
)
def test_what_is_round_the_formula_goes(text: str) -> None:
    assert clean(text) == FORMULA


@pytest.mark.parametrize(
    "formula",
    [
        "r' : \\text{Proj}(A') \\to \\text{Proj}(A'')",
        "R' \\otimes_R I \\to I'",
        "f'' = f' \\circ g' = f \\circ g \\circ g'",
        "S! = k",
        "x = [a, b \\\\]",
        "| a | = | b |",
        "\\left| \\begin{matrix} a & b \\\\ c & d \\end{matrix} \\right|",
    ],
)
def test_a_formula_that_only_looks_like_it_stays(formula: str) -> None:
    assert clean(formula) == formula
