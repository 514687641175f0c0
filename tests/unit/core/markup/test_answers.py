"""How models answer in practice, by the classes that were found; and what must not be harmed."""

import pytest

from writetex_desktop.core.markup import clean, is_repeating
from writetex_desktop.core.reading.recognition import Mode

F = r"\frac{a}{b}"

LED_IN = [
    f"好的，公式如下：\n{F}",
    f"Der LaTeX-Code lautet:\n{F}",
    f"Le code LaTeX est :\n{F}",
    f"Here is the transcription\n{F}",
    f"The LaTeX for the formula is ${F}$.",
    f"该图片中的数学公式用LaTeX表示为：${F}$",
    f"Aquí está el código LaTeX:\n\n{F}",
    f"La fórmula en la imagen es: ${F}$",
    f"Ecco il codice LaTeX:\n{F}",
    f"La formula nell'immagine è ${F}$.",
    f"Aqui está o código em LaTeX:\n{F}",
    f"数式は次のとおりです：\n{F}",
    f"画像の数式をLaTeXで表すと：${F}$",
    f"수식은 다음과 같습니다:\n{F}",
    f"이미지의 수식은 ${F}$입니다.",
    f"Вот формула в LaTeX:\n{F}",
    f"Формула на изображении: ${F}$",
    f"إليك المعادلة بصيغة LaTeX:\n{F}",
    f"الصيغة في الصورة هي: ${F}$",
    f"Die Formel im Bild lautet ${F}$.",
    f"La formule de l’image est ${F}$.",
    f"Sure! Here's the transcribed formula in LaTeX:\n\n$$\n{F}\n$$",
    f"Certainly, the equation shown reads as follows.\n{F}",
    f"**LaTeX:** {F}",
    f"Answer:\n{F}",
    f"The final answer is: $\\boxed{{{F}}}$",
    f"### Transcription\n\n{F}",
]
TALKED_AFTER = [
    f"{F}\nThis is the quadratic formula.",
    f"{F}\n\nWhere $a$ and $b$ are real numbers.",
    f"{F}\n\n以上是图片中的公式。",
    f"{F}\n\nDies ist die gesuchte Formel.",
    f"{F}\n\nC'est la formule demandée.",
    f"{F}\n\nこれは画像の数式です。",
    f"{F}\n\n이것은 이미지의 수식입니다.",
    f"{F}\n\nЭто формула из изображения.",
    f"{F}\n\nهذه هي المعادلة المطلوبة.",
    f"$$\n{F}\n$$\n\nwhere:\n- $a$ is the numerator\n- $b$ is the denominator",
]
IN_JSON = [
    '{"latex": "\\frac{a}{b}"}',
    '{"latex": "\\\\frac{a}{b}"}',
    '{"result": "\\\\frac{a}{b}"}',
    '{"equations": ["\\\\frac{a}{b}"]}',
    '{"output": {"latex": "\\\\frac{a}{b}"}, "confidence": 0.9}',
    '"\\\\frac{a}{b}"',
    '"\\frac{a}{b}"',
    '```json\n{"latex": "\\frac{a}{b}"}\n```',
    '[{"formula": "\\\\frac{a}{b}"}]',
    '{"LaTeX": "$$\\\\frac{a}{b}$$", "notes": null}',
]
THOUGHT = [
    f"<seed:think>A fraction.</seed:think>{F}",
    f"[THINK]A fraction: $x$.[/THINK]{F}",
    f"analysisThe image shows a fraction.assistantfinal{F}",
    f"<|channel>thought\nA fraction.<channel|>{F}",
    f"<|channel|>analysis<|message|>A fraction.<|end|><|start|>assistant<|channel|>final<|message|>{F}",
    f"<think>\nA fraction.\n</think>\n\n{F}",
    f"<reflection>Good.</reflection>{F}",
]
ENDED = [
    f"{F}</s>",
    f"{F}<end_of_turn>",
    f"{F}<eos>",
    f"{F}<pad><pad><pad>",
    f"<s>{F}</s>",
    f"{F}<|endoftext|>",
    f"{F}<|eot_id|>",
    f"[INST]{F}[/INST]",
]
DRESSED = [
    f"[ x = {F} ]",
    f"[\n{F}\n]",
    f"**{F}**",
    f"> $${F}$$",
    f"- ${F}$",
    f'"{F}"',
    f"“{F}”",
    f"'{F}'",
    f"「{F}」",
    f"latex\n{F}",
    f"assistant\n{F}",
    f"% The formula of the picture\n{F}",
    f"1. ${F}$",
    f"> {F}\n> ",
    f"**$${F}$$**",
]
TWICE = [
    f"```latex\n$$\n{F}\n$$\n```\n\nInline:\n\n```latex\n${F}$\n```",
    f"$${F}$$ $${F}$$",
    f"\\[{F}\\]\n\nor inline: \\({F}\\)",
]
MARKED_UP = [
    "<math xmlns='http://www.w3.org/1998/Math/MathML'><mfrac><mi>a</mi><mi>b</mi></mfrac></math>",
    '<math><semantics><mi>x</mi><annotation encoding="x-tex">\\frac{a}{b}</annotation></semantics></math>',
    "<mfrac><mi>a</mi><mi>b</mi></mfrac>",
    f'<script type="math/tex">{F}</script>',
    f'<script type="math/tex; mode=display">{F}</script>',
]


