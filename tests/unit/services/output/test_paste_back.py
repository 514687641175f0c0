"""A result goes back where the user came from, once, and only when nothing about it is doubtful."""

from dataclasses import replace

import pytest

from tests.fakes import FakeFocusPaster
from writetex_desktop.core.errors import ClipboardError
from writetex_desktop.core.pictures.image import Bitmap
from writetex_desktop.core.pictures.kept import KeptPicture
from writetex_desktop.core.reading.job import Job, Origin, Stage
from writetex_desktop.core.reading.recognition import Engine, Mode, Recognition
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.ports.clipboard import PasteTarget
from writetex_desktop.services.observable import Observable
from writetex_desktop.services.output.paste_back import PasteBack

EDITOR = PasteTarget(7)
ANSWER = Recognition("x^2", Mode.FORMULA, Engine.ENDPOINT, "m", 1.0)
PICTURE = KeptPicture(Bitmap(1, 1, bytes(4)))
JOB = Job(1, Origin.SNIP, PICTURE, Mode.FORMULA, 0.0, stage=Stage.DONE, text="x^2")
SURE = replace(JOB, recognition=ANSWER)


def bench(*, on: bool = True, focus: PasteTarget | None = EDITOR) -> tuple[PasteBack, FakeFocusPaster]:
    paster = FakeFocusPaster(focus)
    paste_back = PasteBack(paster, Observable(Settings(paste_back=on)))
    if focus is not None:
        paste_back.bind(1, focus)
    return paste_back, paster


async def test_a_result_is_pasted_once() -> None:
    paste_back, paster = bench()
    await paste_back.deliver(SURE)
    await paste_back.deliver(SURE)
    assert paster.pasted == [EDITOR]


@pytest.mark.parametrize(("on", "focus"), [(False, EDITOR), (True, None)])
async def test_nothing_is_pasted_unless_wanted_and_from_another_program(
    on: bool, focus: PasteTarget | None
) -> None:
    paste_back, paster = bench(on=on, focus=focus)
    await paste_back.deliver(SURE)
    assert paster.pasted == []


async def test_a_job_that_was_not_snipped_from_there_is_not_pasted() -> None:
    paste_back, paster = bench()
    await paste_back.deliver(replace(SURE, id=2))
    assert paster.pasted == []


@pytest.mark.parametrize(
    "job",
    [
        JOB,
        replace(SURE, recognition=replace(ANSWER, complete=False)),
        replace(SURE, recognition=replace(ANSWER, warnings=("The model is not sure.",))),
        replace(SURE, text="x + \\square"),
        replace(SURE, text="\\frac{1"),
    ],
)
async def test_what_is_doubtful_is_not_pasted_and_that_is_said(job: Job) -> None:
    paste_back, paster = bench()
    with pytest.raises(ClipboardError, match="may be wrong"):
        await paste_back.deliver(job)
    assert paster.pasted == []
