"""The progress line says how far a batch is, on a terminal only."""

import io
from functools import partial

from writetex_desktop.cli.progress import ProgressLine
from writetex_desktop.core.batches.batch import Batch, BatchItem, Failure, Source


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_it_says_what_is_over_what_failed_and_what_is_left_and_moves_for_other_lines() -> None:
    now, terminal = [0.0], Terminal()
    line = ProgressLine(terminal, lambda: now[0])
    batch = Batch(tuple(BatchItem(Source(name)) for name in "abcd"))
    now[0] = 60.0
    line.show(batch.failed(0, Failure("No.")))
    assert terminal.getvalue().endswith("1 of 4 read, 1 failed, 3 min left")
    line.above(partial(print, "a result", file=terminal))
    assert terminal.getvalue().endswith("a result\n\r\x1b[K1 of 4 read, 1 failed, 3 min left")
    line.end()
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_what_is_no_terminal_gets_no_line() -> None:
    pipe = io.StringIO()
    line = ProgressLine(pipe, lambda: 0.0)
    line.show(Batch((BatchItem(Source("a")), BatchItem(Source("b")))))
    line.end()
    assert pipe.getvalue() == ""
