"""What nobody has used for a while is let go."""

import asyncio

from writetex_desktop.services.disuse import Disuse


async def test_it_goes_when_the_last_of_its_users_has_left() -> None:
    gone = asyncio.Event()
    disuse = Disuse(gone.set, after_s=0.0)
    with disuse.use():
        with disuse.use():
            pass
        await asyncio.sleep(0.01)
        assert not gone.is_set()
    await gone.wait()


async def test_a_use_in_time_keeps_it() -> None:
    gone: list[str] = []
    disuse = Disuse(lambda: gone.append("gone"), after_s=0.0)
    with disuse.use():
        pass
    with disuse.use():
        await asyncio.sleep(0.01)
        assert not gone


async def test_nothing_goes_after_the_end() -> None:
    gone: list[str] = []
    disuse = Disuse(lambda: gone.append("gone"), after_s=0.0)
    with disuse.use():
        pass
    disuse.stop()
    await asyncio.sleep(0.01)
    assert not gone
