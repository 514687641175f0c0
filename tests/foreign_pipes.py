"""A stand-in for the named pipes of Windows, which checks what it is given; see `foreign_hotkeys`.

Both ends are in this process, on threads of their own, as they are in two processes on Windows.
"""

import ctypes
import threading
from dataclasses import dataclass, field
from typing import Any

from tests.foreign_hotkeys import Foreign
from writetex_desktop.native.instance import windows_pipe_abi as abi

USER = "S-1-5-21-1-2-3-1001"
OTHER_USER = "S-1-5-21-1-2-3-1002"

_LISTENING, _WAITING, _CONNECTED, _PARTED = "listening", "waiting", "connected", "parted"


@dataclass
class Pipe:
    """One pipe; it can be opened while it is new, and while its maker waits for somebody."""

    name: str
    owner: str
    state: str = _LISTENING
    to_server: bytearray = field(default_factory=bytearray)
    to_client: bytearray = field(default_factory=bytearray)
    client_there: bool = False


class Windows:
    """kernel32, advapi32 and user32, as `ctypes` on Windows offers them; one machine for all programs."""

    def __init__(self) -> None:
        self.pipes: dict[str, Pipe] = {}
        self.foreground_let: list[int] = []
        self.leaks: set[int] = set()
        """Addresses that Windows gave and that were not freed."""
        self._ends: dict[int, tuple[Pipe, bool]] = {}
        """Handles to a pipe, and whether it is the maker's end."""
        self._next_handle = 4
        self._texts: dict[int, Any] = {}
        self._errors = threading.local()
        self._changed = threading.Condition()
        for _library, name, _arguments, _result in abi.SIGNATURES:
            setattr(self, name, Foreign(getattr(self, f"_{name}")))

    def WinDLL(self, name: str, *, use_last_error: bool) -> "Windows":  # noqa: N802 - ctypes' own name
        assert use_last_error
        assert name in {"kernel32", "advapi32", "user32"}
        return self

    def get_last_error(self) -> int:
        return int(self._errors.code)

    def end_process(self, name: str) -> None:
        """The maker's process is killed: Windows takes its handles back."""
        with self._changed:
            for handle in [each for each, (pipe, maker) in self._ends.items() if maker and pipe.name == name]:
                del self._ends[handle]
            del self.pipes[name]
            self._changed.notify_all()

    def _fail(self, code: int, result: int = 0) -> int:
        self._errors.code = code
        return result

    def _handle(self, pipe: Pipe, *, maker: bool) -> int:
        self._next_handle += 4
        self._ends[self._next_handle] = pipe, maker
        return self._next_handle

    # --- The functions -------------------------------------------------------------------------------

    def _CreateNamedPipeW(  # noqa: N802 - as it is called
        self, name: str, access: int, mode: int, most: int, _out: int, _in: int, _wait: int, attributes: Any
    ) -> int:
        assert name.startswith("\\\\.\\pipe\\")
        assert (access, mode, most) == (0x00080003, 8, 1)
        given = attributes._obj
        assert (given.nLength, given.bInheritHandle) == (24, 0)
        sddl = self._texts[given.lpSecurityDescriptor]
        owner = sddl.removeprefix("O:").partition("D:")[0]
        assert sddl == f"O:{owner}D:P(A;;GA;;;{owner})", "only the owner may come in"
        with self._changed:
            if name in self.pipes:
                return self._fail(abi.ERROR_ACCESS_DENIED, abi.INVALID_HANDLE or 0)
            self.pipes[name] = Pipe(name, owner)
            return self._handle(self.pipes[name], maker=True)

    def _ConnectNamedPipe(self, handle: int, _overlapped: object) -> int:  # noqa: N802
        with self._changed:
            pipe, maker = self._ends[handle]
            assert maker
            if pipe.state == _CONNECTED:
                return self._fail(abi.ERROR_PIPE_CONNECTED if pipe.client_there else abi.ERROR_NO_DATA)
            pipe.state = _WAITING
            self._changed.notify_all()
            assert self._changed.wait_for(lambda: pipe.state == _CONNECTED, timeout=20)
            return 1

    def _DisconnectNamedPipe(self, handle: int) -> int:  # noqa: N802
        with self._changed:
            pipe, _maker = self._ends[handle]
            pipe.state = _PARTED
            pipe.client_there = False
            pipe.to_client.clear()
            pipe.to_server.clear()
            self._changed.notify_all()
            return 1

    def _WaitNamedPipeW(self, name: str, wait_ms: int) -> int:  # noqa: N802
        with self._changed:
            free = self._changed.wait_for(
                lambda: name not in self.pipes or self.pipes[name].state in {_LISTENING, _WAITING},
                wait_ms / 1000,
            )
            if name not in self.pipes:
                return self._fail(abi.ERROR_FILE_NOT_FOUND)
            return 1 if free else self._fail(121)  # ERROR_SEM_TIMEOUT

    def _CreateFileW(self, name: str, access: int, *rest: object) -> int:  # noqa: N802
        assert (access, *rest) == (0xC0000000, 0, None, 3, 0x00100000, None)
        with self._changed:
            if name not in self.pipes:
                return self._fail(abi.ERROR_FILE_NOT_FOUND, abi.INVALID_HANDLE or 0)
            pipe = self.pipes[name]
            if pipe.state not in {_LISTENING, _WAITING}:
                return self._fail(abi.ERROR_PIPE_BUSY, abi.INVALID_HANDLE or 0)
            pipe.state, pipe.client_there = _CONNECTED, True
            self._changed.notify_all()
            return self._handle(pipe, maker=False)

    def _GetNamedPipeServerProcessId(self, handle: int, out: Any) -> int:  # noqa: N802
        assert not self._ends[handle][1]
        out._obj.value = 4711
        return 1

    def _AllowSetForegroundWindow(self, process: ctypes.c_uint32) -> int:  # noqa: N802
        self.foreground_let.append(process.value)
        return 0  # as to a program that is not in front itself

    def _is_gone(self, pipe: Pipe, *, maker: bool) -> bool:
        if maker:
            return not pipe.client_there
        return pipe.state != _CONNECTED or self.pipes.get(pipe.name) is not pipe

    def _PeekNamedPipe(self, handle: int, *rest: Any) -> int:  # noqa: N802
        with self._changed:
            pipe, maker = self._ends[handle]
            waiting = len(pipe.to_server if maker else pipe.to_client)
            if not waiting and self._is_gone(pipe, maker=maker):
                return self._fail(abi.ERROR_BROKEN_PIPE if maker else abi.ERROR_PIPE_NOT_CONNECTED)
            rest[3]._obj.value = waiting
            return 1

    def _ReadFile(self, handle: int, buffer: Any, most: int, got: Any, _overlapped: object) -> int:  # noqa: N802
        with self._changed:
            pipe, maker = self._ends[handle]
            source = pipe.to_server if maker else pipe.to_client
            assert source, "ReadFile would wait for ever"
            piece = bytes(source[:most])
            del source[:most]
            ctypes.memmove(buffer, piece, len(piece))
            got._obj.value = len(piece)
            return 1

    def _WriteFile(self, handle: int, data: bytes, size: int, written: Any, _overlapped: object) -> int:  # noqa: N802
        with self._changed:
            pipe, maker = self._ends[handle]
            if self._is_gone(pipe, maker=maker):
                return self._fail(abi.ERROR_NO_DATA)
            (pipe.to_client if maker else pipe.to_server).extend(data[:size])
            written._obj.value = size
            return 1

    def _CloseHandle(self, handle: Any) -> int:  # noqa: N802
        if isinstance(handle, ctypes.c_void_p):
            self.leaks.discard(handle.value or 0)
            return 1
        with self._changed:
            pipe, maker = self._ends.pop(handle)
            if maker:
                del self.pipes[pipe.name]
            else:
                pipe.client_there = False
            self._changed.notify_all()
            return 1

    def _LocalFree(self, address: ctypes.c_void_p) -> None:  # noqa: N802
        self.leaks.discard(address.value or 0)

    def _GetCurrentProcess(self) -> int:  # noqa: N802
        return 0xFFFF_FFFF_FFFF_FFFF

    def _ProcessIdToSessionId(self, process: int, out: Any) -> int:  # noqa: N802
        assert process > 0
        out._obj.value = 2
        return 1

    def _OpenProcessToken(self, process: int, access: int, out: Any) -> int:  # noqa: N802
        assert (process, access) == (0xFFFF_FFFF_FFFF_FFFF, 8)
        out._obj.value = 0x70
        self.leaks.add(0x70)
        return 1

    def _GetTokenInformation(  # noqa: N802
        self, token: ctypes.c_void_p, kind: int, buffer: Any, size: int, _used: object
    ) -> int:
        assert (token.value, kind) == (0x70, 1)
        assert size >= 16 + 68
        buffer[0] = self._sid(USER)
        return 1

    def _sid(self, text: str) -> int:
        return self._keep(f"sid {text}", leaks=False)

    def _keep(self, text: str, *, leaks: bool = True) -> int:
        buffer = ctypes.create_unicode_buffer(text)
        address = ctypes.addressof(buffer)
        self._texts[address] = text
        self._texts[-address] = buffer
        if leaks:
            self.leaks.add(address)
        return address

    def _ConvertSidToStringSidW(self, sid: Any, out: Any) -> int:  # noqa: N802
        address = (sid.value or 0) if isinstance(sid, ctypes.c_void_p) else int(sid)
        out._obj.value = self._keep(self._texts[address].removeprefix("sid "))
        return 1

    def _ConvertStringSecurityDescriptorToSecurityDescriptorW(  # noqa: N802
        self, sddl: str, revision: int, out: Any, _size: object
    ) -> int:
        assert revision == 1
        out._obj.value = self._keep(sddl)
        return 1

    def _GetSecurityInfo(self, handle: int, kind: int, what: int, owner: Any, *rest: Any) -> int:  # noqa: N802
        assert (kind, what, *rest[:3]) == (6, 1, None, None, None)
        owner._obj.value = self._sid(self._ends[handle][0].owner)
        rest[3]._obj.value = self._keep("descriptor")
        return 0
