"""The preview of pages: the latest one only, each formula drawn once."""

import asyncio

from tests.fakes import FakeFormulaRenderer, FakeNotifier
from writetex_desktop.core.formats.page import Block, Formula
from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.services.reading.page_preview import Drawings, PagePreview
from writetex_desktop.services.tasks import Tasks


async def test_only_the_latest_page_is_shown_and_each_formula_drawn_once() -> None:
    renderer = FakeFormulaRenderer()
    shown: list[tuple[tuple[Block, ...], Drawings]] = []
    done = asyncio.Event()

    def show(page: tuple[Block, ...], drawings: Drawings) -> None:
        shown.append((page, drawings))
        done.set()

    preview = PagePreview(renderer, Tasks(FakeNotifier()), show)
    preview.show("old \\(x\\)", Mode.TEXT)
    preview.show("new \\(x\\) and \\(\\unknown\\)", Mode.TEXT)
    await done.wait()
    ((page, drawings),) = shown
    assert len(page) == 1
    assert set(drawings) == {Formula("x")}
    done.clear()
    preview.show("newer \\(x\\)", Mode.TEXT)
    await done.wait()
    assert renderer.sources.count("x") == 1


async def test_what_was_forgotten_is_not_shown() -> None:
    shown: list[tuple[Block, ...]] = []
    tasks = Tasks(FakeNotifier())
    preview = PagePreview(FakeFormulaRenderer(), tasks, lambda page, _drawings: shown.append(page))
    preview.show("text", Mode.TEXT)
    preview.forget()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert shown == []
