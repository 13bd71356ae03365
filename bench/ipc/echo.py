"""The Python peer of `bench/run ipc`: RFC 0011's own client, as it was published. Answers requests, and reads events and no more."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "python" / "tests"))
from rfc0011.ipc_channel import IpcMessage, LocalSocketChannel  # noqa: E402


def main() -> None:
    channel = LocalSocketChannel.connect(os.environ["AURORAVIEW_IPC_CHANNEL"])
    while True:
        message = channel.receive()
        if message is None:
            return

        if message.type == "request":
            channel.send(IpcMessage(type="response", id=message.id, data=message.data))


main()
