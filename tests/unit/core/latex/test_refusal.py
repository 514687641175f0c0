"""A model that saw no picture says so in many ways; a formula never does."""

import json
from pathlib import Path

import pytest

from writetex_desktop.core.latex.refusal import tells_of_no_picture
from writetex_desktop.core.markup import clean
from writetex_desktop.core.reading.recognition import Mode

CORPUS = json.loads((Path(__file__).parents[3] / "data" / "render-corpus.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "answer",
    [
        "I'm sorry, but I can't see the image. Please upload it again.",
        "I can’t see an image",
        "I cannot view images, but if you describe the formula I can write it in LaTeX.",
        "I'm unable to process images directly. Could you type the formula?",
        "I don't see any image attached to your message.",
        "No image was provided. Please share it and I will transcribe it.",
        "There is no image attached.",
        "It seems there is no picture in your message provided.",
        "As a text-based AI model, I do not have the ability to see images.",
        "Sure! Please provide the image you would like me to transcribe.",
        "```latex\n\\text{I cannot see the image}\n```",
        "Je ne peux pas voir l'image que vous avez envoyée.",
        "Je suis désolé, mais aucune image n'a été fournie.",
        "Ich kann leider keine Bilder sehen.",
        "Es wurde kein Bild angehängt.",
        "Lo siento, no puedo ver la imagen.",
        "抱歉，我无法查看图片。",
        "请上传图片，我会为您转写公式。",
        "画像が見えません。もう一度送ってください。",
        "Извините, я не вижу изображения.",
    ],
)
def test_an_answer_without_a_picture_is_known(answer: str) -> None:
    assert tells_of_no_picture(clean(answer) or answer)


@pytest.mark.parametrize(
    "answer",
    [
        "\\text{im} f \\subseteq \\ker g",
        "\\text{the image of } f \\text{ is closed}",
        "Let \\(f\\) be a map with image \\(Y\\). We do not assume that \\(f\\) is open.",
        "The picture shows a group.",
        "x^2",
        "No solution exists.",
    ],
)
def test_what_stands_in_a_picture_is_no_refusal(answer: str) -> None:
    assert not tells_of_no_picture(clean(answer, Mode.TEXT))


def test_no_formula_of_the_corpus_is_a_refusal() -> None:
    assert not [each["latex"] for each in CORPUS if tells_of_no_picture(clean(each["latex"]))]


def test_a_long_text_that_speaks_of_pictures_is_no_refusal() -> None:
    assert not tells_of_no_picture("I cannot see the image. " + "It goes on and on. " * 60)
