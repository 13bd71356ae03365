"""Where the socket of a channel lies."""

from __future__ import annotations

import os
import re
import stat
import sys

from .errors import IpcError, IpcErrorCode

MAX_PATH_BYTES = 107
PIPE_PREFIX = "\\\\.\\pipe\\"

_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}")


def socket_address(name: str) -> str:
    """The path of a Unix domain socket, or the full name of a Windows pipe, for a channel's name.

    An absolute path, or a pipe's full name, stays what it is.

    :raises ValueError: the name is neither.
    """
    if sys.platform == "win32":
        return name if name.startswith(PIPE_PREFIX) else PIPE_PREFIX + "oriel_" + _checked(name)
    if name.startswith("/"):
        return _short_enough(name)
    return _short_enough(os.path.join(runtime_folder(), _checked(name) + ".sock"))


def rfc_address(name: str) -> str:
    """The same for a name of RFC 0011, whose sockets lie in /tmp; it knows no paths.

    :raises ValueError: that is no name.
    """
    prefix = PIPE_PREFIX if sys.platform == "win32" else "/tmp/"
    return prefix + "auroraview_" + _checked(name)


def runtime_folder() -> str:
    """The folder of this user's sockets; it need not exist."""
    base = os.environ.get("XDG_RUNTIME_DIR", "")
    if os.path.isabs(base):
        return os.path.join(base, "oriel")
    return "/tmp/oriel-{}".format(os.geteuid())


def make_private(folder: str) -> None:
    """Creates a folder that is this user's alone, unless it is there already.

    :raises IpcError: DENIED: something else lies there.
    """
    try:
        os.mkdir(folder, 0o700)
    except FileExistsError:
        check_private(folder)


def check_private(folder: str) -> None:
    """Refuses a folder in which somebody else could have put the socket.

    :raises IpcError: DENIED.
    :raises FileNotFoundError: there is no such folder.
    """
    # Not followed: in /tmp anybody may have placed a link before us.
    status = os.lstat(folder)
    if not stat.S_ISDIR(status.st_mode):
        raise IpcError(IpcErrorCode.DENIED, "{} is not a folder. Remove it, or set XDG_RUNTIME_DIR.".format(folder))
    if status.st_uid != os.geteuid():
        raise IpcError(IpcErrorCode.DENIED, "{} belongs to user {}. Remove it, or set XDG_RUNTIME_DIR.".format(folder, status.st_uid))
    if status.st_mode & 0o077:
        raise IpcError(IpcErrorCode.DENIED, "Others may use {} (mode {:o}). Do: chmod 700 {}".format(folder, stat.S_IMODE(status.st_mode), folder))


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError("{!r} names no channel: 1 to 64 letters, digits, '.', '_' and '-', with no dot in front, or an absolute path.".format(name))
    return name


def _short_enough(path: str) -> str:
    if len(os.fsencode(path)) > MAX_PATH_BYTES or "\0" in path:
        raise ValueError("The path of a socket has at most {} bytes: {!r}. Use a shorter name or XDG_RUNTIME_DIR.".format(MAX_PATH_BYTES, path))
    return path
