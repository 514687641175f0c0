"""What is said to a model: stable, short, and in the words it knows."""

import pytest

from writetex_desktop.core.endpoints.prompt import plan_for, prompt_for
from writetex_desktop.core.reading.recognition import Mode


@pytest.mark.parametrize("mode", Mode)
def test_a_prompt_is_short_ascii_and_ends_without_a_blank(mode: Mode) -> None:
    prompt = prompt_for(mode)
    assert prompt.isascii()
    assert prompt == prompt.strip()
    # English and LaTeX take about four characters a token; 120 tokens are the bound.
    assert len(prompt) < 4.2 * 120 + 40


@pytest.mark.parametrize("mode", Mode)
def test_every_prompt_says_what_to_answer_when_there_is_nothing(mode: Mode) -> None:
    assert prompt_for(mode).endswith("output NONE.")


def test_a_hint_comes_last_on_a_line_of_its_own() -> None:
    assert (
        prompt_for(Mode.FORMULA, " bold  vectors\n")
        == f"{prompt_for(Mode.FORMULA)}\nThe user adds: bold vectors"
    )
    assert prompt_for(Mode.FORMULA, " \n") == prompt_for(Mode.FORMULA)


@pytest.mark.parametrize("model", ["gpt-5-mini", "Qwen/Qwen3-VL-8B-Instruct", "gemini-2.5-flash", ""])
def test_a_general_model_gets_our_prompt_and_nothing_else(model: str) -> None:
    plan = plan_for(model, Mode.FORMULA, "")
    assert plan.text == prompt_for(Mode.FORMULA)
    assert plan.system is None
    assert plan.extra == {}


@pytest.mark.parametrize(
    ("model", "text"),
    [
        ("deepseek-ai/DeepSeek-OCR", "Free OCR."),
        ("baidu/Unlimited-OCR", "<image>document parsing."),
        ("tencent/HunyuanOCR", "Identify the formula in the image and represent it using LaTeX format."),
        ("PaddlePaddle/PaddleOCR-VL-1.5", "Formula Recognition:"),
        ("glm-ocr:latest", "Formula Recognition:"),
        ("opendatalab/MinerU2.5-2509-1.2B", "\nFormula Recognition:"),
        ("rednote-hilab/dots.ocr", "Extract the text content from this image."),
        ("GOT-OCR2_0", "OCR with format: "),
        ("ibm-granite/granite-docling-258M", "Convert formula to latex."),
        ("lightonai/LightOnOCR-1B-1025", None),
    ],
)
def test_a_model_made_for_reading_gets_the_words_it_was_trained_on(model: str, text: str | None) -> None:
    assert plan_for(model, Mode.FORMULA, "a hint it could not follow").text == text


def test_an_empty_system_message_is_not_a_missing_one() -> None:
    assert plan_for("hunyuanocr", Mode.FORMULA, "").system == ""
    assert plan_for("deepseek-ocr", Mode.FORMULA, "").system is None


def test_a_mode_that_a_reading_model_does_not_know_gets_our_prompt() -> None:
    assert plan_for("paddleocr-vl", Mode.TIKZ, "").text == prompt_for(Mode.TIKZ)


def test_the_general_deepseek_is_not_taken_for_its_reading_sister() -> None:
    assert plan_for("deepseek-v4-flash-vision-exp", Mode.FORMULA, "").extra == {}
