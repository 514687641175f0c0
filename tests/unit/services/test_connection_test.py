import pytest

from tests.fakes import FakeClock, FakeRecognizer
from writetex_desktop.core.errors import EndpointError, Fault, RecognitionError
from writetex_desktop.core.image import EncodedImage
from writetex_desktop.core.notice import Level
from writetex_desktop.core.recognition import Completed, Engine, TextDelta, Usage
from writetex_desktop.services.connection_test import (
    ConnectionReport,
    Outcome,
    Step,
    as_record,
    as_text,
    check_connection,
    shows_x_squared,
)

PICTURE = EncodedImage("image/png", b"png", 64, 32)
DONE = Completed(Engine.ENDPOINT, "m", Usage(90, 3))


async def check(*script: TextDelta | Completed | EndpointError | RecognitionError) -> ConnectionReport:
    return await check_connection(FakeRecognizer([script]), PICTURE, FakeClock())


async def test_an_endpoint_that_reads_the_picture_passes_every_step() -> None:
    report = await check(TextDelta("$x"), TextDelta("^2$"), DONE)
    assert report.passed
    assert report.usage == Usage(90, 3)
    assert report.notice.level is Level.INFO


@pytest.mark.parametrize(
    ("fault", "step"),
    [
        (Fault.UNREACHABLE, Step.REACH),
        (Fault.BAD_KEY, Step.KEY),
        (Fault.WRONG_MODEL, Step.MODEL),
        (Fault.OVERLOADED, Step.MODEL),
        (Fault.NO_VISION, Step.VISION),
    ],
)
async def test_a_failure_shows_at_its_step_and_what_follows_is_untried(fault: Fault, step: Step) -> None:
    report = await check(EndpointError("It failed.", "Mend it.", fault=fault))
    assert not report.passed
    outcomes = [each.outcome for each in report.steps]
    place = [each.step for each in report.steps].index(step)
    assert outcomes == [Outcome.PASSED] * place + [Outcome.FAILED] + [Outcome.UNTRIED] * (3 - place)
    assert (report.notice.message, report.notice.remedy.text) == ("It failed.", "Mend it.")


async def test_a_model_that_does_not_see_the_picture_fails_at_vision() -> None:
    report = await check(TextDelta("E = mc^2"), DONE)
    assert report.steps[-1].outcome is Outcome.FAILED
    assert "images" in report.notice.remedy.text


async def test_an_engine_that_finds_nothing_is_told() -> None:
    report = await check(RecognitionError("There is nothing."))
    assert report.notice.message == "There is nothing."


@pytest.mark.parametrize(
    "answer", ["x^2", "$$x^{2}$$", "\\[ X^2 \\]", "```latex\nx^2\n```", "\\mathrm{x}^2.", "x²"]
)
def test_every_way_to_write_x_squared_counts(answer: str) -> None:
    assert shows_x_squared(answer)


@pytest.mark.parametrize("answer", ["", "2", "x", "x^2 + 1", "I see x^2 in the image", "x_2"])
def test_anything_else_does_not(answer: str) -> None:
    assert not shows_x_squared(answer)


async def test_a_report_can_be_read_in_a_terminal_and_by_a_program() -> None:
    report = await check(EndpointError("It refused the key.", "Check the key.", fault=Fault.BAD_KEY))
    lines = as_text(report).splitlines()
    assert [line.split()[0] for line in lines[:4]] == ["passed", "failed", "untried", "untried"]
    assert lines[4:] == ["It refused the key. Check the key. (0.0 s)"]
    assert as_record(report) == {
        "passed": False,
        "steps": {"reach": "passed", "key": "failed", "model": "untried", "vision": "untried"},
        "seconds": 0.0,
        "usage": None,
        "message": "It refused the key.",
        "remedy": "Check the key.",
    }


async def test_a_report_holds_the_tokens_where_the_server_counts_them() -> None:
    report = await check(TextDelta("x^2"), DONE)
    assert "93 tokens" in as_text(report)
    assert as_record(report)["usage"] == {"prompt_tokens": 90, "completion_tokens": 3}
