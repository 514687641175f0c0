"""How long the built-in recogniser may take: the processor's time, and nobody else's."""

import threading
import time

import pytest

from writetex_desktop.adapters.recogniser.display import Hurry


def test_what_other_programs_take_is_not_taken_from_a_formula(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "thread_time", lambda: 7.0)
    monkeypatch.setattr(time, "monotonic", lambda: 1000.0)
    hurry = Hurry.within(2.5, threading.Event())
    monkeypatch.setattr(time, "monotonic", lambda: 1060.0)
    assert hurry.deadline == 9.5
    assert hurry.now() < hurry.deadline
