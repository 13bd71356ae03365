import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Window } from "happy-dom";
import type { Connection, State } from "../src/connection";
import type { Message } from "../src/transport";
import { SocketTransport } from "../src/transport/socket";

/** A socket whose server is the test. */
class FakeSocket {
  static all: FakeSocket[] = [];
  onopen: () => void = () => {};
  onmessage: (event: { data: string }) => void = () => {};
  onclose: (event: { code: number }) => void = () => {};
  readonly sent: unknown[] = [];

  constructor(readonly address: URL) {
    FakeSocket.all.push(this);
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  close(): void {}

  says(message: unknown): void {
    this.onmessage({ data: JSON.stringify(message) });
  }
}

const states: State[] = [];
const got: Message[] = [];
const ended: unknown[] = [];
let transport: SocketTransport;
let connection: Connection;

beforeEach(() => {
  const window = new Window({ url: "http://127.0.0.1:5005/todo" });
  Object.assign(globalThis, { window, document: window.document, location: window.location, addEventListener: window.addEventListener.bind(window), WebSocket: FakeSocket });
  FakeSocket.all = [];
  states.length = got.length = ended.length = 0;
  connection = { set: (state: State) => states.push(state), onRetry: () => {} } as unknown as Connection;
  transport = new SocketTransport("/_oriel/socket", connection);
  transport.open(
    { url: location.href, scheme: "dark" },
    (message) => got.push(message),
    (reason) => ended.push(reason),
  );
});

const socket = () => FakeSocket.all.at(-1)!;

function begin(): void {
  socket().onopen();
  socket().says([1, 0, "hello", { session: "abc" }]);
}

test("a page begins by saying where it is", () => {
  begin();
  assert.equal(String(socket().address), "ws://127.0.0.1:5005/_oriel/socket");
  assert.deepEqual(socket().sent, [["start", { url: "http://127.0.0.1:5005/todo", scheme: "dark" }]]);
  assert.deepEqual(states, ["connected"]);
  assert.equal(got.length, 1);
});

test("what happens while the connection is away is sent once it is back, and what had come is not sent again", () => {
  begin();
  transport.send([1, 1, "event"]);
  transport.send([2, 1, "event"]);
  socket().onclose({ code: 1006 });
  transport.send([3, 1, "event"]);
  connection.onRetry();
  socket().onopen();
  assert.deepEqual(socket().sent, [["start", { url: "http://127.0.0.1:5005/todo", scheme: "dark", resume: { session: "abc", applied: 1 } }]]);

  socket().says(["resumed", 1]);
  assert.deepEqual(socket().sent.slice(1), [[2, 1, "event"], [3, 1, "event"]]);
  assert.deepEqual(states, ["connected", "disconnected", "connecting", "connected"]);
  assert.deepEqual(ended, []);
});

test("what the server has received is kept no longer", () => {
  begin();
  transport.send([1, 1, "event"]);
  transport.send([2, 1, "event"]);
  socket().says(["received", 2]);
  socket().onclose({ code: 1006 });
  connection.onRetry();
  socket().onopen();
  socket().says(["resumed", 0]);
  assert.equal(socket().sent.length, 1);
});

test("a session that is over is not asked for again", () => {
  begin();
  socket().onclose({ code: 4001 });
  connection.onRetry();
  assert.equal(FakeSocket.all.length, 1);
  assert.deepEqual(ended, [undefined]);
});

test("a page that the server does not understand says so", () => {
  begin();
  socket().onclose({ code: 1008 });
  assert.match(String(ended[0]), /does not understand/);
});
