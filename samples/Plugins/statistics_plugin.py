"""A plug-in in another process: describes numbers. Pages call it as plugin:statistics|describe and plugin:statistics|running."""

import statistics
from typing import Iterator, List

from oriel import App, IpcError, IpcErrorCode

app = App.connect()


@app.expose
def describe(numbers: List[float]) -> dict:
    """The mean and the median."""
    if not numbers:
        raise IpcError(IpcErrorCode.INVALID_PARAMS, "There are no numbers to describe.")
    return {"mean": statistics.mean(numbers), "median": statistics.median(numbers)}


@app.expose
def running(numbers: List[float]) -> Iterator[float]:
    """The sum after each number: a stream."""
    total = 0.0
    for number in numbers:
        total += number
        yield total


print("Ready to describe numbers.")
app.run()
