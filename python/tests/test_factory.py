import os
from unittest import mock

from oriel import App, IpcError, IpcMode, LocalSocketChannel, LocalSocketChannelServer, StdioChannel, connect, detect
from oriel.paths import rfc_address, socket_address

from .support import LIMIT, SocketTestCase, shared_cases


class FactoryTests(SocketTestCase):
    def test_the_environment_means_the_same_in_every_language(self):
        carriers = {IpcMode.NONE: "nothing", IpcMode.LEGACY: "stdio", IpcMode.LOCAL_SOCKET: "socket", IpcMode.RFC_SOCKET: "socket"}
        for case in shared_cases("environment.json"):
            with self.subTest(environment=case["environment"]):
                if "refused" in case:
                    with self.assertRaisesRegex(ValueError, "^" + case["refused"] + r" is [^\n\0]*$"):
                        detect(case["environment"])
                    continue
                mode, name = detect(case["environment"])
                self.assertEqual(carriers[mode], case["carries"])
                if "path" in case:
                    self.assertEqual((rfc_address if mode is IpcMode.RFC_SOCKET else socket_address)(name), case["path"])

    def test_a_value_that_is_too_long_is_refused_in_a_few_words(self):
        for variable in ("ORIEL_IPC_MODE", "ORIEL_IPC_CHANNEL", "AURORAVIEW_IPC_CHANNEL"):
            with self.assertRaises(ValueError) as caught:
                detect({variable: "x" * 100_000})
            self.assertLess(len(str(caught.exception)), 1000)

    def test_the_channel_of_the_environment_is_connected_to(self):
        server = LocalSocketChannelServer("env")
        self.addCleanup(server.close)
        for value in ("env", server.address):
            with mock.patch.dict(os.environ, {"ORIEL_IPC_CHANNEL": value, "ORIEL_IPC_MODE": "channel"}):
                with connect() as channel, server.accept(LIMIT) as end:
                    self.assertIsInstance(channel, LocalSocketChannel)
                    channel.emit("here")
                    self.assertEqual(end.receive(LIMIT).event, "here")

    def test_a_name_goes_before_the_environment(self):
        with mock.patch.dict(os.environ, {"ORIEL_IPC_MODE": "legacy"}):
            with self.assertRaisesRegex(IpcError, "named.sock"):
                App.connect("named")


class StdioTests(SocketTestCase):
    def pair(self):
        left_in, right_out = os.pipe()
        right_in, left_out = os.pipe()
        left, right = StdioChannel(left_in, left_out), StdioChannel(right_in, right_out)
        self.addCleanup(left.close)
        self.addCleanup(right.close)
        return left, right

    def test_lines_cross_and_bytes_are_refused(self):
        left, right = self.pair()
        left.emit("e", "ü")
        self.assertEqual(right.receive(LIMIT).data, "ü")
        with self.assertRaises(TypeError):
            left.emit("e", b"x")

    def test_a_time_out_works_on_a_pipe(self):
        left, _ = self.pair()
        self.assertIsNone(left.receive(0.02))

    def test_the_end_of_the_pipe_is_the_end_of_the_channel(self):
        left, right = self.pair()
        left.emit("last")
        left.close()
        self.assertEqual(right.receive(LIMIT).event, "last")
        with self.assertRaises(IpcError):
            right.receive(LIMIT)

    def test_standard_output_is_taken_once(self):
        process = self.start(
            "from oriel import StdioChannel\nchannel = StdioChannel.take()\n"
            "try:\n    StdioChannel.take()\nexcept RuntimeError as error:\n    print(error)",
            stdin=-1,
            stdout=-1,
            stderr=-1,
        )
        out, err = process.communicate(timeout=LIMIT)
        self.assertEqual((out, process.returncode), (b"", 0))
        self.assertIn(b"taken by a channel already", err)
