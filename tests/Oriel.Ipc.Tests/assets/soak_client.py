"""A client written by docs/ipc.md alone. It prints a line for every request that was acknowledged, until it is killed."""
import json
import random
import socket
import struct
import sys

REQUEST, RESPONSE = 1, 2


class Connection:
    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(path)
        self.buffer = b""
        self.takes_binary = False

    def send(self, **message):
        self.socket.sendall(json.dumps(message).encode() + b"\n")

    def send_binary_request(self, number, method, data):
        name = method.encode()
        payload = struct.pack("<H", len(name)) + name + data
        self.socket.sendall(struct.pack("<BBBBIQ", 1, REQUEST, 1, 0, len(payload), number) + payload)

    def fill(self):
        received = self.socket.recv(65536)
        if not received:
            sys.exit(0)
        self.buffer += received

    def receive(self):
        """The next message; one of a binary frame has its bytes as data."""
        while True:
            if self.buffer[:1] == b"\x01" and len(self.buffer) >= 16:
                _, kind, _, _, length, number = struct.unpack("<BBBBIQ", self.buffer[:16])
                if len(self.buffer) >= 16 + length:
                    data, self.buffer = self.buffer[16:16 + length], self.buffer[16 + length:]
                    assert kind == RESPONSE, kind
                    return {"type": "response", "id": str(number), "data": data}
            elif self.buffer[:1] != b"\x01" and b"\n" in self.buffer:
                line, self.buffer = self.buffer.split(b"\n", 1)
                return json.loads(line.decode())
            self.fill()


def main(path, name, seed):
    chance = random.Random(seed)
    connection = Connection(path)
    connection.send(type="ready", data={"handlers": ["echo"], "wire": ["bin1"]})
    number = 0
    while True:
        number += 1
        text = "%s-%d" % (name, number)
        if chance.random() < 0.2:
            connection.send(type="event", event="noise", data="x" * chance.randrange(5000))
        if chance.random() < 0.1:
            connection.send(type="ping", id="p", data=number)
        if connection.takes_binary and chance.random() < 0.3:
            connection.send_binary_request(number, "add", text.encode())
        else:
            connection.send(type="request", id=str(number), method="add", data=text)

        while True:
            message = connection.receive()
            if message["type"] == "request":
                connection.send(type="response", id=message["id"], data=message["data"])
            elif message["type"] == "ready":
                connection.takes_binary = "bin1" in message["data"].get("wire", [])
            elif message["type"] == "response" and message.get("id") == str(number):
                answer = message["data"].decode() if isinstance(message["data"], bytes) else message["data"]
                assert answer == text, (answer, text)
                break
        print(text, flush=True)


main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
