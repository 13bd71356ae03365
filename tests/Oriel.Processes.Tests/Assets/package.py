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


made = 0


@app.expose
def endless() -> Iterator[bytes]:
    global made
    made = 0
    try:
        while True:
            made += 1
            yield bytes([made % 256]) * 1_000_000
    finally:
        app.emit("test.left")


@app.expose
def how_many() -> int:
    return made


@app.expose
def failing() -> Iterator[bytes]:
    yield b"first"
    raise ValueError("no more")


@app.expose
def nothing() -> Iterator[bytes]:
    yield from ()


@app.expose
def numbers() -> Iterator[int]:
    try:
        yield 1
    finally:
        app.emit("test.left")


@app.expose
def mixed() -> Iterator[object]:
    yield b"first"
    yield 2


@app.expose
def shared() -> bool:
    return app._channel.uses_shared_memory


@app.on("render")
def render(data: object) -> None:
    app.emit("test.rendered", data)


app.run()
