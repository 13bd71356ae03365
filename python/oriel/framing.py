"""The two kinds of frame on a stream: JSON lines, and binary frames for payloads that are bytes."""

from __future__ import annotations

import struct
from typing import FrozenSet, List, Optional, Union

from .errors import IpcError, IpcErrorCode
from .limits import DEFAULT_LIMITS, IpcLimits
from .message import IpcMessage, MessageRefused, is_name, too_large
from .shared_memory import MIN_SHARED_BYTES, SharedMemory
from .values import BYTES

BINARY = "bin1"
"""What a ``ready`` offers in ``wire`` by who can read binary frames."""

_MARK = 1
_HEADER = struct.Struct("<BBBBIQ")
_NAMED = 1
_SHARED = 2
_READY = 7
_KINDS = {"request": 1, "response": 2, "event": 3, "next": 9}
_TYPES = {kind: type for type, kind in _KINDS.items()}
# What every language can keep as a number of 64 bits with one to spare for "none".
_MAX_ID = 2**63 - 2



class SharedOffer:
    """The other side has made a shared memory."""

    def __init__(self, path: bytes, ring_bytes: int) -> None:
        self.path = path
        self.ring_bytes = ring_bytes


Frame = Union[IpcMessage, MessageRefused, SharedOffer]


def write_frame(message: IpcMessage, peer_reads: FrozenSet[str], limits: IpcLimits, memory: Optional[SharedMemory] = None) -> bytes:
    """The bytes of one message, whose payload lies in ``memory`` where it is large and there is room.

    :raises IpcError: PAYLOAD_TOO_LARGE.
    :raises TypeError: the payload has no form that crosses to this peer.
    :raises ValueError: the payload is NaN, contains itself, or nests too deep.
    """
    if isinstance(message.data, BYTES) and message.error is None:
        frame = _write_binary(message, peer_reads, limits, memory)
    else:
        frame = message.to_json(limits) + b"\n"

    if len(frame) > limits.max_message_bytes:
        raise IpcError(IpcErrorCode.PAYLOAD_TOO_LARGE, "The message has {:,} bytes; at most {:,} are sent.".format(len(frame), limits.max_message_bytes))
    return frame


def _write_binary(message: IpcMessage, peer_reads: FrozenSet[str], limits: IpcLimits, memory: Optional[SharedMemory]) -> bytes:
    kind = _KINDS.get(message.type)
    if kind is None or message.credit is not None:
        raise TypeError("Bytes cross in requests for one answer, in responses, events and items of a stream; write them as text here, such as base64.")
    if BINARY not in peer_reads:
        raise TypeError("The other side has not offered to read bytes (bin1): write them as text, such as base64.")

    name = message.method if kind == 1 else message.event if kind == 3 else None
    if kind in (1, 3) and not is_name(name, limits):
        raise ValueError("A name is a text of 1 to {} bytes.".format(limits.max_name_bytes))

    payload = message.data if isinstance(message.data, bytes) else bytes(message.data)
    prefix = b""
    if name is not None:
        text = name.encode("utf-8")
        prefix = len(text).to_bytes(2, "little") + text
    flags, number = _NAMED if prefix else 0, _number_of(message.id)
    if memory is not None and MIN_SHARED_BYTES <= len(payload) <= limits.max_message_bytes:
        reference = memory.write(payload)
        if reference is not None:
            payload, flags = reference, flags | _SHARED
    header = _HEADER.pack(_MARK, kind, flags, 0, len(prefix) + len(payload), number)
    return b"".join((header, prefix, payload))


def write_mapped() -> bytes:
    """The word that the other side's shared memory is mapped."""
    return _HEADER.pack(_MARK, _READY, _SHARED, 0, 0, 0)


def _number_of(id: object) -> int:
    if id is None:
        return 0
    # isdigit() takes digits of other scripts too.
    if isinstance(id, str) and id.isascii() and id.isdigit() and (id == "0" or id[0] != "0") and len(id) <= 19 and int(id) <= _MAX_ID:
        return int(id)
    raise TypeError("Bytes answer calls whose id is a decimal number up to 2^63 - 2 only; this one is {!r}.".format(id))


