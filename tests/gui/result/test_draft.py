"""The draft that is shown while an endpoint is asked: seen at once, never copied, gone with the answer."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from PySide6.QtWidgets import QApplication

from tests.gui.result.copy_desk import RESOURCES, CopyDesk, play, until
from writetex_desktop.adapters.pictures.codec import PillowCodec
from writetex_desktop.core.errors import EndpointError, Fault, RemedyAction
from writetex_desktop.core.reading.job import Origin, Stage
from writetex_desktop.core.reading.recognition import (
    Engine,
    Mode,
    ReasoningDelta,
    Recognition,
    RecognitionEvent,
    TextDelta,
)
from writetex_desktop.core.reading.trust import DOUBT
from writetex_desktop.core.settings.settings import Profile, Settings
from writetex_desktop.ui.result.footer import ResultFooter
from writetex_desktop.ui.toolkit.views.progress import ElapsedLabel

DRAFT = Recognition("x^2", Mode.FORMULA, Engine.OFFLINE, "built-in", 0.1, confidence=0.9)
SETTINGS = Settings(profiles=(Profile("home", "Home", "http://localhost/v1", "m"),), active_profile="home")


def footer(desk: CopyDesk) -> ResultFooter:
    found = desk.window.findChild(ResultFooter)
    assert isinstance(found, ResultFooter)
    return found


def said(desk: CopyDesk) -> str:
    label = footer(desk).findChild(ElapsedLabel)
    assert isinstance(label, ElapsedLabel)
    return label.text()


def test_the_draft_is_seen_at_once_and_replaced_by_what_the_endpoint_writes(qapp: QApplication) -> None:
    async def story(desk: CopyDesk) -> None:
        write, end = asyncio.Event(), asyncio.Event()

        async def answer() -> AsyncIterator[RecognitionEvent]:
            await write.wait()
            yield TextDelta("y")
            await end.wait()
            yield Recognition("y^2", Mode.FORMULA, Engine.ENDPOINT, "gpt", 1.0)

        desk.draft, desk.answer = DRAFT, answer
        desk.read("")
        pane = desk.window.pane
        await until(lambda: pane.markup == "x^2")
        assert "Draft by the built-in recogniser" in said(desk)
        write.set()
        await until(lambda: pane.markup == "y")
        assert "Draft" not in said(desk)
        assert desk.clipboard.content.text == ""
        end.set()
        await until(lambda: desk.clipboard.content.text == "y^2")
        assert "gpt" in footer(desk).about

    play(qapp, story, SETTINGS)


@pytest.mark.parametrize("ending", [Stage.FAILED, Stage.CANCELLED])
def test_when_no_answer_comes_the_draft_stays_and_is_called_one(qapp: QApplication, ending: Stage) -> None:
    async def story(desk: CopyDesk) -> None:
        end = asyncio.Event()

        async def answer() -> AsyncIterator[RecognitionEvent]:
            await end.wait()
            yield ReasoningDelta(3)
            raise EndpointError("The key is refused.", "Check the key.", fault=Fault.BAD_KEY)

        desk.draft, desk.answer = DRAFT, answer
        desk.read("")
        await until(lambda: desk.window.pane.markup == "x^2")
        if ending is Stage.FAILED:
            end.set()
        else:
            desk.presenter.cancel()
        await until(lambda: desk.jobs.job(1).stage is ending)
        assert desk.window.pane.markup == "x^2"
        assert "Draft by the built-in recogniser" in footer(desk).about
        assert desk.clipboard.content.text == ""
        if ending is Stage.FAILED:
            notice = desk.window.notices.notice
            assert notice is not None
            assert notice.message == (
                "The key is refused. What you see is the draft of the built-in recogniser."
            )

    play(qapp, story, SETTINGS)


def test_a_doubt_that_the_comparison_settles_is_never_told(qapp: QApplication) -> None:
    async def story(desk: CopyDesk) -> None:
        source = r"x = \frac{-b \pm \sqrt{b^2 - 4ac}}{2a}"

        async def answer() -> AsyncIterator[RecognitionEvent]:
            yield Recognition(
                source, Mode.FORMULA, Engine.OFFLINE, "built-in", 0.1, confidence=0.4, warnings=(DOUBT,)
            )

        desk.answer = answer
        picture = PillowCodec().decode((RESOURCES / "samples" / "01-quadratic.png").read_bytes())
        desk.jobs.start(picture, Origin.PASTE, Mode.FORMULA)
        said = [""]
        while not said[-1].startswith("sure"):
            await asyncio.sleep(0.01)
            said.append(footer(desk).about)
        assert not [each for each in said if "look" in each]
        assert not desk.notifier.notices

    play(qapp, story, SETTINGS)


def test_a_doubtful_reading_of_ours_asks_to_be_checked_and_offers_the_endpoint(qapp: QApplication) -> None:
    async def story(desk: CopyDesk) -> None:
        async def answer() -> AsyncIterator[RecognitionEvent]:
            yield Recognition(
                "x", Mode.FORMULA, Engine.OFFLINE, "built-in", 0.1, confidence=0.4, warnings=(DOUBT,)
            )

        desk.answer = answer
        desk.read("")
        await until(lambda: bool(desk.notifier.notices))
        assert desk.notifier.notices[0].message == DOUBT
        assert desk.notifier.notices[0].remedy.action is RemedyAction.ASK_ENDPOINT
        await until(lambda: footer(desk).about.startswith("look at this · Built-in recogniser"))

    play(qapp, story, SETTINGS)
