"""The Python peer of `bench/run ipc`: a text file over a socket and `json`, as RFC 0011's client has them.

Answers every request, and reads events and no more.
"""

import json
import os
import socket


def main() -> None:
    peer = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    peer.connect("/tmp/auroraview_" + os.environ["AURORAVIEW_IPC_CHANNEL"])
    lines = peer.makefile("rw", buffering=1)

    while True:
        line = lines.readline()
        if not line:
            return

        message = json.loads(line)
        if message["type"] == "request":
            data = None if message["method"] == "sink" else message["data"]
            lines.write(json.dumps({"type": "response", "id": message["id"], "data": data}) + "\n")
            lines.flush()


main()
