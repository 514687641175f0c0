"""Limits of memory and processor time for this process on Windows, which knows them of job objects alone.

A process that puts itself into a job of its own is ended when it takes more than the job may
(https://learn.microsoft.com/windows/win32/procthread/job-objects; nested jobs since Windows 8). Numbers and
structures are those of winnt.h and jobapi2.h.

Not run on Windows yet; the tests drive it with a fake of the functions.
"""

import ctypes
from typing import Any, Final

_EXTENDED_LIMIT_INFORMATION: Final = 9
_LIMIT_PROCESS_TIME: Final = 0x00000002
_LIMIT_ACTIVE_PROCESS: Final = 0x00000008
_LIMIT_PROCESS_MEMORY: Final = 0x00000100
_LIMIT_DIE_ON_UNHANDLED_EXCEPTION: Final = 0x00000400
_LIMIT_KILL_ON_JOB_CLOSE: Final = 0x00002000

_TICKS_IN_A_SECOND: Final = 10_000_000
"""Times are told in units of 100 nanoseconds."""

_HANDLE = ctypes.c_void_p
_DWORD = ctypes.c_uint32


class BasicLimits(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION."""

    _fields_ = (
        ("PerProcessUserTimeLimit", ctypes.c_int64),
        ("PerJobUserTimeLimit", ctypes.c_int64),
        ("LimitFlags", _DWORD),
        ("MinimumWorkingSetSize", ctypes.c_size_t),
        ("MaximumWorkingSetSize", ctypes.c_size_t),
        ("ActiveProcessLimit", _DWORD),
        ("Affinity", ctypes.c_size_t),
        ("PriorityClass", _DWORD),
        ("SchedulingClass", _DWORD),
    )


class ExtendedLimits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION, its IO_COUNTERS as six numbers."""

    _fields_ = (
        ("BasicLimitInformation", BasicLimits),
        ("IoInfo", ctypes.c_uint64 * 6),
        ("ProcessMemoryLimit", ctypes.c_size_t),
        ("JobMemoryLimit", ctypes.c_size_t),
        ("PeakProcessMemoryUsed", ctypes.c_size_t),
        ("PeakJobMemoryUsed", ctypes.c_size_t),
    )


def confine(memory_bytes: int, processor_s: int, windows: Any = ctypes) -> bool:
    """Let Windows end this process when it takes too much, and let it start no others.

    Its handle of the job stays open for as long as it lives; with the process the job goes.

    Args:
        memory_bytes: What it may have committed.
        processor_s: Seconds of a processor that it may use.
        windows: `ctypes`, or what a test puts in its place.

    Returns:
        Whether it took effect; a job around the program may forbid it.
    """
    library = windows.WinDLL("kernel32", use_last_error=True)
    create, give, put, ours = (
        library.CreateJobObjectW,
        library.SetInformationJobObject,
        library.AssignProcessToJobObject,
        library.GetCurrentProcess,
    )
    create.argtypes, create.restype = (ctypes.c_void_p, ctypes.c_wchar_p), _HANDLE
    give.argtypes, give.restype = (_HANDLE, ctypes.c_int, ctypes.c_void_p, _DWORD), ctypes.c_int
    put.argtypes, put.restype = (_HANDLE, _HANDLE), ctypes.c_int
    ours.argtypes, ours.restype = (), _HANDLE
    job = create(None, None)
    if not job:
        return False
    limits = ExtendedLimits()
    basic = limits.BasicLimitInformation
    basic.LimitFlags = (
        _LIMIT_PROCESS_TIME
        | _LIMIT_ACTIVE_PROCESS
        | _LIMIT_PROCESS_MEMORY
        | _LIMIT_DIE_ON_UNHANDLED_EXCEPTION
        | _LIMIT_KILL_ON_JOB_CLOSE
    )
    basic.PerProcessUserTimeLimit = processor_s * _TICKS_IN_A_SECOND
    basic.ActiveProcessLimit = 1
    limits.ProcessMemoryLimit = memory_bytes
    given = give(job, _EXTENDED_LIMIT_INFORMATION, ctypes.byref(limits), ctypes.sizeof(limits))
    return bool(given) and bool(put(job, ours()))
