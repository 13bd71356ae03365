"""A back end with the Python package."""

import time
from typing import Iterator

from oriel import App

app = App.connect()


@app.expose
def frames(start: int, end: int) -> list:
    print("frames", start, end)
    return list(range(start, end))


@app.expose
def title(text: str) -> None:
    app.window.set_title(text)


@app.expose
def forbidden() -> None:
    app.call("secret")


@app.expose
def block() -> None:
    app.emit("test.blocked")
    time.sleep(600)


@app.expose
def reverse(data: bytes) -> bytes:
    return data[::-1]


@app.expose
def chunks(count: int) -> Iterator[bytes]:
    for index in range(count):
        yield bytes([index]) * 100_000


@app.expose
def shared() -> bool:
    return app._channel.uses_shared_memory


@app.on("render")
def render(data: object) -> None:
    app.emit("test.rendered", data)


app.run()
