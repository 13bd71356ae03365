import os
import socket
import stat
import struct
import sys
import threading
import time
import unittest

from oriel import IpcError, IpcErrorCode, IpcLimits, IpcMessage, LocalSocketChannel, LocalSocketChannelServer
from oriel.paths import socket_address

from .support import LIMIT, SocketTestCase, until, within


class LocalSocketTestCase(SocketTestCase):
    def serve(self, name="test", **options):
        server = LocalSocketChannelServer(name, **options)
        self.addCleanup(server.close)
        return server

    def connect(self, server, limits=IpcLimits()):
        client = LocalSocketChannel.connect(server.name, limits)
        end = server.accept(LIMIT)
        self.addCleanup(client.close)
        self.addCleanup(end.close)
        return client, end

    def raw(self, server):
        """A client of bytes, and the server's end of it."""
        client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.addCleanup(client.close)
        client.settimeout(LIMIT)
        client.connect(server.address)
        end = server.accept(LIMIT)
        self.addCleanup(end.close)
        return client, end


class PlaceTests(LocalSocketTestCase):
    def test_the_folder_and_the_socket_are_the_user_s_alone(self):
        server = self.serve()
        self.assertEqual(server.address, os.path.join(self.folder, "oriel", "test.sock"))
        self.assertEqual(stat.S_IMODE(os.stat(os.path.dirname(server.address)).st_mode), 0o700)
        self.assertEqual(stat.S_IMODE(os.stat(server.address).st_mode), 0o600)

    def test_without_a_runtime_folder_the_place_is_in_tmp(self):
        for value in ("", "relative"):
            os.environ["XDG_RUNTIME_DIR"] = value
            self.assertEqual(socket_address("a"), "/tmp/oriel-%d/a.sock" % os.geteuid())

    def test_names_that_lead_elsewhere_are_refused(self):
        for name in ("", "a/b", "../a", ".a", "a b", "x" * 65, "ä", "a\0", "a\n"):
            with self.subTest(name=name), self.assertRaisesRegex(ValueError, "names no channel"):
                socket_address(name)

    def test_a_path_of_108_bytes_is_refused_and_one_of_107_works(self):
        path = "/tmp/" + "x" * 200
        with self.assertRaisesRegex(ValueError, "at most 107 bytes"):
            LocalSocketChannelServer(path[:108])
        fits = os.path.join(self.folder, "x" * 200)[:107]
        self.connect(self.serve(fits))

    def test_a_folder_that_others_may_use_is_refused_by_both_ends(self):
        folder = os.path.join(self.folder, "oriel")
        os.mkdir(folder)
        os.chmod(folder, 0o755)
        for open_end in (LocalSocketChannelServer, LocalSocketChannel.connect):
            with self.assertRaisesRegex(IpcError, "chmod 700") as caught:
                open_end("test")
            self.assertEqual(caught.exception.code, IpcErrorCode.DENIED)

    def test_a_link_in_the_place_of_the_folder_is_refused(self):
        target = os.path.join(self.folder, "elsewhere")
        os.mkdir(target, 0o700)
        os.symlink(target, os.path.join(self.folder, "oriel"))
        with self.assertRaisesRegex(IpcError, "not a folder"):
            LocalSocketChannelServer("test")

    def test_a_live_server_s_socket_is_kept(self):
        server = self.serve()
        with self.assertRaisesRegex(IpcError, "Another server listens") as caught:
            LocalSocketChannelServer("test")
        self.assertEqual(caught.exception.code, IpcErrorCode.BUSY)
        self.connect(server)

    def test_a_dead_server_s_socket_is_replaced(self):
        died = self.start("import os, oriel; oriel.LocalSocketChannelServer('test'); os._exit(0)")
        died.wait(LIMIT)
        self.assertTrue(os.path.exists(socket_address("test")))
        self.connect(self.serve())

    def test_servers_that_race_for_a_dead_socket_do_not_remove_each_other_s(self):
        dead = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        os.mkdir(os.path.join(self.folder, "oriel"), 0o700)
        dead.bind(socket_address("test"))
        dead.close()

        servers, refused = [], []
        barrier = threading.Barrier(8)

        def listen():
            barrier.wait(LIMIT)
            try:
                servers.append(LocalSocketChannelServer("test"))
            except IpcError as error:
                refused.append(error.code)

        threads = [threading.Thread(target=listen) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(LIMIT)
        for server in servers:
            self.addCleanup(server.close)
        self.assertEqual((len(servers), refused), (1, [IpcErrorCode.BUSY] * 7))
        LocalSocketChannel.connect("test").close()

    def test_what_is_no_socket_is_not_removed(self):
        path = os.path.join(self.folder, "file")
        with open(path, "w") as file:
            file.write("precious")
        with self.assertRaisesRegex(IpcError, "not a socket"):
            LocalSocketChannelServer(path)
        self.assertTrue(os.path.exists(path))

    def test_closing_removes_the_own_socket_and_no_other(self):
        server = self.serve()
        server.close()
        self.assertFalse(os.path.exists(server.address))

        first = self.serve()
        # Somebody else's by now: a folder that was swept, and a server that knows nothing of our lock.
        os.unlink(first.address)
        second = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.addCleanup(second.close)
        second.bind(first.address)
        second.listen(1)
        first.close()
        self.assertTrue(os.path.exists(first.address))

    def test_a_live_server_that_knows_nothing_of_our_lock_is_kept(self):
        os.mkdir(os.path.join(self.folder, "oriel"), 0o700)
        stranger = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.addCleanup(stranger.close)
        stranger.bind(socket_address("test"))
        stranger.listen(0)
        for _ in range(3):
            # Its queue is full after the first, which a connection that waits would wait for.
            with self.assertRaisesRegex(IpcError, "Another server listens"):
                within(LocalSocketChannelServer, "test")

    def test_where_nobody_listens_the_error_says_so(self):
        os.mkdir(os.path.join(self.folder, "oriel"), 0o700)
        with self.assertRaisesRegex(IpcError, "Nobody listens") as caught:
            LocalSocketChannel.connect("test")
        self.assertEqual(caught.exception.code, IpcErrorCode.DISCONNECTED)


@unittest.skipUnless(sys.platform != "win32" and os.geteuid() == 0, "needs root, to become another user")
class OtherUserTests(LocalSocketTestCase):
    STRANGER = 65534

    def setUp(self):
        super().setUp()
        os.chmod(self.folder, 0o711)
        self.path = os.path.join(self.folder, "open")

    def test_a_connection_of_another_user_is_turned_away_and_others_are_not(self):
        server = self.serve(self.path)
        os.chmod(self.path, 0o666)
        stranger = self.start(
            "import os, socket, sys\nos.setuid(%d)\ns = socket.socket(socket.AF_UNIX)\ns.connect(sys.argv[1])\nsys.exit(len(s.recv(1)))" % self.STRANGER,
            self.path,
        )
        accepted = []
        with self.assertLogs("oriel", "WARNING") as log:
            acceptor = threading.Thread(target=lambda: accepted.append(server.accept(LIMIT)), daemon=True)
            acceptor.start()
            self.assertEqual(stranger.wait(LIMIT), 0)
            client = LocalSocketChannel.connect(self.path)
            self.addCleanup(client.close)
            client.emit("hello")
            acceptor.join(LIMIT)
        self.assertEqual(accepted[0].receive(LIMIT).event, "hello")
        self.assertIn("turned away", log.output[0])
        accepted[0].close()

    def test_a_server_of_another_user_is_not_trusted(self):
        os.chmod(self.folder, 0o777)
        stranger = self.start(
            "import os, socket, sys\nos.setuid(%d)\ns = socket.socket(socket.AF_UNIX)\ns.bind(sys.argv[1])\ns.listen(1)\nprint('up', flush=True)\nsys.stdin.read()"
            % self.STRANGER,
            self.path,
            stdin=-1,
            stdout=-1,
        )
        stranger.stdout.readline()
        with self.assertRaisesRegex(IpcError, "is user 65534") as caught:
            LocalSocketChannel.connect(self.path)
        self.assertEqual(caught.exception.code, IpcErrorCode.DENIED)

    def test_a_socket_of_another_user_is_not_removed(self):
        dead = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        dead.bind(self.path)
        dead.close()
        os.chown(self.path, self.STRANGER, self.STRANGER)
        with self.assertRaisesRegex(IpcError, "belongs to user 65534"):
            LocalSocketChannelServer(self.path)
        self.assertTrue(os.path.exists(self.path))


class TrafficTests(LocalSocketTestCase):
    def test_ten_thousand_messages_of_eight_threads_arrive_whole_and_in_order(self):
        client, end = self.connect(self.serve())

        def send(thread):
            for number in range(1250):
                client.emit("e", {"thread": thread, "number": number, "text": "x" * (number % 300)})

        threads = [threading.Thread(target=send, args=(thread,), daemon=True) for thread in range(8)]
        for thread in threads:
            thread.start()
        arrived = {thread: [] for thread in range(8)}
        for _ in range(10000):
            data = end.receive(LIMIT).data
            self.assertEqual(len(data["text"]), data["number"] % 300)
            arrived[data["thread"]].append(data["number"])
        self.assertTrue(all(numbers == list(range(1250)) for numbers in arrived.values()))

    def test_a_message_of_thirty_megabytes_arrives_as_text_and_as_bytes(self):
        client, end = self.connect(self.serve())
        end.send(IpcMessage("ready", {"wire": ["bin1"]}))
        self.assertEqual(client.receive(LIMIT).type, "ready")
        for data in ("ü" * (15 * 1024 * 1024), os.urandom(1024) * 30 * 1024):
            sender = threading.Thread(target=client.emit, args=("e", data), daemon=True)
            sender.start()
            self.assertEqual(end.receive(LIMIT).data, data)
            sender.join(LIMIT)

    def test_a_time_out_of_zero_takes_what_is_there(self):
        client, end = self.connect(self.serve())
        self.assertIsNone(end.receive(0))
        client.emit("e")
        self.assertEqual(end.receive(LIMIT).event, "e")
        self.assertIsNone(end.receive(0))

    def test_a_time_out_holds_while_half_a_message_keeps_arriving(self):
        client, end = self.raw(self.serve())
        stop = threading.Event()

        def trickle():
            try:
                while not stop.is_set():
                    client.sendall(b"x")
            except OSError:
                # The other end was closed.
                pass

        sender = threading.Thread(target=trickle, daemon=True)
        sender.start()
        start = time.monotonic()
        self.assertIsNone(within(end.receive, 0.2))
        self.assertGreaterEqual(time.monotonic() - start, 0.2)
        stop.set()
        end.close()
        sender.join(LIMIT)

    def test_receive_and_on_message_exclude_each_other(self):
        client, end = self.connect(self.serve())
        end.on_message(lambda message: None)
        with self.assertRaises(RuntimeError):
            end.receive(0)
        with self.assertRaises(RuntimeError):
            end.on_message(lambda message: None)

    def test_closing_wakes_who_receives_accepts_and_sends(self):
        server = self.serve()
        client, end = self.connect(server)
        outcomes = []

        def expect(function, *arguments):
            try:
                function(*arguments)
            except IpcError as error:
                outcomes.append(error.code)

        waiting = [
            threading.Thread(target=expect, args=(client.receive,), daemon=True),
            threading.Thread(target=expect, args=(server.accept,), daemon=True),
            # More than any buffer of the system holds, and nobody reads it.
            threading.Thread(target=expect, args=(client.emit, "e", "x" * 8000000), daemon=True),
        ]
        for thread in waiting:
            thread.start()
        until(lambda: client._writing)
        client.close()
        server.close()
        for thread in waiting:
            thread.join(LIMIT)
        self.assertEqual(outcomes, [IpcErrorCode.SHUTTING_DOWN] * 3)

    def test_the_end_of_the_other_side_is_known_at_once_and_what_it_sent_is_kept(self):
        client, end = self.connect(self.serve())
        client.emit("last")
        client.close()
        self.assertEqual(end.receive(LIMIT).event, "last")
        with self.assertRaises(IpcError) as caught:
            end.receive(LIMIT)
        self.assertEqual(caught.exception.code, IpcErrorCode.DISCONNECTED)
        self.assertTrue(end.is_shutdown())
        with self.assertRaises(IpcError):
            end.emit("too late")

    def test_what_waits_for_a_peer_that_never_reads_is_bounded(self):
        client, end = self.connect(self.serve(), IpcLimits(max_queued_bytes=200000))
        blocked = threading.Semaphore(0)

        def send():
            try:
                while True:
                    client.emit("e", "x" * 50000)
            except IpcError:
                blocked.release()

        threads = [threading.Thread(target=send, daemon=True) for _ in range(8)]
        for thread in threads:
            thread.start()
        until(lambda: client._queued >= 200000)
        self.assertFalse(client.wait_for_drain(0.05))
        self.assertLess(client._queued, 200000 + 8 * 60000)
        client.close()
        self.assertTrue(all(blocked.acquire(timeout=LIMIT) for _ in threads))

    def test_connections_beyond_the_limit_are_turned_away_and_room_is_found_again(self):
        server = self.serve()
        server.MAX_CONNECTIONS = 4
        pairs = [self.connect(server) for _ in range(4)]
        extra = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.addCleanup(extra.close)
        extra.settimeout(LIMIT)
        extra.connect(server.address)
        with self.assertLogs("oriel", "WARNING"):
            self.assertIsNone(server.accept(0.01))
        self.assertEqual(extra.recv(1), b"")
        pairs[0][1].close()
        self.connect(server)

    def test_descriptors_are_given_back(self):
        server = self.serve()
        before = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
        for _ in range(50):
            client, end = LocalSocketChannel.connect(server.name), server.accept(LIMIT)
            client.emit("e")
            end.receive(LIMIT)
            client.close()
            with self.assertRaises(IpcError):
                end.receive(LIMIT)
        if before:
            # What another test has left may close meanwhile.
            until(lambda: len(os.listdir("/proc/self/fd")) <= before)


class BadInputTests(LocalSocketTestCase):
    def answer(self, client):
        line = b""
        while not line.endswith(b"\n"):
            part = client.recv(65536)
            self.assertTrue(part, "The connection ended.")
            line += part
        return IpcMessage.from_json(line)

    def test_a_line_that_is_no_message_is_answered_and_the_connection_lives_on(self):
        client, end = self.raw(self.serve())
        with self.assertLogs("oriel", "WARNING"):
            client.sendall(b'nonsense\n{"type":"event","event":"after"}\n')
            self.assertEqual(end.receive(LIMIT).event, "after")
        answer = self.answer(client)
        self.assertEqual((answer.type, answer.id, answer.error.code), ("response", None, IpcErrorCode.PARSE_ERROR))

    def test_the_sixteenth_such_line_ends_the_connection_and_no_other(self):
        server = self.serve()
        client, end = self.raw(server)
        other, other_end = self.connect(server)
        with self.assertLogs("oriel", "WARNING"):
            client.sendall(b"nonsense\n" * 15)
            self.assertIsNone(end.receive(0.05))
            client.sendall(b"nonsense\n")
            with self.assertRaises(IpcError):
                end.receive(LIMIT)
        other.emit("here")
        self.assertEqual(other_end.receive(LIMIT).event, "here")

    def test_half_a_line_and_then_the_end_is_the_end(self):
        client, end = self.raw(self.serve())
        client.sendall(b'{"type":"eve')
        client.close()
        with self.assertRaises(IpcError) as caught:
            end.receive(LIMIT)
        self.assertEqual(caught.exception.code, IpcErrorCode.DISCONNECTED)

    def test_a_header_that_promises_what_never_comes_holds_no_memory(self):
        client, end = self.raw(self.serve())
        client.sendall(struct.pack("<BBBBIQ", 1, 2, 0, 0, 64 * 1024 * 1024, 1))
        self.assertIsNone(end.receive(0.05))
        self.assertLess(len(end._frames._rest), 65536)

    def test_a_peer_that_says_nothing_keeps_nobody_from_connecting(self):
        server = self.serve()
        self.raw(server)
        client, end = self.connect(server)
        client.emit("e")
        self.assertEqual(end.receive(LIMIT).event, "e")

    def test_bytes_are_sent_to_a_peer_that_offered_to_read_them_and_to_no_other(self):
        client, end = self.raw(self.serve())
        with self.assertRaisesRegex(TypeError, "bin1"):
            end.emit("e", b"x")
        client.sendall(b'{"type":"ready","data":{"handlers":[],"wire":["bin1","later"]}}\n')
        self.assertEqual(end.receive(LIMIT).type, "ready")
        end.emit("e", b"x")
        self.assertEqual(client.recv(100), b"\x01\x03\x01\x00\x04\x00\x00\x00" + b"\x00" * 8 + b"\x01\x00ex")
