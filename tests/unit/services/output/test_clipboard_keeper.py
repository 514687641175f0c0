"""What was on the clipboard before us comes back."""

import asyncio

import pytest

from tests.fakes import FakeClipboard
from writetex_desktop.core.desktop.clipboard_content import ClipboardContent
from writetex_desktop.core.errors import ClipboardError
from writetex_desktop.services.output.clipboard_keeper import ClipboardKeeper

FOREIGN = ClipboardContent("from the user", {"text/html": b"<b>from the user</b>"})
OURS = ClipboardContent(r"\alpha")


class RefusingClipboard(FakeClipboard):
    """Loses what it holds when it is given something of ours."""

    async def copy(self, content: ClipboardContent) -> None:
        self.content = ClipboardContent()
        self.broken = content == OURS
        await super().copy(content)


async def test_what_was_there_is_put_back_with_all_its_forms() -> None:
    clipboard = FakeClipboard(FOREIGN)
    keeper = ClipboardKeeper(clipboard)
    told: list[bool] = []
    keeper.can_restore.subscribe(told.append)
    await keeper.copy(OURS)
    assert clipboard.content == OURS
    assert await keeper.restore()
    assert clipboard.content == FOREIGN
    assert told == [True, False]


async def test_however_often_we_copy_the_users_own_comes_back() -> None:
    clipboard = FakeClipboard(FOREIGN)
    keeper = ClipboardKeeper(clipboard)
    for text in ("a", "b", "b", "c"):
        await keeper.copy(ClipboardContent(text))
    assert await keeper.restore()
    assert clipboard.content == FOREIGN


async def test_what_was_copied_elsewhere_meanwhile_is_left_alone() -> None:
    clipboard = FakeClipboard(FOREIGN)
    keeper = ClipboardKeeper(clipboard)
    await keeper.copy(OURS)
    clipboard.content = ClipboardContent("newer")
    assert not await keeper.restore()
    assert clipboard.content == ClipboardContent("newer")


async def test_a_copy_after_another_programs_brings_that_one_back() -> None:
    clipboard = FakeClipboard(FOREIGN)
    keeper = ClipboardKeeper(clipboard)
    await keeper.copy(OURS)
    clipboard.content = ClipboardContent("newer")
    await keeper.copy(OURS)
    await keeper.restore()
    assert clipboard.content == ClipboardContent("newer")


async def test_nothing_is_restored_twice() -> None:
    keeper = ClipboardKeeper(FakeClipboard(FOREIGN))
    assert not await keeper.restore()
    await keeper.copy(OURS)
    await keeper.restore()
    assert not await keeper.restore()


async def test_a_copy_that_fails_leaves_the_clipboard_as_it_was() -> None:
    clipboard = RefusingClipboard(FOREIGN)
    keeper = ClipboardKeeper(clipboard)
    with pytest.raises(ClipboardError):
        await keeper.copy(OURS)
    assert clipboard.content == FOREIGN
    assert not keeper.can_restore.value


async def test_a_restore_that_fails_can_be_tried_again() -> None:
    clipboard = FakeClipboard(FOREIGN)
    keeper = ClipboardKeeper(clipboard)
    await keeper.copy(OURS)
    clipboard.broken = True
    with pytest.raises(ClipboardError):
        await keeper.restore()
    clipboard.broken = False
    assert await keeper.restore()
    assert (await keeper.read()) == FOREIGN


class SlowClipboard(FakeClipboard):
    """Takes its time over the first thing that it is given."""

    def __init__(self) -> None:
        super().__init__(FOREIGN)
        self.may_go_on = asyncio.Event()

    async def copy(self, content: ClipboardContent) -> None:
        if content == OURS:
            await self.may_go_on.wait()
        await super().copy(content)


async def test_the_last_copy_that_was_asked_for_stays_however_slow_the_one_before_is() -> None:
    clipboard = SlowClipboard()
    keeper = ClipboardKeeper(clipboard)
    later = ClipboardContent(r"\beta")
    both = asyncio.gather(keeper.copy(OURS), keeper.copy(later))
    await asyncio.sleep(0)
    clipboard.may_go_on.set()
    await both
    assert clipboard.content == later
    assert await keeper.restore()
    assert clipboard.content == FOREIGN