class FrameReader:
    """Splits what a stream brings into messages, however it is cut.

    Memory is bounded: what is longer than the limit is passed over, not kept.
    """

    def __init__(self, limits: IpcLimits = DEFAULT_LIMITS) -> None:
        self.memory: Optional[SharedMemory] = None
        self.reads_offers = False
        """Whether a shared memory was offered to be used, so that the other side may make one."""

        self._limits = limits
        self._rest = bytearray()
        self._scanned = 0
        self._skip_bytes = 0
        self._skip_line = False

    def feed(self, chunk: bytes) -> List[Frame]:
        """The messages that are whole now, and refusals in the place of what is none."""
        if not self._rest and not self._skip_bytes and not self._skip_line and chunk[:1] not in (b"", b"\x01") and chunk.find(b"\n") == len(chunk) - 1:
            # One whole line, as a call or its answer arrives.
            frames: List[Frame] = []
            self._read_line(chunk, 0, frames)
            return frames

        if self._rest:
            # A bytearray grows without copying what is there: a long message arrives in many chunks.
            self._rest += chunk
            data: Union[bytes, bytearray] = self._rest
        else:
            data = chunk

        frames = []
        start = 0
        length = len(data)
        while start < length:
            if self._skip_bytes:
                step = min(self._skip_bytes, length - start)
                self._skip_bytes -= step
                start += step
                continue
            if self._skip_line:
                end = data.find(b"\n", start)
                self._skip_line = end < 0
                start = length if end < 0 else end + 1
                continue
            if data[start] == _MARK:
                end = self._read_binary(data, start, frames)
            else:
                end = self._read_line(data, start, frames)
            if end < 0:
                break
            start = end

        self._keep(data, start)
        return frames

    def _keep(self, data: Union[bytes, bytearray], start: int) -> None:
        if data is self._rest:
            del self._rest[:start]
        elif start < len(data):
            self._rest += memoryview(data)[start:]
        self._scanned = len(self._rest)

    def _read_line(self, data: Union[bytes, bytearray], start: int, frames: List[Frame]) -> int:
        # What was searched before is not searched again. Only the first frame of the rest can be one that was.
        end = data.find(b"\n", max(start, self._scanned) if start == 0 else start)
        if end < 0:
            if len(data) - start > self._limits.max_message_bytes:
                frames.append(too_large(data[start : start + 512], len(data) - start, self._limits))
                self._skip_line = True
                return len(data)
            return -1

        line = bytes(data[start:end])
        if line and not line.isspace():
            try:
                frames.append(IpcMessage.from_json(line, self._limits))
            except MessageRefused as refusal:
                frames.append(refusal)
        return end + 1

    def _read_binary(self, data: Union[bytes, bytearray], start: int, frames: List[Frame]) -> int:
        begin = start + _HEADER.size
        if len(data) < begin:
            return -1

        _, kind, flags, reserved, length, id = _HEADER.unpack_from(data, start)
        try:
            self._check(kind, flags, reserved, length, id)
        except MessageRefused as refusal:
            frames.append(refusal)
            self._skip_bytes = length
            return begin

        end = begin + length
        if len(data) < end:
            return -1
        try:
            frames.append(self._message_of(kind, flags, id, bytes(data[begin:end])))
        except MessageRefused as refusal:
            frames.append(refusal)
        return end

    def _check(self, kind: int, flags: int, reserved: int, length: int, id: int) -> None:
        type = _TYPES.get(kind)
        if length > self._limits.max_message_bytes:
            raise MessageRefused(
                IpcError(IpcErrorCode.PAYLOAD_TOO_LARGE, "The frame has {:,} bytes; at most {:,} are accepted.".format(length, self._limits.max_message_bytes)),
                type,
                str(id),
            )
        if kind == _READY and flags == _SHARED and self.reads_offers:
            return
        if type is None:
            raise _invalid("A binary frame has no kind {}.".format(kind))
        if type != "event" and id > _MAX_ID:
            raise _invalid("The id of a binary frame is at most 2^63 - 2.", type)
        if flags & ~(_NAMED | (_SHARED if self.memory is not None else 0)) or reserved:
            raise _invalid("A binary frame has flags that were not offered.", type, str(id))
        if (type in ("request", "event")) != bool(flags & _NAMED):
            raise _invalid("A binary frame has a name when it is a request or an event.", type, str(id))

    def _message_of(self, kind: int, flags: int, id: int, payload: bytes) -> Frame:
        if kind == _READY:
            return SharedOffer(payload, id)
        type = _TYPES[kind]
        message = IpcMessage(type, payload, None if type == "event" else str(id))
        if not flags & _NAMED:
            self._resolve(message, flags)
            return message

        size = int.from_bytes(payload[:2], "little")
        if len(payload) < 2 + size:
            raise _invalid("A name is longer than its frame.", type, str(id))
        try:
            name = payload[2 : 2 + size].decode("utf-8")
        except UnicodeDecodeError:
            raise _invalid("A name is not valid UTF-8.", type, str(id)) from None
        if not is_name(name, self._limits):
            raise _invalid("A name has 1 to {} bytes.".format(self._limits.max_name_bytes), type, str(id))

        message.data = payload[2 + size :]
        if type == "request":
            message.method = name
        else:
            message.event = name
        self._resolve(message, flags)
        return message

    def _resolve(self, message: IpcMessage, flags: int) -> None:
        if flags & _SHARED and self.memory is not None:
            message.data = self.memory.read(message.data, self._limits.max_message_bytes)
            if message.data is None:
                error = IpcError(IpcErrorCode.INVALID_REQUEST, "A frame says that its payload is in shared memory, and it is not.")
                raise MessageRefused(error, message.type, message.id, is_last=True)


def _invalid(why: str, type: object = None, id: object = None) -> MessageRefused:
    return MessageRefused(IpcError(IpcErrorCode.INVALID_REQUEST, why), type, id)
