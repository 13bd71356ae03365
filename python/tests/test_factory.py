import os
from unittest import mock

from oriel import App, IpcError, IpcMode, LocalSocketChannel, LocalSocketChannelServer, StdioChannel, connect, detect

from .support import LIMIT, SocketTestCase


class FactoryTests(SocketTestCase):
    def test_oriel_s_variables_are_looked_at_before_auroraview_s(self):
        own, foreign = {"ORIEL_IPC_CHANNEL": "a"}, {"AURORAVIEW_IPC_CHANNEL": "b"}
        for environment, expected in (
            ({}, (IpcMode.NONE, "")),
            ({"ORIEL_IPC_CHANNEL": ""}, (IpcMode.NONE, "")),
            (own, (IpcMode.LOCAL_SOCKET, "a")),
            (foreign, (IpcMode.RFC_SOCKET, "b")),
            (dict(own, **foreign), (IpcMode.LOCAL_SOCKET, "a")),
            (dict(own, ORIEL_IPC_MODE="legacy"), (IpcMode.LEGACY, "")),
            (dict(own, ORIEL_IPC_MODE="channel"), (IpcMode.LOCAL_SOCKET, "a")),
            (dict(foreign, AURORAVIEW_IPC_MODE="legacy"), (IpcMode.LEGACY, "")),
            (dict(own, AURORAVIEW_IPC_MODE="legacy"), (IpcMode.LOCAL_SOCKET, "a")),
        ):
            self.assertEqual(detect(environment), expected)

    def test_a_mode_that_nobody_knows_is_refused(self):
        with self.assertRaisesRegex(ValueError, "ORIEL_IPC_MODE"):
            detect({"ORIEL_IPC_MODE": "pigeon"})

    def test_the_channel_of_the_environment_is_connected_to(self):
        server = LocalSocketChannelServer("env")
        self.addCleanup(server.close)
        for value in ("env", server.address):
            with mock.patch.dict(os.environ, {"ORIEL_IPC_CHANNEL": value, "ORIEL_IPC_MODE": ""}):
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
