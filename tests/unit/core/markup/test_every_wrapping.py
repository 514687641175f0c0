"""Formulas in every wrapping come out as they went in.

`FORMULAS_FILE` may name a file of formulas, gzipped JSON lines with `latex`; 2,000 of them are taken. The
project's own corpus is what is always there.
"""

import gzip
import json
import os
import re
from itertools import islice
from pathlib import Path

import pytest

from writetex_desktop.core.markup import clean

OWN = Path(__file__).parents[3] / "data" / "render-corpus.json"
SAMPLE = 2_000
PROSE = (
    "以下是图片中公式的LaTeX代码：",
    "Hier ist die Formel aus dem Bild:",
    "Voici la formule de l'image :",
    "Aquí está la fórmula de la imagen:",
    "Ecco la formula nell'immagine:",
    "Aqui está a fórmula da imagem:",
    "画像の数式は次のとおりです：",
    "이미지의 수식은 다음과 같습니다:",
    "Вот формула с изображения:",
    "هذه هي المعادلة في الصورة:",
    "Here is the formula in the image:",
)
WRAPPINGS = (
    *((f"```{name}\n", "\n```") for name in ("latex", "tex", "math", "", "LaTeX")),
    *(("$$", "$$"), ("$$\n", "\n$$"), ("\\[", "\\]"), ("\\[\n", "\n\\]"), ("\\(", "\\)"), ("**$$", "$$**")),
    *(
        ("> $$", "$$"),
        ("- $", "$"),
        ("```latex\n$$\n", "\n$$\n```"),
        ("\\begin{equation}\n", "\n\\end{equation}"),
    ),
    *((opening, closing) for opening, closing in (("<s>", "</s>"), ("", "<eos>"), ("", "<end_of_turn>"))),
    *(("<think>x = 1</think>\n\n", ""), ("<seed:think>$y$</seed:think>", ""), ("[THINK]a[/THINK]", "")),
    *(("analysisThe image shows it.assistantfinal", ""), ("<|channel>thought\na<channel|>", "")),
    *((f"{said}\n\n$$\n", "\n$$") for said in PROSE),
    *((f"{said}\n\n```latex\n", "\n```") for said in PROSE),
    *((f"{said}\n\n\\[\n", "\n\\]\n\nHope this helps!") for said in PROSE),
    *(("latex\n", ""), ("assistant\n", ""), ('<script type="math/tex">', "</script>")),
)


def formulas() -> list[str]:
    """Give the formulas as `clean` leaves them bare, without those that are prose with delimiters in them."""
    named = os.environ.get("FORMULAS_FILE")
    if named:
        with gzip.open(named, "rt", encoding="utf-8") as lines:
            every = [json.loads(line)["latex"] for line in islice(lines, 0, 200_000, 200_000 // SAMPLE)]
    else:
        every = [
            each["latex"] for each in json.loads(OWN.read_text(encoding="utf-8")) if each["expect"] == "ok"
        ]
    bare = (clean(each) for each in every)
    return [
        each for each in bare if each and not any(sign in each for sign in ("$", "\\(", "\\[", "```", "%"))
    ]


@pytest.mark.parametrize(("opening", "closing"), WRAPPINGS)
def test_a_formula_comes_out_of_every_wrapping(opening: str, closing: str) -> None:
    wrong = [
        each
        for each in formulas()
        if "".join(clean(opening + each + closing).split()) != "".join(each.split())
    ]
    assert wrong == []


def test_a_formula_comes_out_of_json_with_and_without_escapes() -> None:
    for each in formulas():
        assert clean(json.dumps({"latex": each})) == each
        assert clean(json.dumps([{"type": "formula", "text": each}])) == each
        # Without a command there is nothing that tells whether backslashes were doubled.
        if re.search(r"(?<!\\)\\[a-zA-Z]{2}", each) and not re.search(r'["\n]|\\u', each):
            assert "".join(clean('{"latex": "' + each + '"}').split()) == "".join(each.split())
