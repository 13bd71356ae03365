"""What is accepted, and how much of it."""

from __future__ import annotations

from dataclasses import dataclass

MAX_ID_BYTES = 128
MAX_CREDIT = 1024


@dataclass(frozen=True)
class IpcLimits:
    """The bounds of a channel and of the peer above it."""

    max_message_bytes: int = 64 * 1024 * 1024
    """Bytes of one message, read or written."""

    max_depth: int = 128
    """Levels of nesting of one message, the envelope included."""

    max_name_bytes: int = 256
    """Bytes of a method's or an event's name."""

    max_malformed: int = 16
    """What cannot be read is answered by an error; after so many the channel is closed."""

    max_queued_bytes: int = 8 * 1024 * 1024
    """Bytes that wait while another thread writes; whoever would exceed them waits."""

    max_requests_in_flight: int = 1024
    """Requests of the peer under way at once; more are answered with BUSY."""

    max_queued_events: int = 1024
    """Events of the peer that wait for their handlers; beyond, reading waits. While answers of the peer are awaited
    it is 16 times as many, since what waits for an answer may be a handler of events."""


DEFAULT_LIMITS = IpcLimits()
