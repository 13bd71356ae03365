"""Named pipes of Windows.

Written from the documentation of the Win32 functions that it calls. Oriel's tests run on Linux: they parse this file, and nothing has
run it yet.

Every operation is overlapped: a handle that is not would let a write wait for the read that is under way.
"""

from __future__ import annotations

import ctypes
import os
import sys
import time
from ctypes import wintypes
from typing import Any, Optional

from .channel import log
from .errors import IpcError, IpcErrorCode

assert sys.platform == "win32"

import _winapi

_BUFFER = 64 * 1024
_INFINITE = 0xFFFFFFFF

_FILE_FLAG_OVERLAPPED = 0x40000000
_FILE_FLAG_FIRST_PIPE_INSTANCE = 0x00080000
_PIPE_ACCESS_DUPLEX = 0x00000003
_PIPE_REJECT_REMOTE_CLIENTS = 0x00000008
_PIPE_UNLIMITED_INSTANCES = 255
# Who serves the pipe may learn who we are, and may not act as us.
_SECURITY_IDENTIFICATION = 0x00100000 | 0x00010000

_ERROR_ACCESS_DENIED = 5
_ERROR_BROKEN_PIPE = 109
_ERROR_PIPE_BUSY = 231
_ERROR_NO_DATA = 232
_ERROR_PIPE_NOT_CONNECTED = 233
_ERROR_OPERATION_ABORTED = 995
_ERROR_IO_PENDING = 997
_GONE = (_ERROR_BROKEN_PIPE, _ERROR_NO_DATA, _ERROR_PIPE_NOT_CONNECTED, _ERROR_OPERATION_ABORTED)

_CONNECT_TIMEOUT_MS = 10000

_kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
_advapi32 = ctypes.WinDLL("advapi32", use_last_error=True)

# Without these a handle is cut to 32 bits.
_kernel32.GetNamedPipeServerProcessId.argtypes = [wintypes.HANDLE, ctypes.POINTER(wintypes.ULONG)]
_kernel32.GetNamedPipeServerProcessId.restype = wintypes.BOOL
_kernel32.GetNamedPipeClientProcessId.argtypes = [wintypes.HANDLE, ctypes.POINTER(wintypes.ULONG)]
_kernel32.GetNamedPipeClientProcessId.restype = wintypes.BOOL
_kernel32.OpenProcess.argtypes = [wintypes.DWORD, wintypes.BOOL, wintypes.DWORD]
_kernel32.OpenProcess.restype = wintypes.HANDLE
_kernel32.GetCurrentProcess.argtypes = []
_kernel32.GetCurrentProcess.restype = wintypes.HANDLE
_kernel32.CloseHandle.argtypes = [wintypes.HANDLE]
_kernel32.CloseHandle.restype = wintypes.BOOL
_kernel32.LocalFree.argtypes = [ctypes.c_void_p]
_kernel32.LocalFree.restype = ctypes.c_void_p
_kernel32.CreateEventW.argtypes = [ctypes.c_void_p, wintypes.BOOL, wintypes.BOOL, wintypes.LPCWSTR]
_kernel32.CreateEventW.restype = wintypes.HANDLE
_kernel32.SetEvent.argtypes = [wintypes.HANDLE]
_kernel32.SetEvent.restype = wintypes.BOOL
_advapi32.OpenProcessToken.argtypes = [wintypes.HANDLE, wintypes.DWORD, ctypes.POINTER(wintypes.HANDLE)]
_advapi32.OpenProcessToken.restype = wintypes.BOOL
_advapi32.GetTokenInformation.argtypes = [wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD, ctypes.POINTER(wintypes.DWORD)]
_advapi32.GetTokenInformation.restype = wintypes.BOOL
_advapi32.ConvertSidToStringSidW.argtypes = [ctypes.c_void_p, ctypes.POINTER(ctypes.c_void_p)]
_advapi32.ConvertSidToStringSidW.restype = wintypes.BOOL
_advapi32.ConvertStringSecurityDescriptorToSecurityDescriptorW.argtypes = [
    wintypes.LPCWSTR,
    wintypes.DWORD,
    ctypes.POINTER(ctypes.c_void_p),
    ctypes.c_void_p,
]
_advapi32.ConvertStringSecurityDescriptorToSecurityDescriptorW.restype = wintypes.BOOL


