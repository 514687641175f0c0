"""The limits of child processes on Windows, against a fake of its functions.

Sizes and places are those of the headers on x86-64.
"""

import ctypes
from types import SimpleNamespace
from typing import Any

import pytest

from writetex_desktop.adapters.job_object import BasicLimits, ExtendedLimits, confine

OURS = 0xFFFF_FFFF_FFFF_FFFF
JOB = 0x1234_5678_9ABC


class Function:
    """A function of a library: what it answers, and how it was called."""

    def __init__(self, answer: int) -> None:
        self.answer = answer
        self.called: list[tuple[Any, ...]] = []

    def __call__(self, *arguments: Any) -> int:
        self.called.append(arguments)
        return self.answer


class Kernel:
    """Stands for kernel32."""

    def __init__(self, *, create: int = JOB, give: int = 1, put: int = 1) -> None:
        self.CreateJobObjectW = Function(create)
        self.SetInformationJobObject = Function(give)
        self.AssignProcessToJobObject = Function(put)
        self.GetCurrentProcess = Function(OURS)

    @property
    def windows(self) -> Any:
        return SimpleNamespace(WinDLL=lambda name, **_more: {"kernel32": self}[name])


def test_the_structures_are_those_of_windows() -> None:
    assert ctypes.sizeof(BasicLimits) == 64
    assert ctypes.sizeof(ExtendedLimits) == 144
    assert BasicLimits.LimitFlags.offset == 16
    assert BasicLimits.ActiveProcessLimit.offset == 40
    assert ExtendedLimits.ProcessMemoryLimit.offset == 112


def test_the_process_puts_itself_into_a_job_with_the_limits() -> None:
    kernel = Kernel()
    assert confine(384 << 20, 10, kernel.windows)
    ((job, kind, limits, size),) = kernel.SetInformationJobObject.called
    told = limits._obj
    assert (job, kind, size) == (JOB, 9, 144)
    assert told.ProcessMemoryLimit == 384 << 20
    assert told.BasicLimitInformation.PerProcessUserTimeLimit == 100_000_000
    assert told.BasicLimitInformation.ActiveProcessLimit == 1
    assert told.BasicLimitInformation.LimitFlags == 0x2 | 0x8 | 0x100 | 0x400 | 0x2000
    assert kernel.AssignProcessToJobObject.called == [(JOB, OURS)]


def test_handles_are_not_cut_to_32_bits() -> None:
    kernel = Kernel()
    confine(1, 1, kernel.windows)
    for function in (kernel.CreateJobObjectW, kernel.GetCurrentProcess):
        assert vars(function)["restype"] is ctypes.c_void_p
    for function in (kernel.SetInformationJobObject, kernel.AssignProcessToJobObject):
        assert vars(function)["argtypes"][0] is ctypes.c_void_p


@pytest.mark.parametrize("failing", ["create", "give", "put"])
def test_a_job_that_is_not_to_be_had_is_said(failing: str) -> None:
    kernel = Kernel(**{failing: 0})
    assert not confine(1, 1, kernel.windows)
    assert bool(kernel.AssignProcessToJobObject.called) == (failing == "put")
