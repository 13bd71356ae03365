"""What goes wrong with AuroraView's channel and its clients, each as a test of what happens here."""

import os
import threading
import time

from oriel import IpcError, IpcErrorCode, IpcMessage, LocalSocketChannel, LocalSocketChannelServer, current_call

from .support import LIMIT, AppTestCase, SocketTestCase, until, within


class ChannelFaultTests(SocketTestCase):
    def setUp(self):
        super().setUp()
        self.server = LocalSocketChannelServer("faults")
        self.addCleanup(self.server.close)
        self.client = LocalSocketChannel.connect("faults")
        self.end = self.server.accept(LIMIT)
        self.addCleanup(self.client.close)
        self.addCleanup(self.end.close)

    def test_client_and_server_mean_the_same_place_by_a_name(self):
        self.client.emit("hello")
        self.assertEqual(self.end.receive(LIMIT).event, "hello")

    def test_a_time_out_is_not_ignored(self):
        start = time.monotonic()
        self.assertIsNone(within(self.client.receive, 0.1))
        self.assertTrue(0.09 <= time.monotonic() - start < LIMIT)

    def test_a_receive_that_waits_does_not_hold_up_a_send(self):
        for timeout in (None, 60.0):
            receiver = threading.Thread(target=self.client.receive, args=(timeout,), daemon=True)
            receiver.start()
            within(self.client.emit, "sent")
            self.assertEqual(self.end.receive(LIMIT).event, "sent")
            self.end.emit("enough")
            receiver.join(LIMIT)
            self.assertFalse(receiver.is_alive())

    def test_a_server_that_reads_can_send_before_the_client_speaks(self):
        reader = threading.Thread(target=self.end.receive, daemon=True)
        reader.start()
        within(self.end.emit, "first")
        self.assertEqual(self.client.receive(LIMIT).event, "first")
        self.client.emit("enough")
        reader.join(LIMIT)

    def test_messages_that_arrive_together_are_all_read(self):
        with self.client.batch():
            for number in range(1000):
                self.client.emit("e", number)
        self.assertEqual([self.end.receive(LIMIT).data for _ in range(1000)], list(range(1000)))

    def test_falsy_payloads_are_not_turned_into_empty_objects(self):
        for value in (False, 0, "", None, []):
            self.client.emit("e", value)
            arrived = self.end.receive(LIMIT).data
            self.assertEqual((arrived, type(arrived)), (value, type(value)))

    def test_a_peer_that_is_gone_is_an_error_and_not_an_endless_none(self):
        self.end.close()
        with self.assertRaises(IpcError) as caught:
            within(self.client.receive, 1.0)
        self.assertEqual(caught.exception.code, IpcErrorCode.DISCONNECTED)

    def test_text_is_utf_8_whatever_the_locale_says(self):
        echo = (
            "from oriel import LocalSocketChannel\nimport locale\nchannel = LocalSocketChannel.connect('other')\n"
            "message = channel.receive(30)\nchannel.emit(message.event, message.data)"
        )
        server = LocalSocketChannelServer("other")
        self.addCleanup(server.close)
        process = self.start(echo, env={"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"})
        end = server.accept(LIMIT)
        self.addCleanup(end.close)
        end.emit("größe", "漢字 🎬")
        arrived = end.receive(LIMIT)
        self.assertEqual((arrived.event, arrived.data), ("größe", "漢字 🎬"))
        self.assertEqual(process.wait(LIMIT), 0)

    def test_a_send_after_shutdown_is_refused_and_not_carried_on(self):
        self.client.shutdown()
        with self.assertRaises(IpcError) as caught:
            self.client.emit("e")
        self.assertEqual(caught.exception.code, IpcErrorCode.SHUTTING_DOWN)


class BackendFaultTests(AppTestCase):
    def test_an_event_before_ready_does_not_stand_for_ready(self):
        app, raw = self.raw_end()
        app.expose(lambda: 1, name="frames")
        app.emit("early", 1)
        threading.Thread(target=app.run, daemon=True).start()
        self.assertEqual(raw.receive(LIMIT), IpcMessage("event", 1, event="early"))
        self.assertEqual(raw.receive(LIMIT).data["handlers"], ["frames"])

    def test_a_handler_that_runs_long_does_not_look_like_a_dead_process(self):
        app, raw = self.raw_end()
        started = threading.Event()
        app.expose(lambda: (started.set(), current_call().wait(LIMIT)), name="long")
        app.on("long", lambda data: (started.set(), app._ended.wait(LIMIT)))
        for message in (IpcMessage("request", id="1", method="long"), IpcMessage("event", event="long")):
            raw.send(message)
            self.assertTrue(started.wait(LIMIT))
            started.clear()
            raw.send(IpcMessage("ping", {"n": 1}, "p"))
            self.assertEqual(raw.receive(LIMIT), IpcMessage("pong", {"n": 1}, "p"))

    def test_more_long_handlers_than_threads_do_not_hold_up_a_pong(self):
        app, raw = self.raw_end()
        app.expose(lambda: current_call().wait(LIMIT), name="long")
        for id in range(20):
            raw.send(IpcMessage("request", id=str(id), method="long"))
        raw.send(IpcMessage("ping"))
        self.assertEqual(raw.receive(LIMIT).type, "pong")

    def test_a_method_that_is_not_there_is_answered_at_once(self):
        with self.assertRaises(IpcError) as caught:
            self.host.call("nothing")
        self.assertEqual(caught.exception.code, IpcErrorCode.METHOD_NOT_FOUND)

    def test_a_message_that_is_no_json_gets_a_reply(self):
        app, raw = self.raw_end()
        with self.assertLogs("oriel", "WARNING"):
            raw._send_bytes(b"{'single': 'quotes'}\n")
            raw.send(IpcMessage("ping"))
            # What ThreadChannel reads is not handed on: an error without an id is for the log.
            self.assertEqual(raw.receive(LIMIT).type, "pong")

    def test_the_result_of_an_async_function_is_not_dropped(self):
        @self.backend.expose
        async def answer():
            return 42

        self.assertEqual(self.host.call("answer"), 42)

    def test_a_name_that_is_bound_twice_does_not_call_twice(self):
        calls = []
        self.backend.expose(lambda: calls.append(1), name="once")
        with self.assertRaises(ValueError):
            self.backend.expose(lambda: calls.append(2), name="once")
        self.host.call("once")
        self.assertEqual(calls, [1])


