"""Programs that are killed in the middle of their work, as many times as is asked for."""

import os
import random
import select
import signal
from collections.abc import Callable

_IDLE_S = 30.0
"""After which a child that says nothing is taken for hung."""


def kill_while(work: Callable[[int], object], *, after: int, linger_s: float) -> int:
    """Do something again and again in a child process, and kill that with SIGKILL in the middle.

    Args:
        work: Is given 0, 1, 2, and so on; it may write files, and nothing else of it is seen.
        after: How often it is done at least.
        linger_s: How much longer the child lives then, in seconds, so that the kill falls anywhere.

    Returns:
        How often the child had said that it was done.
    """
    heard, told = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(heard)
            number = 0
            while True:
                work(number)
                os.write(told, b".")
                number += 1
        finally:
            os._exit(1)  # only reached by an error; the loop ends with the kill
    os.close(told)
    try:
        done = 0
        while done < after:
            ready, _, _ = select.select([heard], [], [], _IDLE_S)
            piece = os.read(heard, 4096) if ready else b""
            assert piece, "the child ended by itself"
            done += len(piece)
        nothing, _, _ = select.select([], [], [], linger_s)
        assert not nothing
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status)
        while piece := os.read(heard, 4096):
            done += len(piece)
    finally:
        os.close(heard)
    return done


def moments(count: int, longest_s: float = 0.004) -> list[tuple[int, float]]:
    """Give moments to kill at, the same ones each time: a number of rounds, and a while after them."""
    dice = random.Random(count)
    return [(dice.randint(1, 3), dice.uniform(0, longest_s)) for _ in range(count)]
