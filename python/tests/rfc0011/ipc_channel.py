# python/auroraview/core/ipc/channel.py

"""Unified IPC Channel for AuroraView.

Provides a consistent interface for IPC communication across all modes:
- Standalone mode: ThreadChannel (in-process)
- Packed mode: LocalSocketChannel (process-to-process)
- DCC mode: ThreadChannel with Qt integration
"""

from __future__ import annotations

import json
import os
import socket
import sys
import threading
from dataclasses import dataclass, field
from typing import Any, Callable, Dict, Optional, Union
from enum import Enum, auto

# Use Rust-powered JSON if available
try:
    from auroraview._core import json_dumps, json_loads
except ImportError:
    json_dumps = lambda obj: json.dumps(obj, ensure_ascii=False)
    json_loads = json.loads


class IpcMessageType(Enum):
    """IPC message types."""
    REQUEST = "request"
    RESPONSE = "response"
    EVENT = "event"
    PING = "ping"
    PONG = "pong"
    DATA = "data"


@dataclass
class IpcMessage:
    """Unified IPC message structure."""
    type: str
    data: Any = field(default_factory=dict)
    id: Optional[str] = None
    method: Optional[str] = None
    event: Optional[str] = None
    error: Optional[Dict[str, Any]] = None
    
    def to_dict(self) -> Dict[str, Any]:
        result = {"type": self.type, "data": self.data}
        if self.id:
            result["id"] = self.id
        if self.method:
            result["method"] = self.method
        if self.event:
            result["event"] = self.event
        if self.error:
            result["error"] = self.error
        return result
    
    def to_json(self) -> str:
        return json_dumps(self.to_dict())
    
    @classmethod
    def from_dict(cls, data: Dict[str, Any]) -> "IpcMessage":
        return cls(
            type=data.get("type", "data"),
            data=data.get("data", {}),
            id=data.get("id"),
            method=data.get("method"),
            event=data.get("event"),
            error=data.get("error"),
        )
    
    @classmethod
    def from_json(cls, json_str: str) -> "IpcMessage":
        return cls.from_dict(json_loads(json_str))


class IpcChannelError(Exception):
    """IPC channel error."""
    pass


class IpcChannel:
    """Abstract base class for IPC channels."""
    
    def __init__(self, name: str):
        self.name = name
        self._shutdown = False
        self._handlers: list[Callable[[IpcMessage], None]] = []
        self._lock = threading.Lock()
    
    def send(self, msg: IpcMessage) -> bool:
        """Send a message through the channel."""
        raise NotImplementedError
    
    def receive(self, timeout: Optional[float] = None) -> Optional[IpcMessage]:
        """Receive a message (blocking with optional timeout)."""
        raise NotImplementedError
    
    def emit(self, event: str, data: Any = None) -> bool:
        """Emit an event."""
        msg = IpcMessage(
            type=IpcMessageType.EVENT.value,
            event=event,
            data=data or {},
        )
        return self.send(msg)
    
    def on_message(self, handler: Callable[[IpcMessage], None]) -> None:
        """Register a message handler."""
        self._handlers.append(handler)
    
    def shutdown(self) -> None:
        """Initiate graceful shutdown."""
        self._shutdown = True
    
    def is_shutdown(self) -> bool:
        """Check if shutdown has been initiated."""
        return self._shutdown
    
    def close(self) -> None:
        """Close the channel."""
        self.shutdown()


class LocalSocketChannel(IpcChannel):
    """LocalSocket-based IPC channel (Windows Named Pipes / Unix Domain Sockets).
    
    Used for process-to-process communication (e.g., Packed Mode).
    """
    
    WINDOWS_PIPE_PREFIX = r"\\.\pipe\auroraview_"
    UNIX_SOCKET_PREFIX = "/tmp/auroraview_"
    
    def __init__(self, name: str, is_server: bool = False):
        super().__init__(name)
        self._socket: Optional[socket.socket] = None
        self._file: Any = None
        self._is_server = is_server
        self._connected = False
    
    @classmethod
    def server(cls, name: str) -> "LocalSocketChannelServer":
        """Create a server channel."""
        return LocalSocketChannelServer(name)
    
    @classmethod
    def connect(cls, name: str) -> "LocalSocketChannel":
        """Connect to an existing channel."""
        channel = cls(name, is_server=False)
        channel._connect()
        return channel
    
    def _connect(self) -> None:
        """Establish connection."""
        if self._connected:
            return
        
        if sys.platform == "win32":
            pipe_path = f"{self.WINDOWS_PIPE_PREFIX}{self.name}"
            self._file = open(pipe_path, "r+b", buffering=0)
        else:
            socket_path = f"{self.UNIX_SOCKET_PREFIX}{self.name}"
            self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            self._socket.connect(socket_path)
            self._file = self._socket.makefile("rw", buffering=1)
        
        self._connected = True
    
    def send(self, msg: IpcMessage) -> bool:
        if self._shutdown or not self._connected:
            return False
        
        try:
            with self._lock:
                json_str = msg.to_json() + "\n"
                if sys.platform == "win32":
                    self._file.write(json_str.encode("utf-8"))
                else:
                    self._file.write(json_str)
                self._file.flush()
                return True
        except Exception as e:
            raise IpcChannelError(f"Send failed: {e}") from e
    
    def receive(self, timeout: Optional[float] = None) -> Optional[IpcMessage]:
        if self._shutdown or not self._connected:
            return None
        
        try:
            # Read line from channel
            if sys.platform == "win32":
                line = self._read_line_windows()
            else:
                line = self._file.readline().strip()
            
            if not line:
                return None
            
            return IpcMessage.from_json(line)
        except Exception as e:
            raise IpcChannelError(f"Receive failed: {e}") from e
    
    def _read_line_windows(self) -> str:
        """Read a line from Windows named pipe."""
        line = b""
        while True:
            char = self._file.read(1)
            if not char or char == b"\n":
                break
            line += char
        return line.decode("utf-8")
    
    def close(self) -> None:
        super().close()
        self._connected = False
        if self._file:
            try:
                self._file.close()
            except Exception:
                pass
        if self._socket:
            try:
                self._socket.close()
            except Exception:
                pass


class LocalSocketChannelServer:
    """Server-side LocalSocket channel."""
    
    def __init__(self, name: str):
        self.name = name
        self._listener = None
        self._shutdown = False
        self._setup_listener()
    
    def _setup_listener(self) -> None:
        """Setup the listener socket."""
        if sys.platform == "win32":
            # Windows Named Pipe - handled differently
            pass
        else:
            socket_path = f"{LocalSocketChannel.UNIX_SOCKET_PREFIX}{self.name}"
            # Remove existing socket file if present
            import os
            if os.path.exists(socket_path):
                os.unlink(socket_path)
            
            self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            self._listener.bind(socket_path)
            self._listener.listen(1)
    
    def accept(self) -> LocalSocketChannel:
        """Accept an incoming connection."""
        if sys.platform == "win32":
            # Windows implementation would use win32pipe
            raise NotImplementedError("Windows server not yet implemented")
        
        conn, _ = self._listener.accept()
        channel = LocalSocketChannel(self.name)
        channel._socket = conn
        channel._file = conn.makefile("rw", buffering=1)
        channel._connected = True
        return channel
    
    def shutdown(self) -> None:
        self._shutdown = True
        if self._listener:
            self._listener.close()
