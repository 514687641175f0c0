"""Words, nothing, web pages and errors are no formula; a formula is none of them."""

import gzip
import json
import os
import re
from pathlib import Path

import pytest

from writetex_desktop.core.latex.words import Answer, explain, judge
from writetex_desktop.core.markup import clean
from writetex_desktop.core.reading.recognition import Mode

OWN = Path(__file__).parents[3] / "data" / "render-corpus.json"

WORDS = [
    "The image is blank.",
    "There is no mathematical content in the image.",
    "I'm unable to help with that.",
    "Sorry, the image is too blurry to read.",
    "图片中没有数学公式",
    "图片中没有公式。",
    "Désolé, l'image est illisible.",
    "Das Bild enthält keine Formel.",
    "La imagen no contiene ninguna fórmula.",
    "L'immagine è vuota.",
    "A imagem não contém fórmulas.",
    "画像に数式はありません。",
    "이미지에 수식이 없습니다.",
    "На изображении нет формул.",
    "لا توجد معادلة في الصورة.",
    "No formula found",
    "[No formula found]",
    "\\text{The image does not contain a formula.}",
    "I'm sorry, but I can't assist with that request.",
    "The picture shows a cat sitting on a chair (2 of 3).",
    "This appears to be a photograph of a building, not a formula = no LaTeX output.",
    "**The image is blank.**",
    "It looks like the screenshot is empty. Could you select the formula again?",
]
NOTHING = [
    "NONE",
    "none.",
    "**NONE**",
    '"NONE"',
    "`NONE`",
    "[NONE]",
    "(None)",
    "N O N E",
    "$$\\text{NONE}$$",
    "\\boxed{NONE}",
    "\\mathrm{NONE}",
    '{"latex": "NONE"}',
    "<answer>NONE</answer>",
    "NONE - there is no mathematics in the image.",
    "NONE\n\nThe image is blank.",
    "The answer is NONE.",
    "<think>Nothing here.</think>NONE",
    "null",
    "undefined",
    "N/A",
    "{}",
    "[]",
    '""',
    "```latex\n\n```NONE",
    "无",
    "なし",
]
PAGES = [
    "<!DOCTYPE html>\n<html><head><title>Login</title></head><body><p>Please log in</p></body></html>",
    "<html><body>502 Bad Gateway</body></html>",
]
ERRORS = [
    '{"error": {"message": "quota exceeded", "code": 429}}',
    '{"detail": "Not Found"}',
    '{"code": 401, "msg": "token expired"}',
    '{"confidence": 0.3}',
]


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        *((each, Answer.WORDS) for each in WORDS),
        *((each, Answer.NOTHING) for each in NOTHING),
        *((each, Answer.PAGE) for each in PAGES),
        *((each, Answer.ERROR) for each in ERRORS),
    ],
)
def test_what_is_no_formula_is_told_apart(answer: str, kind: Answer) -> None:
    assert judge(answer, clean(answer), Mode.FORMULA) is kind


@pytest.mark.parametrize(
    ("answer", "mode", "kind"),
    [
        ("There is no table in the picture.", Mode.TABLE, Answer.WORDS),
        ("\\begin{tabular}{c} No table here at all \\end{tabular}", Mode.TABLE, Answer.MARKUP),
        ("a & b \\\\ c & d", Mode.TABLE, Answer.MARKUP),
        ("The drawing cannot be reproduced.", Mode.TIKZ, Answer.WORDS),
        ("\\draw (0,0) -- (1,1);", Mode.TIKZ, Answer.MARKUP),
        ("The image is blank, says the author of the text.", Mode.TEXT, Answer.MARKUP),
        ("I'm sorry, but I cannot read the image.", Mode.TEXT, Answer.WORDS),
        ('{"name": "a text about JSON"}', Mode.TEXT, Answer.MARKUP),
        ('{"error": "no such model"}', Mode.TEXT, Answer.ERROR),
        ("NONE", Mode.TEXT, Answer.NOTHING),
        ("<html><body>Sign in</body></html>", Mode.TEXT, Answer.PAGE),
    ],
)
def test_the_mode_decides_what_an_answer_may_be(answer: str, mode: Mode, kind: Answer) -> None:
    assert judge(answer, clean(answer, mode), mode) is kind


@pytest.mark.parametrize(
    "answer",
    [
        "\\text{if and only if}",
        "\\text{Theorem of Pythagoras}",
        "max",
        "sin x cos y",
        "f(x)",
        "x",
        "5",
        "NaCl",
        "Let $x$ be a number and $y$ another.",
        "\\emptyset",
        "\\{ \\}",
        "speed = distance / time",
        "速度 = 距离 / 时间",
        "加速度",
        "A B C D",
        "\\mathrm{No. of turns}",
        "[1, 2]",
        "-",
        "\\text{none}\\,x",
    ],
)
def test_short_and_wordy_formulas_are_formulas(answer: str) -> None:
    assert judge(answer, clean(answer), Mode.FORMULA) is Answer.MARKUP


def test_no_formula_of_the_corpus_is_taken_for_words() -> None:
    named = os.environ.get("FORMULAS_FILE")
    if named:
        with gzip.open(named, "rt", encoding="utf-8") as lines:
            every = (json.loads(line)["latex"] for line in lines)
            # Such corpora hold sentences between formulas by mistake: two words with a blank between them.
            words = re.compile(r"\b[a-z]{2,},? [a-z]{2,}\b|</?[a-z]+|[\u3040-\u9fff]|\{\}\Z|\A[^\w\\]*~\Z")
            formulas = [each for each in every if re.search(r"[\\^_=<>+]", each) and not words.search(each)]
    else:
        formulas = [
            each["latex"] for each in json.loads(OWN.read_text(encoding="utf-8")) if each["expect"] == "ok"
        ]
    wrong = [each for each in formulas if judge(each, clean(each), Mode.FORMULA) is not Answer.MARKUP]
    assert wrong == []


def test_an_error_in_json_is_told_by_its_words() -> None:
    error = explain(Answer.ERROR, '{"error": {"code": 429, "message": "quota exceeded"}}', "m-1")
    assert error.message == "The answer of m-1 holds no formula but “quota exceeded”"


def test_the_sentence_quotes_the_words_and_no_key() -> None:
    said = "I cannot read the image with sk-abcdefghijklmnopqrstuvwxyz. " + "More words. " * 40
    error = explain(Answer.WORDS, said, "m-1")
    assert "m-1 answered in words: “I cannot read the image" in error.message
    assert "abcdefghij" not in error.message
    assert len(error.message) < 250
