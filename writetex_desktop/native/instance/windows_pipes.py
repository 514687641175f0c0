"""Named pipes of Windows, as far as one program and its second starts need them.

After https://learn.microsoft.com/windows/win32/ipc/named-pipes and the pages of the functions there:

* CreateNamedPipeW with `FILE_FLAG_FIRST_PIPE_INSTANCE` and one instance at most is a lock as well: it fails
  while the pipe is there, and the pipe goes with the process that made it.
* A pipe that gets no security descriptor can be read by everyone. Ours lets its user in and nobody else, and
  `PIPE_REJECT_REMOTE_CLIENTS` keeps the network out.
* Names are global: another user may have made a pipe of this name first. So who opens one asks
  GetSecurityInfo whose it is, and opens it as `SECURITY_ANONYMOUS`, so that its maker cannot act in his name.
* Handles are synchronous; a timeout is had by asking PeekNamedPipe before ReadFile.

Run under Wine by packaging/try_windows.py; the tests drive it with a fake of the functions. What the fake
says in each case, down to the error, is what a C program with the same calls was told by Wine 8.
"""

import ctypes
import os
from collections.abc import Callable
from typing import Any, Final, Protocol

from writetex_desktop.native.instance.windows_pipe_abi import (
    ERROR_ACCESS_DENIED,
    ERROR_BROKEN_PIPE,
    ERROR_FILE_NOT_FOUND,
    ERROR_NO_DATA,
    ERROR_PIPE_BUSY,
    ERROR_PIPE_CONNECTED,
    ERROR_PIPE_NOT_CONNECTED,
    FILE_FLAG_FIRST_PIPE_INSTANCE,
    GENERIC_READ,
    GENERIC_WRITE,
    INVALID_HANDLE,
    OPEN_EXISTING,
    OWNER_SECURITY_INFORMATION,
    PIPE_ACCESS_DUPLEX,
    PIPE_REJECT_REMOTE_CLIENTS,
    SDDL_REVISION_1,
    SE_KERNEL_OBJECT,
    SECURITY_SQOS_PRESENT,
    SIGNATURES,
    TOKEN_QUERY,
    TOKEN_USER,
    SecurityAttributes,
)

BUFFER_BYTES: Final = 64 * 1024

_TOKEN_BYTES: Final = 256
"""Room for a TOKEN_USER: a pointer, attributes, and a SID of at most 68 bytes."""

_GONE: Final = frozenset({ERROR_BROKEN_PIPE, ERROR_NO_DATA, ERROR_PIPE_NOT_CONNECTED})


class PipeError(OSError):
    """A function of Windows failed.

    Args:
        function: Its name.
        code: As GetLastError gives.
    """

    def __init__(self, function: str, code: int) -> None:
        super().__init__(f"{function} failed with error {code}")
        self.code = code


class Pipes(Protocol):
    """What is called of Windows; `load_pipes` has the real ones. All may raise `PipeError`."""

    def user(self) -> str:
        """Give the security identifier (SID) of this user, such as `S-1-5-21-1-2-3-1001`."""
        ...

    def session(self) -> int:
        """Give the number of the logon session; a user may have several at a time."""
        ...

    def create(self, name: str, user: str) -> int | None:
        """Make a pipe that only `user` can open; None when there is one of that name already."""
        ...

    def await_client(self, pipe: int) -> None:
        """Wait until somebody opens the pipe."""
        ...

    def disconnect(self, pipe: int) -> None:
        """Part with who opened it; what he has not read is lost."""
        ...

    def open(self, name: str, wait_ms: int) -> int | None:
        """Open a pipe, waiting while somebody else has it open; None when there is none."""
        ...

    def owner(self, pipe: int) -> str:
        """Give the SID of the user whose pipe it is."""
        ...

    def let_come_forward(self, pipe: int) -> None:
        """Let the program at the other end bring its window to the front, as we may."""
        ...

    def available(self, pipe: int) -> int | None:
        """Say how many bytes can be read at once; None when the other end is closed."""
        ...

    def read(self, pipe: int, most: int) -> bytes:
        """Read what is there."""
        ...

    def write(self, pipe: int, data: bytes) -> None:
        """Write; waits while the other end does not read and the buffer is full."""
        ...

    def close(self, pipe: int) -> None:
        """Give the handle back."""
        ...