class PipeStream:
    """A connected pipe as a stream of bytes."""

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self._ended = _new_event()
        # A read whose time was up goes on: what it brings is the next one's.
        self._pending: Any = None

    def read(self, size: int, timeout: Optional[float]) -> Optional[bytes]:
        try:
            if self._pending is None:
                self._pending, error = _winapi.ReadFile(self._handle, size, overlapped=True)
                done = error != _ERROR_IO_PENDING
            else:
                done = False
            if not done and not self._wait(self._pending, timeout):
                return None

            overlapped, self._pending = self._pending, None
            overlapped.GetOverlappedResult(True)
            return bytes(overlapped.getbuffer() or b"")
        except OSError as error:
            self._pending = None
            if error.winerror in _GONE:
                return b""
            raise

    def write(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            overlapped, error = _winapi.WriteFile(self._handle, bytes(rest[:_BUFFER]), overlapped=True)
            if error == _ERROR_IO_PENDING:
                self._wait(overlapped, None)
            written, _ = overlapped.GetOverlappedResult(True)
            rest = rest[written:]

    def _wait(self, overlapped: Any, timeout: Optional[float]) -> bool:
        milliseconds = _INFINITE if timeout is None else max(0, int(timeout * 1000 + 0.999))
        result = _winapi.WaitForMultipleObjects([overlapped.event, self._ended], False, milliseconds)
        if result == _winapi.WAIT_OBJECT_0 + 1:
            overlapped.cancel()
            return True
        return result != _winapi.WAIT_TIMEOUT

    def wait_for_hangup(self) -> bool:
        # A pipe says so to who reads it, and to nobody else.
        return False

    def end(self) -> None:
        _kernel32.SetEvent(self._ended)

    def dispose(self) -> None:
        if self._pending is not None:
            # The system must not write into memory that is freed.
            self._pending.cancel()
            try:
                self._pending.GetOverlappedResult(True)
            except OSError:
                # Cancelled.
                pass
            self._pending = None
        _winapi.CloseHandle(self._handle)
        _winapi.CloseHandle(self._ended)

    def close(self) -> None:
        self.end()
        self.dispose()


def connect(address: str) -> PipeStream:
    """:raises OSError: nobody serves the pipe. :raises IpcError: DENIED: another user does."""
    while True:
        try:
            handle = _winapi.CreateFile(
                address,
                _winapi.GENERIC_READ | _winapi.GENERIC_WRITE,
                0,
                _winapi.NULL,
                _winapi.OPEN_EXISTING,
                _FILE_FLAG_OVERLAPPED | _SECURITY_IDENTIFICATION,
                _winapi.NULL,
            )
            break
        except OSError as error:
            if error.winerror != _ERROR_PIPE_BUSY:
                raise
            # Every instance has its client; the server makes the next one when it accepts.
            _winapi.WaitNamedPipe(address, _CONNECT_TIMEOUT_MS)

    try:
        _check_user(handle, _kernel32.GetNamedPipeServerProcessId, address)
    except BaseException:
        _winapi.CloseHandle(handle)
        raise
    return PipeStream(handle)


class Listener:
    """Serves a pipe for the current user. The first instance exists before anybody can be told its name."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._ended = _new_event()
        self._security = _SecurityAttributes.of_current_user()
        try:
            self._next = self._new_instance(_FILE_FLAG_FIRST_PIPE_INSTANCE)
        except OSError as error:
            if error.winerror == _ERROR_ACCESS_DENIED:
                raise IpcError(IpcErrorCode.BUSY, "Another server listens at {}. End it, or use another name.".format(address)) from None
            raise
        self._connecting: Any = None

    def accept(self, timeout: Optional[float], has_room: Any) -> Optional[PipeStream]:
        deadline = None if timeout is None else time.monotonic() + timeout
        while True:
            if self._connecting is None:
                self._connecting = _winapi.ConnectNamedPipe(self._next, overlapped=True)
            milliseconds = _INFINITE if deadline is None else max(0, int((deadline - time.monotonic()) * 1000 + 0.999))
            if _winapi.WaitForMultipleObjects([self._connecting.event, self._ended], False, milliseconds) != _winapi.WAIT_OBJECT_0:
                return None
            stream = self._take(has_room)
            if stream is not None:
                return stream

    def _take(self, has_room: Any) -> Optional[PipeStream]:
        overlapped, self._connecting = self._connecting, None
        handle = self._next
        self._next = self._new_instance(0)
        try:
            overlapped.GetOverlappedResult(True)
            _check_user(handle, _kernel32.GetNamedPipeClientProcessId, self._address)
            if has_room():
                return PipeStream(handle)
            log.warning("%s: a connection was turned away; too many are open.", self._address)
        except (OSError, IpcError) as error:
            # Who knocked is gone or not welcome.
            log.warning("%s: a connection was turned away: %s", self._address, error)
        _winapi.CloseHandle(handle)
        return None

    def _new_instance(self, flags: int) -> int:
        return _winapi.CreateNamedPipe(
            self._address,
            _PIPE_ACCESS_DUPLEX | _FILE_FLAG_OVERLAPPED | flags,
            _PIPE_REJECT_REMOTE_CLIENTS,
            _PIPE_UNLIMITED_INSTANCES,
            _BUFFER,
            _BUFFER,
            0,
            ctypes.addressof(self._security),
        )

    def end(self) -> None:
        _kernel32.SetEvent(self._ended)

    def dispose(self) -> None:
        if self._connecting is not None:
            self._connecting.cancel()
            self._connecting = None
        _winapi.CloseHandle(self._next)
        _winapi.CloseHandle(self._ended)
        self._security.free()


class _SecurityAttributes(ctypes.Structure):
    _fields_ = [("nLength", wintypes.DWORD), ("lpSecurityDescriptor", ctypes.c_void_p), ("bInheritHandle", wintypes.BOOL)]

    @classmethod
    def of_current_user(cls) -> "_SecurityAttributes":
        descriptor = ctypes.c_void_p()
        # Protected from what is inherited; everything for the user, nothing for anybody else.
        text = "D:P(A;;GA;;;{})".format(_user_of(_kernel32.GetCurrentProcess()))
        _check(_advapi32.ConvertStringSecurityDescriptorToSecurityDescriptorW(text, 1, ctypes.byref(descriptor), None))
        return cls(ctypes.sizeof(cls), descriptor.value, False)

    def free(self) -> None:
        _kernel32.LocalFree(self.lpSecurityDescriptor)
        self.lpSecurityDescriptor = None


def _check_user(handle: int, process_of: Any, address: str) -> None:
    process_id = wintypes.ULONG()
    _check(process_of(handle, ctypes.byref(process_id)))
    if process_id.value == os.getpid():
        return

    query_limited_information = 0x1000
    process = _kernel32.OpenProcess(query_limited_information, False, process_id.value)
    if not process:
        raise IpcError(IpcErrorCode.DENIED, "Who is at the other end of {} cannot be found out.".format(address))
    try:
        other, own = _user_of(process), _user_of(_kernel32.GetCurrentProcess())
    finally:
        _kernel32.CloseHandle(process)
    if other != own:
        raise IpcError(IpcErrorCode.DENIED, "Who is at the other end of {} is user {}, not you.".format(address, other))


def _user_of(process: Any) -> str:
    """The security identifier of the user as whom a process runs."""
    token_query, token_user = 0x0008, 1
    token = wintypes.HANDLE()
    _check(_advapi32.OpenProcessToken(process, token_query, ctypes.byref(token)))
    try:
        size = wintypes.DWORD()
        _advapi32.GetTokenInformation(token, token_user, None, 0, ctypes.byref(size))
        buffer = ctypes.create_string_buffer(size.value)
        _check(_advapi32.GetTokenInformation(token, token_user, buffer, size, ctypes.byref(size)))
        # TOKEN_USER begins with the pointer to the identifier.
        text = ctypes.c_void_p()
        _check(_advapi32.ConvertSidToStringSidW(ctypes.c_void_p.from_buffer(buffer).value, ctypes.byref(text)))
        try:
            return ctypes.wstring_at(text.value)  # type: ignore[arg-type]
        finally:
            _kernel32.LocalFree(text)
    finally:
        _kernel32.CloseHandle(token)


def _new_event() -> int:
    event = _kernel32.CreateEventW(None, True, False, None)
    if not event:
        raise ctypes.WinError(ctypes.get_last_error())
    return event


def _check(succeeded: Any) -> None:
    if not succeeded:
        raise ctypes.WinError(ctypes.get_last_error())
