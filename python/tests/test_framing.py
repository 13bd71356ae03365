import os
import random
import struct
import time
import tracemalloc
import unittest

from oriel import IpcError, IpcErrorCode, IpcLimits, IpcMessage, MessageRefused
from oriel.framing import FrameReader, write_frame

BIN1 = frozenset(("bin1",))
LIMITS = IpcLimits()

MESSAGES = [
    IpcMessage("request", b"\x00\n\x01", "1", "save"),
    IpcMessage("event", {"text": "line\nfeed"}, event="log"),
    IpcMessage("response", b"", str(2**63 - 2)),
    IpcMessage("event", b"{}\n", event="größe"),
    IpcMessage("next", b"\n" * 100, "0"),
    IpcMessage("response", [1, 2], "x"),
]


def header(kind, flags, length, id=1, reserved=0):
    return struct.pack("<BBBBIQ", 1, kind, flags, reserved, length, id)


class FramingTests(unittest.TestCase):
    def setUp(self):
        self.reader = FrameReader()

    def refusal(self, data, reader=None):
        frames = (reader or self.reader).feed(data)
        self.assertEqual([type(frame) for frame in frames], [MessageRefused])
        return frames[0]

    def test_frames_of_both_kinds_arrive_however_they_are_cut(self):
        stream = b"".join(write_frame(message, BIN1, LIMITS) for message in MESSAGES)
        for size in (1, 2, 3, 7, 16, 17, len(stream)):
            reader = FrameReader()
            arrived = [frame for at in range(0, len(stream), size) for frame in reader.feed(stream[at : at + size])]
            self.assertEqual(arrived, MESSAGES)

    def test_a_line_feed_inside_a_message_does_not_end_it(self):
        self.assertEqual(write_frame(IpcMessage("event", "a\nb", event="e"), BIN1, LIMITS).count(b"\n"), 1)

    def test_bytes_are_refused_for_a_peer_that_cannot_read_them(self):
        with self.assertRaisesRegex(TypeError, "has not offered to read bytes"):
            write_frame(IpcMessage("event", b"x", event="e"), frozenset(), LIMITS)

    def test_bytes_do_not_answer_a_call_whose_id_no_frame_can_carry(self):
        for id in ("abc", "01", "-1", "18446744073709551616", "٣"):
            with self.assertRaisesRegex(TypeError, "decimal"):
                write_frame(IpcMessage("response", b"x", id), BIN1, LIMITS)

    def test_a_binary_frame_is_what_the_page_about_the_wire_says(self):
        frame = write_frame(IpcMessage("request", b"\xff", "258", "ab"), BIN1, LIMITS)
        self.assertEqual(frame, b"\x01\x01\x01\x00\x05\x00\x00\x00\x02\x01\x00\x00\x00\x00\x00\x00\x02\x00ab\xff")

    def test_empty_lines_are_skipped(self):
        self.assertEqual(self.reader.feed(b'\n  \n\r\n{"type":"pong"}\n\n'), [IpcMessage("pong")])

    def test_after_a_line_that_is_no_message_reading_goes_on(self):
        frames = self.reader.feed(b'nonsense\n{"type":"pong"}\n')
        self.assertEqual(frames[0].error.code, IpcErrorCode.PARSE_ERROR)
        self.assertEqual(frames[1], IpcMessage("pong"))

    def test_a_line_beyond_the_limit_is_passed_over_and_not_kept(self):
        start = b'{"type":"request","id":"42","method":"m","data":"'
        tracemalloc.start()
        self.addCleanup(tracemalloc.stop)
        reader = FrameReader(IpcLimits(max_message_bytes=1024 * 1024))
        frames = reader.feed(start)
        for _ in range(1024):
            frames += reader.feed(b"x" * 65536)
        frames += reader.feed(b'"}\n{"type":"pong"}\n')

        self.assertLess(tracemalloc.get_traced_memory()[1], 8 * 1024 * 1024)
        self.assertEqual((frames[0].error.code, frames[0].answer().id), (IpcErrorCode.PAYLOAD_TOO_LARGE, "42"))
        self.assertEqual(frames[1:], [IpcMessage("pong")])

    def test_a_frame_of_four_gigabytes_is_refused_when_its_header_is_there(self):
        refusal = self.refusal(header(1, 1, 0xFFFFFFFF, 9))
        self.assertEqual((refusal.error.code, refusal.answer().id), (IpcErrorCode.PAYLOAD_TOO_LARGE, "9"))

    def test_a_frame_that_is_refused_is_skipped(self):
        for bad in (
            header(7, 0, 3),
            header(1, 0, 3),
            header(2, 1, 3),
            header(2, 2, 3),
            header(2, 128, 3),
            header(2, 0, 3, reserved=1),
            header(2, 0, 3, id=2**63 - 1),
            header(9, 0, 3, id=2**64 - 1),
            header(1, 1, 3) + struct.pack("<H", 500) + b"x",
            header(1, 1, 3) + struct.pack("<H", 0) + b"x",
            header(1, 1, 3) + struct.pack("<H", 1) + b"\xff",
        ):
            bad += b"\n" * (19 - len(bad))
            frames = FrameReader().feed(bad + b'{"type":"pong"}\n')
            with self.subTest(bad=bad):
                self.assertEqual(frames[0].error.code, IpcErrorCode.INVALID_REQUEST)
                self.assertEqual(frames[1:], [IpcMessage("pong")])

    def test_bytes_answer_an_id_up_to_the_largest_that_every_language_has(self):
        write_frame(IpcMessage("response", b"", str(2**63 - 2)), BIN1, LIMITS)
        for id in (str(2**63 - 1), str(2**64 - 1), "1" * 100, "01", "x"):
            with self.subTest(id=id), self.assertRaisesRegex(TypeError, "2\\^63 - 2"):
                write_frame(IpcMessage("response", b"", id), BIN1, LIMITS)

    def test_a_message_that_is_too_large_is_not_sent(self):
        with self.assertRaises(IpcError) as caught:
            write_frame(IpcMessage("event", "x" * 2000, event="e"), BIN1, IpcLimits(max_message_bytes=1000))
        self.assertEqual(caught.exception.code, IpcErrorCode.PAYLOAD_TOO_LARGE)

    def test_a_long_message_takes_time_in_proportion(self):
        message = write_frame(IpcMessage("event", "x" * (16 * 1024 * 1024), event="e"), BIN1, LIMITS)
        reader = FrameReader()
        start = time.process_time()
        frames = [frame for at in range(0, len(message), 65536) for frame in reader.feed(message[at : at + 65536])]
        # Copying or searching everything again for each chunk takes many seconds.
        self.assertLess(time.process_time() - start, 3.0)
        self.assertEqual(len(frames[0].data), 16 * 1024 * 1024)

    def test_mutations_of_good_frames_give_messages_or_refusals_and_nothing_else(self):
        random.seed(int(os.environ.get("ORIEL_FUZZ_SEED", "11")))
        stream = b"".join(write_frame(message, BIN1, LIMITS) for message in MESSAGES)
        limits = IpcLimits(max_message_bytes=4096)
        for _ in range(int(os.environ.get("ORIEL_FUZZ_ROUNDS", "4000"))):
            mutated = bytearray(stream)
            for _ in range(random.randint(1, 6)):
                at = random.randrange(len(mutated))
                what = random.randrange(3)
                if what == 0:
                    mutated[at] = random.choice((0, 1, 10, 34, 92, 123, 125, 255, random.randrange(256)))
                elif what == 1:
                    del mutated[at : at + random.randint(1, 20)]
                else:
                    mutated[at:at] = mutated[: random.randint(1, 40)]
            reader = FrameReader(limits)
            frames = reader.feed(bytes(mutated[:50])) + reader.feed(bytes(mutated[50:]))
            self.assertTrue(all(isinstance(frame, (IpcMessage, MessageRefused)) for frame in frames), mutated)
            for frame in frames:
                if isinstance(frame, MessageRefused):
                    write_frame(frame.answer(), BIN1, LIMITS)
