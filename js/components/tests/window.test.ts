import "./world";
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Oriel } from "../../client/src/api";
import type { Message } from "../src/transport";
import { WindowTransport } from "../src/transport/window";

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The bridge of a window, as far as the transport uses it. */
function bridge() {
  const calls: { name: string; args: any }[] = [];
  let down!: (message: Message) => void;
  let end!: (error?: unknown) => void;
  const items = new ReadableStream<Message>({
    start(controller) {
      down = (message) => controller.enqueue(message);
      end = (error) => (error ? controller.error(error) : controller.close());
    },
  });
  const fake = {
    calls,
    answer: (_args: any): unknown => null,
    down: (message: Message) => down(message),
    end: (error?: unknown) => end(error),
    stream(name: string, args: unknown) {
      calls.push({ name, args });
      return items;
    },
    async invoke(name: string, args: unknown) {
      calls.push({ name, args });
      return fake.answer(args);
    },
  };
  return fake;
}

function open() {
  const oriel = bridge();
  const transport = new WindowTransport(oriel as unknown as Oriel);
  const messages: Message[] = [];
  const closed: unknown[] = [];
  transport.open({ url: "oriel://app/", scheme: "dark" }, (message) => void messages.push(message), (reason) => void closed.push(reason));
  return { oriel, transport, messages, closed };
}

test("A session is a stream; what is sent waits for its name and goes together", async () => {
  const { oriel, transport, messages } = open();
  transport.send([1, 0, "ack"], 10);
  transport.send([2, 0, "ack"], 10);
  await settle();
  assert.deepEqual(oriel.calls, [{ name: "oriel.ui.open", args: { url: "oriel://app/", scheme: "dark" } }]);

  oriel.down([1, 0, "hello", { session: "abc" }]);
  await settle();

  assert.deepEqual(oriel.calls[1], { name: "oriel.ui.send", args: ["abc", [1, 0, "ack"], [2, 0, "ack"]] });
  assert.deepEqual(messages, [[1, 0, "hello", { session: "abc" }]]);
});

test("What comes with an answer is delivered as what comes by the stream", async () => {
  const { oriel, transport, messages } = open();
  oriel.down([1, 0, "hello", { session: "abc" }]);
  await settle();
  oriel.answer = () => [[2, 1, 0, 0]];
  transport.send([1, 1, "event"], 10);
  await settle();

  assert.deepEqual(messages.slice(1), [[2, 1, 0, 0]]);
});

test("Long messages go in calls of their own", async () => {
  const { oriel, transport } = open();
  oriel.down([1, 0, "hello", { session: "abc" }]);
  await settle();
  transport.send([1, 0, "a"], 200_000);
  transport.send([2, 0, "b"], 200_000);
  transport.send([3, 0, "c"], 10);
  await settle();

  assert.deepEqual(oriel.calls.slice(1).map((call) => call.args.length), [2, 3]);
});

test("Bytes go beside the messages", async () => {
  const { oriel, transport } = open();
  const content = new Uint8Array([1]);
  const sent = transport.upload(4, content);
  oriel.down([1, 0, "hello", { session: "abc" }]);
  await sent;

  assert.deepEqual(oriel.calls[1], { name: "oriel.ui.upload", args: ["abc", 4, content] });
});

for (const [what, error] of [["ends", undefined], ["breaks", new Error("gone")]] as const) {
  test(`A stream that ${what} closes the session, once`, async () => {
    const { oriel, transport, closed } = open();
    oriel.down([1, 0, "hello", { session: "abc" }]);
    await settle();
    oriel.answer = () => Promise.reject(new Error("unknown session"));
    oriel.end(error);
    await settle();
    transport.send([1, 0, "ack"], 10);
    await settle();

    assert.deepEqual(closed, [error]);
  });
}

test("A message that C# refuses closes the session", async () => {
  const { oriel, transport, closed } = open();
  oriel.down([1, 0, "hello", { session: "abc" }]);
  await settle();
  const error = new Error("unknown session");
  oriel.answer = () => Promise.reject(error);
  transport.send([1, 0, "ack"], 10);
  await settle();

  assert.deepEqual(closed, [error]);
});
