"""What several tests need: a private folder for sockets, time limits, and a pair of apps."""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
import unittest

from oriel import App, IpcLimits, ThreadChannel

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# Nobody waits so long but for a test that fails: it is for machines that are ten times slower than a developer's.
LIMIT = 60.0


def shared_cases(name):
    """A table of cases that the tests of every language read."""
    with open(os.path.join(os.path.dirname(PACKAGE), "tests", "ipc", name), encoding="utf-8") as file:
        return json.load(file)


def within(function, *arguments, seconds=LIMIT):
    """The result of a function that must come back in time."""
    outcome = []

    def run():
        try:
            outcome.append((function(*arguments), None))
        except BaseException as error:
            outcome.append((None, error))

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if not outcome:
        raise AssertionError("{!r} did not come back within {} s.".format(function, seconds))
    result, error = outcome[0]
    if error is not None:
        raise error
    return result


def until(condition):
    """Waits for what no event announces."""
    end = time.monotonic() + LIMIT
    while not condition():
        if time.monotonic() > end:
            raise AssertionError("It did not come to that within {} s.".format(LIMIT))
        time.sleep(0.001)


class SocketTestCase(unittest.TestCase):
    """Each test has a runtime folder of its own."""

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="oriel-")
        self.addCleanup(self._remove, self.folder)
        before = os.environ.get("XDG_RUNTIME_DIR")
        os.environ["XDG_RUNTIME_DIR"] = self.folder
        self.addCleanup(self._restore, before)

    @staticmethod
    def _restore(before):
        if before is None:
            os.environ.pop("XDG_RUNTIME_DIR", None)
        else:
            os.environ["XDG_RUNTIME_DIR"] = before

    @staticmethod
    def _remove(folder):
        import shutil

        shutil.rmtree(folder, ignore_errors=True)

    def start(self, code, *arguments, **options):
        """Starts a Python program; it is ended with the test, whatever happens."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("ORIEL_", "AURORAVIEW_"))}
        environment["PYTHONPATH"] = PACKAGE
        environment.update(options.pop("env", {}))
        process = subprocess.Popen([sys.executable, "-c", code] + list(arguments), env=environment, **options)
        self.addCleanup(self._stop, process)
        return process

    @staticmethod
    def _stop(process):
        if process.poll() is None:
            process.kill()
        process.wait(LIMIT)
        for stream in (process.stdin, process.stdout, process.stderr):
            if stream is not None:
                stream.close()


class AppTestCase(unittest.TestCase):
    """An app that serves (``self.backend``) and one that calls it (``self.host``), over a pair of thread channels."""

    limits = IpcLimits()
    options = {}

    def setUp(self):
        host, backend = ThreadChannel.pair(limits=self.limits)
        self.backend = App(backend, **self.options)
        self.host = App(host)
        self.addCleanup(self.host.close)
        self.addCleanup(self.backend.close)

    def raw_end(self):
        """A back end whose other end the test plays itself, message by message."""
        raw, end = ThreadChannel.pair(limits=self.limits)
        app = App(end, **self.options)
        self.addCleanup(app.close)
        self.addCleanup(raw.close)
        return app, raw
