"""The Python side of Oriel: back ends for desktop applications with a web front end."""

from .app import App
from .calls import Call, current_call
from .channel import IpcChannel, StreamChannel
from .errors import IpcError, IpcErrorCode
from .factory import IpcMode, connect, detect
from .limits import IpcLimits
from .local_socket import LocalSocketChannel, LocalSocketChannelServer
from .message import IpcMessage, MessageRefused
from .stdio import StdioChannel
from .thread_channel import ThreadChannel
from .window import Window

__version__ = "0.1.0"

__all__ = [
    "App",
    "Call",
    "IpcChannel",
    "IpcError",
    "IpcErrorCode",
    "IpcLimits",
    "IpcMessage",
    "IpcMode",
    "LocalSocketChannel",
    "LocalSocketChannelServer",
    "MessageRefused",
    "StdioChannel",
    "StreamChannel",
    "ThreadChannel",
    "Window",
    "connect",
    "current_call",
    "detect",
]