@pytest.mark.parametrize(
    "answer", [*LED_IN, *TALKED_AFTER, *IN_JSON, *THOUGHT, *ENDED, *DRESSED, *TWICE, *MARKED_UP]
)
def test_the_formula_is_found_in_every_form_of_answer(answer: str) -> None:
    assert clean(answer).removeprefix("x = ") == F


@pytest.mark.parametrize(
    ("answer", "markup"),
    [
        ("E = mc<sup>2</sup>", "E = mc^{2}"),
        ("H<sub>2</sub>O", "H_{2}O"),
        ("\\\\frac{a}{b}\\n+ \\\\alpha", "\\frac{a}{b}\n+ \\alpha"),
        ("x\\_1 + x\\_{12}", "x_1 + x_{12}"),
        ("√(x+1)", "\\sqrt{x+1}"),
        ("√(a(b+c))+√2", "\\sqrt{a(b+c)}+\\sqrt{2}"),
        ("∛x", "\\sqrt[3]{x}"),
        ("√α", "\\sqrt{\\alpha}"),
        ("x̄", "\\bar{x}"),
        ("x̂ + ŷ", "\\hat{x} + \\hat{y}"),
        ("ẋ = ẍ", "\\dot{x} = \\ddot{x}"),
        ("v⃗", "\\vec{v}"),
        ("ħω", "\\hbar\\omega"),
        ("20℃", "20^{\\circ}\\mathrm{C}"),
        ("“a”", "a"),
        ("Aᵀ xᵏ", "A^{T} x^{k}"),
        ("⅓", "\\frac{1}{3}"),
        ("&alpha;&#x2264;&#946;&sup2;", "\\alpha\\leq\\beta^{2}"),
        ("x^2\n\n---\nThis is a parabola.", "x^2"),
        ("a &b; c", "a &b; c"),
        ("µ∆", "\\mu\\Delta"),
        ("<msup><mi>x</mi><mn>2</mn></msup><mo>+</mo><msqrt><mi>y</mi></msqrt>", "x^{2}+\\sqrt{y}"),
        ("<mover><mi>x</mi><mo>¯</mo></mover><mo>=</mo><mi>sin</mi><mi>α</mi>", "\\bar{x}=\\sin \\alpha"),
        ("<msubsup><mo>∫</mo><mn>0</mn><mi>∞</mi></msubsup><mi>f</mi>", "\\int_{0}^{\\infty}f"),
        ('{"text": "a\\nb", "latex": "\\nabla x"}', "\\nabla x"),
    ],
)
def test_what_programs_do_to_a_formula_is_undone(answer: str, markup: str) -> None:
    assert clean(answer) == markup


@pytest.mark.parametrize(
    "markup",
    [
        "0." + "3" * 70,
        "0." + "142857" * 15,
        "Answer: 5",
        "[0, 1]",
        "[ a , b ]",
        "[ \\hat{x} , \\hat{p} ]",
        "[x, y] = 0",
        "[ x ]",
        "( a + b )",
        "> 0",
        "- x",
        "- \\frac{a}{b}",
        "f(x)",
        "x = 1 \\text{ if } y",
        "\\text{Theorem of Pythagoras}\na^2 + b^2 = c^2",
        "a' + b'",
        "f'",
        "a < s > b",
        "\\{ a , b \\}",
        "\\text{a\\_b}",
        "\\mathrm{max\\_iter}",
        "\\text{naïve für}",
        "für x > 0",
        "x \\in [ 0, 1 ]",
        "a ** b",
        "\\begin{cases} x & y \\\\ % first\n z \\end{cases}",
        "\\nu\\neq\\nabla",
        "\\\\n",
        "\\text{if and only if}",
        "sin x cos y",
        "a\n+ b",
        '\\text{say "yes"}',
        "f: X \\to Y",
        "\\angle ABC",
        "H: p = 0",
        "é",
        "\\text{“Italy”}",
        '"Italy"',
        "max\\_iter \\leq solve\\_all(x)",
        "( \\partial f / \\partial x )",
        "[ \\vec{v}_1 ~ \\vec{v}_2 ]",
        "\\boxed{x}",
    ],
)
def test_an_honest_answer_is_not_harmed(markup: str) -> None:
    assert clean(markup) == markup


def test_a_row_of_digits_is_a_loop_only_beyond_what_is_printed() -> None:
    assert not is_repeating("0." + "3" * 150)
    assert is_repeating("0." + "3" * 600)
    assert is_repeating("1234567890" * 60)


@pytest.mark.parametrize("mode", [Mode.TEXT, Mode.TABLE, Mode.TIKZ])
def test_thoughts_and_tokens_go_in_every_mode(mode: Mode) -> None:
    body = "\\begin{tabular}{c} a \\end{tabular}"
    assert clean(f"<seed:think>Hm.</seed:think>{body}<end_of_turn>", mode) == body
