"""The RFC's own client and server, verbatim, against ours."""

import os
import threading

from oriel import App, IpcMessage, LocalSocketChannel, LocalSocketChannelServer

from .rfc0011 import ipc_channel as rfc
from .support import LIMIT, SocketTestCase, within


class RfcClientTests(SocketTestCase):
    def serve(self, link):
        name = "oriel-test-{}-{}".format(os.getpid(), "link" if link else "direct")
        place = "/tmp/auroraview_" + name
        server = LocalSocketChannelServer("rfc" if link else place)
        self.addCleanup(server.close)
        if link:
            os.symlink(server.address, place)
            self.addCleanup(os.unlink, place)

        client = within(rfc.LocalSocketChannel.connect, name)
        self.addCleanup(client.close)
        end = server.accept(LIMIT)
        self.addCleanup(end.close)
        return client, end

    def test_its_client_talks_to_our_server_directly_and_through_a_link(self):
        for link in (False, True):
            client, end = self.serve(link)
            client.emit("progress", {"value": 5, "text": "größe\n"})
            arrived = end.receive(LIMIT)
            self.assertEqual((arrived.type, arrived.event, arrived.data), ("event", "progress", {"value": 5, "text": "größe\n"}))

            end.send(IpcMessage("response", [False, 0, "", None], "7"))
            answer = within(client.receive)
            self.assertEqual((answer.type, answer.id, answer.data, answer.error), ("response", "7", [False, 0, "", None], None))

    def test_its_back_end_answers_our_app(self):
        client, end = self.serve(False)
        host = App(end)
        self.addCleanup(host.close)

        def serve():
            client.send(rfc.IpcMessage(type="ready", data={"handlers": ["add"]}))
            while True:
                message = client.receive(timeout=0.1)
                if message is None:
                    return
                if message.type == "request":
                    client.send(rfc.IpcMessage(type="response", id=message.id, data=sum(message.data)))

        threading.Thread(target=serve, daemon=True).start()
        for number in range(100):
            self.assertEqual(host.call("add", [number, 1]), number + 1)

    def test_its_client_never_sees_a_binary_frame(self):
        client, end = self.serve(False)
        client.send(rfc.IpcMessage(type="ready", data={"handlers": []}))
        end.receive(LIMIT)
        with self.assertRaises(TypeError):
            end.emit("picture", b"\x01")


class RfcServerTests(SocketTestCase):
    def test_our_app_serves_its_server(self):
        name = "oriel-test-{}-server".format(os.getpid())
        server = rfc.LocalSocketChannelServer(name)
        self.addCleanup(os.unlink, "/tmp/auroraview_" + name)
        self.addCleanup(server.shutdown)

        backend = (
            "from oriel import App, IpcError\napp = App.connect()\n"
            "@app.expose\ndef frames(start, end):\n    app.emit('asked', start)\n    return list(range(start, end))\n"
            "@app.expose\ndef fail():\n    raise IpcError(5, 'no')\napp.run()"
        )
        process = self.start(backend, env={"AURORAVIEW_IPC_CHANNEL": name})
        channel = within(server.accept)
        self.addCleanup(channel.close)

        ready = within(channel.receive)
        self.assertEqual((ready.type, ready.data["handlers"]), ("ready", ["fail", "frames"]))
        channel.send(rfc.IpcMessage(type="request", id="a", method="frames", data={"start": 1, "end": 3}))
        asked, answer = within(channel.receive), within(channel.receive)
        self.assertEqual((asked.event, asked.data, answer.id, answer.data), ("asked", 1, "a", [1, 2]))
        channel.send(rfc.IpcMessage(type="request", id="b", method="fail"))
        self.assertEqual(within(channel.receive).error, {"code": 5, "message": "no"})

        channel.close()
        self.assertEqual(process.wait(LIMIT), 0)

    def test_our_client_connects_to_its_place(self):
        name = "oriel-test-{}-place".format(os.getpid())
        server = rfc.LocalSocketChannelServer(name)
        self.addCleanup(os.unlink, "/tmp/auroraview_" + name)
        self.addCleanup(server.shutdown)
        client = LocalSocketChannel.connect_rfc(name)
        self.addCleanup(client.close)
        channel = within(server.accept)
        self.addCleanup(channel.close)
        client.send(IpcMessage("event", 0, event="zero"))
        self.assertEqual(within(channel.receive).data, 0)