class ProcessFaultTests(SocketTestCase):
    BACKEND = """
import ctypes, os, subprocess, sys
from oriel import App
app = App.connect()
@app.expose
def chatty():
    print("a print is only a print", flush=True)
    os.write(1, b"and so is a write\\n")
    subprocess.run([sys.executable, "-c", "print('or a child', flush=True)"])
    ctypes.CDLL(None).puts(b"or a library in C")
    ctypes.CDLL(None).fflush(None)
    return "clean"
app.expose(lambda: (yield 1), name="stream")
print("before run", flush=True)
app.run()
print("after run", flush=True)
"""
    NOISE = [b"before run", b"a print is only a print", b"and so is a write", b"or a child", b"or a library in C", b"after run"]

    def test_what_a_handler_prints_does_not_reach_the_channel(self):
        server = LocalSocketChannelServer("printing")
        self.addCleanup(server.close)
        process = self.start(self.BACKEND, env={"ORIEL_IPC_CHANNEL": server.address}, stdout=-1)
        end = server.accept(LIMIT)
        self.assertEqual(end.receive(LIMIT).type, "ready")
        end.send(IpcMessage("request", id="1", method="chatty"))
        self.assertEqual(end.receive(LIMIT), IpcMessage("response", "clean", "1"))
        end.close()
        out, _ = process.communicate(timeout=LIMIT)
        self.assertEqual((out.splitlines(), process.returncode), (self.NOISE, 0))

    def test_what_a_handler_prints_does_not_reach_the_channel_in_legacy_mode_either(self):
        process = self.start(self.BACKEND, env={"ORIEL_IPC_MODE": "legacy"}, stdin=-1, stdout=-1, stderr=-1)
        self.assertEqual(IpcMessage.from_json(process.stdout.readline()), IpcMessage("ready", {"handlers": ["chatty", "stream"]}))
        process.stdin.write(IpcMessage("request", id="1", method="chatty").to_json() + b"\n")
        process.stdin.flush()
        self.assertEqual(IpcMessage.from_json(process.stdout.readline()), IpcMessage("response", "clean", "1"))
        out, err = process.communicate(timeout=LIMIT)
        self.assertEqual((out, err.splitlines(), process.returncode), (b"", self.NOISE, 0))

    def test_nothing_is_left_when_the_channel_ends_whatever_handlers_do(self):
        server = LocalSocketChannelServer("stuck")
        self.addCleanup(server.close)
        process = self.start(
            "import time\nfrom oriel import App\napp = App.connect()\n"
            "app.expose(lambda: (app.emit('started'), time.sleep(3600)), name='stuck')\napp.run()",
            env={"ORIEL_IPC_CHANNEL": server.address},
        )
        end = server.accept(LIMIT)
        self.assertEqual(end.receive(LIMIT).type, "ready")
        end.send(IpcMessage("request", id="1", method="stuck"))
        self.assertEqual(end.receive(LIMIT).event, "started")
        end.close()
        self.assertEqual(process.wait(LIMIT), 0)

    def test_nothing_is_left_when_the_channel_ends_though_events_have_piled_up_behind_a_stuck_handler(self):
        server = LocalSocketChannelServer("piled")
        self.addCleanup(server.close)
        process = self.start(
            "import time\nfrom oriel import App\napp = App.connect()\napp.on('e', lambda data: time.sleep(3600))\napp.run()",
            env={"ORIEL_IPC_CHANNEL": server.address},
        )
        end = server.accept(LIMIT)
        self.assertEqual(end.receive(LIMIT).type, "ready")

        sent = []

        def flood():
            try:
                while True:
                    end.emit("e", "x" * 1000)
                    sent.append(1)
            except IpcError:
                # The test has ended the channel.
                pass

        sender = threading.Thread(target=flood, daemon=True)
        sender.start()
        # Until nothing moves any more: the back end has stopped to read, and the system's buffers are full.
        def stands_still():
            before = len(sent)
            end.wait_for_drain(0.2)
            return len(sent) == before > 1024

        until(stands_still)
        end.close()
        sender.join(LIMIT)
        self.assertEqual(process.wait(LIMIT), 0)

    def test_the_death_of_a_back_end_is_known_at_once(self):
        server = LocalSocketChannelServer("killed")
        self.addCleanup(server.close)
        process = self.start(
            "import time\nfrom oriel import App\napp = App.connect()\napp.emit('up')\ntime.sleep(3600)", env={"ORIEL_IPC_CHANNEL": server.address}
        )
        end = server.accept(LIMIT)
        self.addCleanup(end.close)
        self.assertEqual(end.receive(LIMIT).event, "up")
        receiver = threading.Thread(target=lambda: self.assertRaises(IpcError, end.receive), daemon=True)
        receiver.start()
        os.kill(process.pid, 9)
        receiver.join(LIMIT)
        self.assertFalse(receiver.is_alive())
        self.assertTrue(end.is_shutdown())
