import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
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
  closed = false;

  constructor(readonly address: URL) {
    FakeSocket.all.push(this);
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  close(): void {
    this.closed = true;
  }

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
  mock.timers.enable({ apis: ["setTimeout"] });
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

afterEach(() => mock.timers.reset());

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

test("a page that is seen again finds out that its connection is dead, and makes another", () => {
  begin();
  document.dispatchEvent(new (window as any).Event("visibilitychange"));
  assert.deepEqual(socket().sent.at(-1), ["probe"]);

  mock.timers.tick(5_000);
  assert.ok(FakeSocket.all[0]!.closed);
  assert.equal(states.at(-1), "disconnected");

  connection.onRetry();
  assert.equal(FakeSocket.all.length, 2);
});

test("clicks that nothing answers are sent by another connection", () => {
  begin();
  transport.send([1, 1, "event"]);
  mock.timers.tick(5_000);
  assert.deepEqual(socket().sent.at(-1), ["probe"]);
  mock.timers.tick(5_000);

  connection.onRetry();
  socket().onopen();
  socket().says(["resumed", 0]);
  assert.deepEqual(socket().sent.at(-1), [1, 1, "event"]);
});

test("a server that answers keeps its connection", () => {
  begin();
  transport.send([1, 1, "event"]);
  mock.timers.tick(4_999);
  socket().says([2, 1, "done"]);
  (window as any).dispatchEvent(new (window as any).Event("online"));
  mock.timers.tick(4_999);
  socket().says(["received", 1]);
  mock.timers.tick(60_000);
  assert.equal(FakeSocket.all.length, 1);
  assert.deepEqual(socket().sent.filter((message) => (message as unknown[])[0] === "probe").length, 1);
});

test("what has come but is not applied is asked for again, and told once", () => {
  begin();
  transport.send([1, 1, "event"]);
  socket().says([2, 1, "slow"]);
  socket().onclose({ code: 1006 });
  connection.onRetry();
  socket().onopen();
  assert.equal((socket().sent[0] as any)[1].resume.applied, 1);

  socket().says(["resumed", 1]);
  socket().says([2, 1, "slow"]);
  assert.equal(got.length, 2);
});
