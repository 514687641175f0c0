"""Numbers, structures and signatures of the functions behind `windows_pipes`.

From the headers namedpipeapi.h, fileapi.h, handleapi.h, processthreadsapi.h, securitybaseapi.h, sddl.h,
aclapi.h and winuser.h, whose pages are below https://learn.microsoft.com/windows/win32/api/. All were
compared with the headers of mingw-w64 10 by its compiler.
"""

import ctypes
from typing import Any, Final

PIPE_ACCESS_DUPLEX: Final = 0x00000003
FILE_FLAG_FIRST_PIPE_INSTANCE: Final = 0x00080000
PIPE_REJECT_REMOTE_CLIENTS: Final = 0x00000008
"""With bytes for type and read mode, and waiting functions, which are 0."""

GENERIC_READ: Final = 0x80000000
GENERIC_WRITE: Final = 0x40000000
OPEN_EXISTING: Final = 3
SECURITY_SQOS_PRESENT: Final = 0x00100000
"""With `SECURITY_ANONYMOUS`, which is 0."""

ERROR_FILE_NOT_FOUND: Final = 2
ERROR_ACCESS_DENIED: Final = 5
ERROR_BROKEN_PIPE: Final = 109
ERROR_PIPE_BUSY: Final = 231
ERROR_NO_DATA: Final = 232
ERROR_PIPE_NOT_CONNECTED: Final = 233
ERROR_PIPE_CONNECTED: Final = 535

TOKEN_QUERY: Final = 0x0008
TOKEN_USER: Final = 1
SDDL_REVISION_1: Final = 1
SE_KERNEL_OBJECT: Final = 6
OWNER_SECURITY_INFORMATION: Final = 0x00000001

INVALID_HANDLE: Final = ctypes.c_void_p(-1).value


class SecurityAttributes(ctypes.Structure):
    """SECURITY_ATTRIBUTES of wtypesbase.h."""

    _fields_ = (
        ("nLength", ctypes.c_uint32),
        ("lpSecurityDescriptor", ctypes.c_void_p),
        ("bInheritHandle", ctypes.c_int),
    )


_HANDLE = ctypes.c_void_p
_DWORD = ctypes.c_uint32
_BOOL = ctypes.c_int
_TO_DWORD = ctypes.POINTER(ctypes.c_uint32)
_TO_POINTER = ctypes.POINTER(ctypes.c_void_p)

SIGNATURES: Final[tuple[tuple[str, str, tuple[Any, ...], Any], ...]] = (
    (
        "kernel32",
        "CreateNamedPipeW",
        (
            *(ctypes.c_wchar_p, _DWORD, _DWORD, _DWORD, _DWORD, _DWORD, _DWORD),
            ctypes.POINTER(SecurityAttributes),
        ),
        _HANDLE,
    ),
    ("kernel32", "ConnectNamedPipe", (_HANDLE, ctypes.c_void_p), _BOOL),
    ("kernel32", "DisconnectNamedPipe", (_HANDLE,), _BOOL),
    ("kernel32", "WaitNamedPipeW", (ctypes.c_wchar_p, _DWORD), _BOOL),
    ("kernel32", "GetNamedPipeServerProcessId", (_HANDLE, _TO_DWORD), _BOOL),
    (
        "kernel32",
        "CreateFileW",
        (ctypes.c_wchar_p, _DWORD, _DWORD, ctypes.c_void_p, _DWORD, _DWORD, _HANDLE),
        _HANDLE,
    ),
    (
        "kernel32",
        "PeekNamedPipe",
        (_HANDLE, ctypes.c_void_p, _DWORD, ctypes.c_void_p, _TO_DWORD, ctypes.c_void_p),
        _BOOL,
    ),
    ("kernel32", "ReadFile", (_HANDLE, ctypes.c_void_p, _DWORD, _TO_DWORD, ctypes.c_void_p), _BOOL),
    ("kernel32", "WriteFile", (_HANDLE, ctypes.c_void_p, _DWORD, _TO_DWORD, ctypes.c_void_p), _BOOL),
    ("kernel32", "CloseHandle", (_HANDLE,), _BOOL),
    ("kernel32", "LocalFree", (ctypes.c_void_p,), ctypes.c_void_p),
    ("kernel32", "GetCurrentProcess", (), _HANDLE),
    ("kernel32", "ProcessIdToSessionId", (_DWORD, _TO_DWORD), _BOOL),
    ("user32", "AllowSetForegroundWindow", (_DWORD,), _BOOL),
    ("advapi32", "OpenProcessToken", (_HANDLE, _DWORD, _TO_POINTER), _BOOL),
    ("advapi32", "GetTokenInformation", (_HANDLE, _DWORD, ctypes.c_void_p, _DWORD, _TO_DWORD), _BOOL),
    ("advapi32", "ConvertSidToStringSidW", (ctypes.c_void_p, _TO_POINTER), _BOOL),
    (
        "advapi32",
        "ConvertStringSecurityDescriptorToSecurityDescriptorW",
        (ctypes.c_wchar_p, _DWORD, _TO_POINTER, _TO_DWORD),
        _BOOL,
    ),
    (
        "advapi32",
        "GetSecurityInfo",
        (
            *(_HANDLE, _DWORD, _DWORD, _TO_POINTER, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p),
            _TO_POINTER,
        ),
        _DWORD,
    ),
)
"""Library, function, arguments and result, as in namedpipeapi.h, fileapi.h, sddl.h and aclapi.h."""
