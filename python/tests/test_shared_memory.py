import fcntl
import mmap
import os
import socket
import struct
import sys
import threading
import unittest

from oriel import App, IpcError, IpcErrorCode, IpcLimits, IpcMessage, LocalSocketChannel

from .support import LIMIT, SocketTestCase, until, within

RING = 256 * 1024
HEADER = struct.Struct("<BBBBIQ")
REFERENCE = struct.Struct("<qi")
F_ADD_SEALS, SEAL, SHRINK, GROW = 1033, 1, 2, 4


class Maker:
    """The side that accepted: it makes the memory, and writes the wire by hand."""

    def __init__(self, connection):
        self.connection = connection
        self.stream = connection.makefile("rb")
        self.written = 0

    def make(self, size=4096 + 2 * RING, seals=SEAL | SHRINK | GROW):
        self.descriptor = os.memfd_create("oriel-test", os.MFD_CLOEXEC | 2)
        os.ftruncate(self.descriptor, size)
        fcntl.fcntl(self.descriptor, F_ADD_SEALS, seals)
        self.memory = mmap.mmap(self.descriptor, size)
        return "/proc/{}/fd/{}".format(os.getpid(), self.descriptor)

    def close(self):
        self.stream.close()
        self.connection.close()
        if hasattr(self, "memory"):
            self.memory.close()
            os.close(self.descriptor)

    def send(self, kind, flags, id, payload):
        self.connection.sendall(HEADER.pack(1, kind, flags, 0, len(payload), id) + payload)

    def send_line(self, line):
        self.connection.sendall(line + b"\n")

    def offer(self, path):
        self.send(7, 2, RING, path.encode())

    def send_shared(self, id, payload):
        begin = -(-self.written // 64) * 64
        if RING - begin % RING < len(payload):
            begin += RING - begin % RING
        start = 4096 + begin % RING
        self.memory[start : start + len(payload)] = payload
        self.written = begin + len(payload)
        self.send(2, 2, id, REFERENCE.pack(begin, len(payload)))

    def how_far_ours_was_read(self):
        return struct.unpack_from("<q", self.memory, 64)[0]

    def release(self, end):
        struct.pack_into("<q", self.memory, 128, end)

    def receive(self):
        """(kind, flags, id, payload) of a binary frame, a line, or None at the end."""
        first = self.stream.read(1)
        if first != b"\x01":
            return first + self.stream.readline() if first else None
        _, kind, flags, _, length, id = HEADER.unpack(first + self.stream.read(HEADER.size - 1))
        return kind, flags, id, self.stream.read(length)

    def payload_of(self, frame):
        begin, length = REFERENCE.unpack(frame[3])
        start = 4096 + RING + begin % RING
        return self.memory[start : start + length]


@unittest.skipUnless(sys.platform == "linux" and hasattr(os, "memfd_create"), "shared memory is Linux's, and memfd_create came with Python 3.8")
class SharedMemoryTests(SocketTestCase):
    def setUp(self):
        super().setUp()
        path = os.path.join(self.folder, "maker.sock")
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(path)
            listener.listen()
            self.channel = LocalSocketChannel.connect(path)
            connection, _ = listener.accept()
        connection.settimeout(LIMIT)
        self.maker = Maker(connection)
        self.addCleanup(self.maker.close)
        self.addCleanup(self.channel.close)

    def begin(self):
        self.maker.send_line(b'{"type":"ready","data":{"wire":["bin1","shm1"]}}')
        self.maker.offer(self.maker.make())
        self.assertEqual(self.channel.receive(LIMIT).type, "ready")
        # A message that is received is behind the offer.
        self.maker.send_line(b'{"type":"ping"}')
        self.assertEqual(self.channel.receive(LIMIT).type, "ping")
        self.assertEqual(self.maker.receive(), (7, 2, 0, b""))
        self.assertTrue(self.channel.uses_shared_memory)

    def test_who_connects_offers_to_read_it(self):
        app = App(self.channel)
        threading.Thread(target=app.run, daemon=True).start()
        self.assertIn(b'"wire":["bin1","shm1"]', self.maker.receive())

    def test_payloads_arrive_and_their_room_is_given_back(self):
        self.begin()
        for number in range(20):
            payload = os.urandom(100_000)
            self.maker.send_shared(number, payload)
            message = self.channel.receive(LIMIT)
            self.assertEqual((message.type, message.id, message.data), ("response", str(number), payload))
            self.assertEqual(self.maker.how_far_ours_was_read(), self.maker.written)

    def test_payloads_of_64_kb_and_more_leave_by_it_and_wrap_nowhere(self):
        self.begin()
        for number in range(20):
            payload = os.urandom(65536 + number)
            self.channel.send(IpcMessage("response", payload, str(number)))
            frame = self.maker.receive()
            begin, length = REFERENCE.unpack(frame[3])
            self.assertEqual((frame[:3], begin % 64, self.maker.payload_of(frame)), ((2, 2, number), 0, payload))
            self.assertLessEqual(begin % RING + length, RING)
            self.maker.release(begin + length)

    def test_a_name_stands_in_front_of_the_reference(self):
        self.begin()
        self.channel.emit("picture", bytearray(b"x" * 70_000))
        kind, flags, _, payload = self.maker.receive()
        self.assertEqual((kind, flags, payload[:9], REFERENCE.unpack(payload[9:])), (3, 3, b"\x07\0picture", (0, 70_000)))

    def test_small_payloads_batches_and_what_finds_no_room_go_by_the_socket(self):
        self.begin()
        self.channel.send(IpcMessage("response", b"x" * 65535, "1"))
        self.assertEqual(self.maker.receive(), (2, 0, 1, b"x" * 65535))
        with self.channel.batch():
            self.channel.send(IpcMessage("response", b"x" * 65536, "2"))
            self.assertEqual(self.maker.receive(), (2, 0, 2, b"x" * 65536))

        large = b"y" * 100_000
        for number in range(3):
            self.channel.send(IpcMessage("response", large, str(number)))
        self.assertEqual([self.maker.receive()[1] for _ in range(2)], [2, 2])
        self.assertEqual(self.maker.receive(), (2, 0, 2, large))

    def test_what_the_other_side_says_it_has_read_is_believed_within_bounds_only(self):
        self.begin()
        for lie in (-1, 1, 2**62):
            self.maker.release(lie)
            self.channel.send(IpcMessage("response", b"y" * 70_000, "1"))
            self.assertEqual(self.maker.receive()[1], 0)

    def test_frames_of_many_threads_lie_in_the_memory_in_the_order_of_their_frames(self):
        self.begin()

        def send():
            for _ in range(50):
                self.channel.send(IpcMessage("response", b"z" * 66_000, "1"))

        threads = [threading.Thread(target=send, daemon=True) for _ in range(4)]
        for thread in threads:
            thread.start()
        ends = [0]
        for _ in range(200):
            _, flags, _, payload = self.maker.receive()
            if flags & 2:
                begin, length = REFERENCE.unpack(payload)
                self.assertGreaterEqual(begin, ends[-1])
                ends.append(begin + length)
                self.maker.release(ends[-1])
        self.assertGreater(len(ends), 1)
        for thread in threads:
            within(thread.join)

    def refuse(self, offer):
        with self.assertLogs("oriel", "WARNING"):
            self.maker.send_line(b'{"type":"ready","data":{"wire":["bin1","shm1"]}}')
            self.maker.offer(offer)
            self.maker.send_line(b'{"type":"ping"}')
            self.assertEqual([self.channel.receive(LIMIT).type for _ in range(2)], ["ready", "ping"])
        self.assertFalse(self.channel.uses_shared_memory)
        self.channel.send(IpcMessage("response", b"x" * 70_000, "1"))
        self.assertEqual(self.maker.receive(), (2, 0, 1, b"x" * 70_000))

    def test_memory_that_can_be_shortened_is_not_used(self):
        self.refuse(self.maker.make(seals=GROW))

    def test_memory_of_another_size_is_not_used(self):
        self.refuse(self.maker.make(size=4096 + RING))

    def test_memory_of_another_process_is_not_used(self):
        self.refuse(self.maker.make().replace(str(os.getpid()), str(os.getppid())))

    def test_a_path_that_leads_elsewhere_is_not_used(self):
        self.refuse("/proc/{}/fd/../fd/{}".format(os.getpid(), self.maker.make().rsplit("/", 1)[1]))

    def test_a_descriptor_that_is_no_memory_is_not_opened(self):
        reader, writer = os.pipe()
        self.addCleanup(os.close, reader)
        self.addCleanup(os.close, writer)
        self.refuse("/proc/{}/fd/{}".format(os.getpid(), reader))

    def test_a_reference_that_lies_ends_the_channel(self):
        for begin, length in ((0, RING + 1), (0, -1), (RING - 64, 65), (-64, 10), (2**62, 10), (2 * RING, 10)):
            with self.subTest(begin=begin, length=length), self.assertLogs("oriel", "WARNING"):
                self.doCleanups()
                self.setUp()
                self.begin()
                self.maker.send(2, 2, 1, REFERENCE.pack(begin, length))
                # Whoever waits for that answer is told, and then it is over.
                self.assertEqual(self.channel.receive(LIMIT).error.code, IpcErrorCode.INVALID_REQUEST)
                self.assertRaises(IpcError, self.channel.receive, LIMIT)

    def test_a_payload_beyond_the_limit_of_a_message_is_refused(self):
        self.channel._frames._limits = IpcLimits(max_message_bytes=80_000)
        self.begin()
        self.maker.send_shared(1, b"x" * 80_001)
        with self.assertLogs("oriel", "WARNING"):
            self.assertEqual(self.channel.receive(LIMIT).error.code, IpcErrorCode.INVALID_REQUEST)

    def test_nothing_is_mapped_when_the_channel_has_ended(self):
        self.begin()
        self.channel.close()
        self.maker.close()
        del self.maker.memory

        def is_mapped():
            with open("/proc/self/maps") as maps:
                return "oriel-test" in maps.read()

        until(lambda: not is_mapped())
