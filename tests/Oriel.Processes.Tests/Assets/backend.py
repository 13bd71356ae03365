"""A back end that speaks docs/ipc.md by hand: what a program can do without any package of Oriel's."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading

mode = sys.argv[1] if len(sys.argv) > 1 else "plain"

if mode == "crash":
    sys.stderr.write("starting up\nERROR: the scene cannot be read\n")
    sys.exit(3)

if mode == "silent":
    threading.Event().wait()

if mode == "ends":
    sys.exit(0)

if mode == "stubborn":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)

if mode == "early":
    print("before ready")

family = "AURORAVIEW" if mode == "rfc" else "ORIEL"
is_legacy = os.environ.get(family + "_IPC_MODE") == "legacy"
if is_legacy:
    print("a banner of a library")
    messages = sys.stdin.buffer
else:
    channel = socket.socket(socket.AF_UNIX)
    channel.connect("/tmp/auroraview_" + os.environ["AURORAVIEW_IPC_CHANNEL"] if mode == "rfc" else os.environ["ORIEL_IPC_CHANNEL"])
    messages = channel.makefile("rb")
lock = threading.Lock()


def send(message):
    line = json.dumps(message).encode() + b"\n"
    with lock:
        if is_legacy:
            sys.stdout.write(line.decode())
            sys.stdout.flush()
        else:
            channel.sendall(line)


class Call:
    def __init__(self, request):
        self.id = request["id"]
        self.data = request.get("data")
        self.cancelled = threading.Event()
        self.credit = threading.Semaphore(request.get("credit", 0))

    def item(self, data):
        self.credit.acquire()
        if self.cancelled.is_set():
            raise Cancelled()
        send({"type": "next", "id": self.id, "data": data})


class Cancelled(Exception):
    pass


class Failure(Exception):
    pass


calls = {}
answers = {}
seen = []
seen_changed = threading.Condition()


def count(call):
    for number in range(call.data["to"]):
        call.item(number)
    send({"type": "done", "id": call.id})


def fail(call):
    raise Failure()


def wait(call):
    send({"type": "event", "event": "test.waiting", "data": None})
    call.cancelled.wait()
    send({"type": "event", "event": "test.cancelled", "data": None})
    raise Cancelled()


def host(call):
    """Calls what it is told to call, and answers with what came of it."""
    arrived = threading.Event()
    answers["host-" + call.id] = [arrived, None]
    send({"type": "request", "id": "host-" + call.id, "method": call.data["method"], "data": call.data.get("data")})
    arrived.wait()
    return answers.pop("host-" + call.id)[1]


def child(call):
    """Starts a process that would run on, and tells its number."""
    return subprocess.Popen(["sleep", "600"]).pid


def write(call):
    sys.stdout.write(call.data.get("out", ""))
    sys.stderr.write(call.data.get("err", ""))
    sys.stdout.flush()
    sys.stderr.flush()


def emit(call):
    send({"type": "event", "event": call.data["event"], "data": call.data.get("data")})


def burst(call):
    """As many events as it is told to send, as fast as it can, each with a line printed."""
    for number in range(call.data):
        print("line", number)
        send({"type": "event", "event": "test.burst", "data": number})


def received(call):
    """Waits for an event of a name, and answers with its data."""
    with seen_changed:
        seen_changed.wait_for(lambda: any(name == call.data for name, _ in seen))
        return next(data for name, data in seen if name == call.data)


handlers = {
    "echo": lambda call: call.data,
    "count": count,
    "fail": fail,
    "wait": wait,
    "host": host,
    "child": child,
    "write": write,
    "emit": emit,
    "burst": burst,
    "received": received,
    "pid": lambda call: os.getpid(),
    "environment": lambda call: os.environ.get(call.data),
    "arguments": lambda call: sys.argv[1:],
    "leave": lambda call: os._exit(call.data),
    "announce": lambda call: send({"type": "ready", "data": {"handlers": call.data}}),
    "bytes": lambda call: None,
    "rubbish": lambda call: (channel.sendall(b"rubbish\n" * 16), call.cancelled.wait()),
}


def run(call, method):
    try:
        result = handlers[method](call)
        if method == "bytes":
            with lock:
                channel.sendall(b"\x01\x02\x00\x00\x03\x00\x00\x00" + int(call.id).to_bytes(8, "little") + b"\x00\xff\n")
        elif method != "count":
            send({"type": "response", "id": call.id, "data": result})
    except Cancelled:
        send({"type": "response", "id": call.id, "error": {"code": -32002, "message": "cancelled"}})
    except Failure:
        send({"type": "response", "id": call.id, "error": {"code": 1234, "message": "no \"frame\" 7", "data": {"frame": 7}}})
    finally:
        calls.pop(call.id, None)


def take(message):
    kind = message["type"]
    if kind == "request":
        call = calls[message["id"]] = Call(message)
        threading.Thread(target=run, args=(call, message["method"]), daemon=True).start()
    elif kind == "cancel" and message["id"] in calls:
        calls[message["id"]].cancelled.set()
        calls[message["id"]].credit.release()
    elif kind == "credit" and message["id"] in calls:
        for _ in range(message["data"]):
            calls[message["id"]].credit.release()
    elif kind == "ping":
        send({"type": "pong", "id": message.get("id"), "data": message.get("data")})
    elif kind == "response" and message.get("id") in answers:
        answers[message["id"]][1] = {"data": message.get("data"), "error": message.get("error")}
        answers[message["id"]][0].set()
    elif kind == "event" and mode == "script":
        if message["event"] == "leave":
            os._exit(message["data"])
        print("got " + message["event"], flush=True)
        send({"type": "event", "event": "got", "data": [message["event"], message.get("data")]})
    elif kind == "event":
        with seen_changed:
            seen.append((message["event"], message.get("data")))
            seen_changed.notify_all()


if mode == "speechless":
    send({"type": "event", "event": "test.connected", "data": None})
    threading.Event().wait()

if mode == "early":
    send({"type": "event", "event": "before-ready", "data": 1})

wire = {"wire": ["bin1"]} if mode == "bytes" else {}
send({"type": "ready", "data": dict(handlers=list(handlers), **wire)})

if mode == "deaf":
    threading.Event().wait()

for line in messages:
    take(json.loads(line))

if is_legacy:
    print("the input has ended")
    print("so has the program", flush=True)

if mode == "stubborn":
    threading.Event().wait()