class _RealPipes:
    def __init__(self, windows: Any) -> None:
        self._last_error: Callable[[], int] = windows.get_last_error
        libraries = {
            name: windows.WinDLL(name, use_last_error=True) for name in ("kernel32", "user32", "advapi32")
        }
        self._functions: dict[str, Callable[..., Any]] = {}
        for library, name, arguments, result in SIGNATURES:
            function = getattr(libraries[library], name)
            function.argtypes, function.restype = arguments, result
            self._functions[name] = function

    def user(self) -> str:
        token = ctypes.c_void_p()
        self._do("OpenProcessToken", self._call("GetCurrentProcess"), TOKEN_QUERY, ctypes.byref(token))
        try:
            # It begins with the pointer to the SID, which lies in the same buffer.
            buffer = (ctypes.c_void_p * (_TOKEN_BYTES // ctypes.sizeof(ctypes.c_void_p)))()
            used = ctypes.c_uint32()
            self._do(
                "GetTokenInformation", token, TOKEN_USER, buffer, ctypes.sizeof(buffer), ctypes.byref(used)
            )
            return self._text_of(buffer[0])
        finally:
            self._call("CloseHandle", token)

    def session(self) -> int:
        number = ctypes.c_uint32()
        self._do("ProcessIdToSessionId", os.getpid(), ctypes.byref(number))
        return number.value

    def create(self, name: str, user: str) -> int | None:
        descriptor = ctypes.c_void_p()
        # Owner: the user. Protected list of rights: all (GA) for the user, and no other entry.
        self._do(
            "ConvertStringSecurityDescriptorToSecurityDescriptorW",
            f"O:{user}D:P(A;;GA;;;{user})",
            SDDL_REVISION_1,
            ctypes.byref(descriptor),
            None,
        )
        try:
            attributes = SecurityAttributes(ctypes.sizeof(SecurityAttributes), descriptor, 0)
            pipe = self._call(
                "CreateNamedPipeW",
                name,
                PIPE_ACCESS_DUPLEX | FILE_FLAG_FIRST_PIPE_INSTANCE,
                PIPE_REJECT_REMOTE_CLIENTS,
                1,
                BUFFER_BYTES,
                BUFFER_BYTES,
                0,
                ctypes.byref(attributes),
            )
            return self._handle("CreateNamedPipeW", pipe, {ERROR_ACCESS_DENIED, ERROR_PIPE_BUSY})
        finally:
            self._call("LocalFree", descriptor)

    def await_client(self, pipe: int) -> None:
        if not self._call("ConnectNamedPipe", pipe, None):
            error = self._last_error()
            # He was there before we waited, or has come and gone.
            if error not in {ERROR_PIPE_CONNECTED, ERROR_NO_DATA}:
                raise PipeError("ConnectNamedPipe", error)

    def disconnect(self, pipe: int) -> None:
        self._do("DisconnectNamedPipe", pipe)

    def open(self, name: str, wait_ms: int) -> int | None:
        while True:
            pipe = self._call(
                "CreateFileW",
                name,
                GENERIC_READ | GENERIC_WRITE,
                0,
                None,
                OPEN_EXISTING,
                SECURITY_SQOS_PRESENT,
                None,
            )
            if pipe != INVALID_HANDLE or self._last_error() != ERROR_PIPE_BUSY:
                return self._handle("CreateFileW", pipe, {ERROR_FILE_NOT_FOUND})
            if not self._call("WaitNamedPipeW", name, wait_ms):
                error = self._last_error()
                if error == ERROR_FILE_NOT_FOUND:
                    return None
                raise PipeError("WaitNamedPipeW", error)

    def owner(self, pipe: int) -> str:
        sid, descriptor = ctypes.c_void_p(), ctypes.c_void_p()
        error = self._call(
            "GetSecurityInfo",
            pipe,
            SE_KERNEL_OBJECT,
            OWNER_SECURITY_INFORMATION,
            ctypes.byref(sid),
            None,
            None,
            None,
            ctypes.byref(descriptor),
        )
        if error:
            raise PipeError("GetSecurityInfo", error)
        try:
            return self._text_of(sid)
        finally:
            self._call("LocalFree", descriptor)

    def let_come_forward(self, pipe: int) -> None:
        process = ctypes.c_uint32()
        self._do("GetNamedPipeServerProcessId", pipe, ctypes.byref(process))
        self._call("AllowSetForegroundWindow", process)  # refused when we may not come forward ourselves

    def available(self, pipe: int) -> int | None:
        ready = ctypes.c_uint32()
        if self._call("PeekNamedPipe", pipe, None, 0, None, ctypes.byref(ready), None):
            return ready.value
        error = self._last_error()
        if error in _GONE:
            return None
        raise PipeError("PeekNamedPipe", error)

    def read(self, pipe: int, most: int) -> bytes:
        buffer, got = ctypes.create_string_buffer(most), ctypes.c_uint32()
        self._do("ReadFile", pipe, buffer, most, ctypes.byref(got), None)
        return buffer.raw[: got.value]

    def write(self, pipe: int, data: bytes) -> None:
        written = ctypes.c_uint32()
        self._do("WriteFile", pipe, data, len(data), ctypes.byref(written), None)

    def close(self, pipe: int) -> None:
        self._call("CloseHandle", pipe)

    def _call(self, name: str, *arguments: object) -> Any:
        return self._functions[name](*arguments)

    def _do(self, name: str, *arguments: object) -> None:
        """Call a function that gives zero when it failed."""
        if not self._call(name, *arguments):
            raise PipeError(name, self._last_error())

    def _handle(self, name: str, pipe: int | None, harmless: set[int]) -> int | None:
        if pipe is not None and pipe != INVALID_HANDLE:
            return pipe
        error = self._last_error()
        if error in harmless:
            return None
        raise PipeError(name, error)

    def _text_of(self, sid: object) -> str:
        text = ctypes.c_void_p()
        self._do("ConvertSidToStringSidW", sid, ctypes.byref(text))
        try:
            assert text.value is not None
            return ctypes.wstring_at(text.value)
        finally:
            self._call("LocalFree", text)


def load_pipes(windows: Any = ctypes) -> Pipes:
    """Load the functions with the signatures of the headers.

    Args:
        windows: `ctypes`, or what a test puts in its place.
    """
    return _RealPipes(windows)
