import { Bridge, clock, turn } from "./world";
import assert from "node:assert/strict";
import { test } from "node:test";
import { createClient } from "../src/client/client";

function open(): { bridge: Bridge; oriel: ReturnType<typeof createClient> } {
  const bridge = new Bridge();
  return { bridge, oriel: createClient(bridge.window) };
}

async function rejection(promise: Promise<unknown>): Promise<any> {
  return promise.then(
    () => assert.fail("It did not reject."),
    (error: unknown) => error,
  );
}

test("a call is a request, and its answer the result", async () => {
  const { bridge, oriel } = open();
  const answer = oriel.invoke("greet", { name: "Ada" });
  assert.deepEqual(bridge.up, [`r1 {"type":"request","id":"1","method":"greet","data":{"name":"Ada"}}`]);

  bridge.down({ type: "response", id: "1", data: "Hello" });
  assert.equal(await answer, "Hello");
});

test("no arguments are null", () => {
  const { bridge, oriel } = open();
  oriel.invoke("a").catch(() => {});

  assert.equal(bridge.last().data, null);
});

test("a name and arguments with odd characters arrive as they are", () => {
  const { bridge, oriel } = open();
  const odd = "\ud800 \0 \n \u2028 \" \\ 😀";
  oriel.invoke(odd, { [odd]: odd, ["__proto__"]: 1 }).catch(() => {});

  assert.equal(bridge.last().method, odd);
  assert.equal((bridge.last().data as Record<string, string>)[odd], odd);
  assert.ok(!bridge.up[0]!.includes("\n"));
});

test("what JSON cannot write is refused before anything is sent", async () => {
  const { bridge, oriel } = open();
  const circular: Record<string, unknown> = {};
  circular.self = circular;

  for (const args of [circular, 1n, () => 1, Symbol("s")]) {
    assert.ok((await rejection(oriel.invoke("a", args))) instanceof TypeError);
  }

  assert.ok((await rejection(oriel.invoke(1 as unknown as string))) instanceof TypeError);
  assert.deepEqual(bridge.up, []);
});

test("an error rejects with its code, message and data", async () => {
  const { bridge, oriel } = open();
  const call = oriel.invoke("a");
  bridge.down({ type: "response", id: "1", error: { code: -32601, message: "No such command.", data: { a: 1 } } });

  const error = await rejection(call);
  assert.ok((error as unknown) instanceof Error);
  assert.deepEqual([error.name, error.code, error.message, error.data], ["OrielError", -32601, "No such command.", { a: 1 }]);
});

test("answers in any order, many in one batch, settle their own calls", async () => {
  const { bridge, oriel } = open();
  const calls = Array.from({ length: 1000 }, (_, index) => oriel.invoke("a", index));
  bridge.down(...calls.map((_, index) => ({ type: "response", id: String(index + 1), data: index })).reverse());

  assert.deepEqual(await Promise.all(calls), calls.map((_, index) => index));
});

test("an answer that nobody waits for is ignored", async () => {
  const { bridge, oriel } = open();
  const call = oriel.invoke("a");
  bridge.down({ type: "response", id: "99" }, { type: "response" }, { type: "response", id: null }, { type: "response", id: 1 }, { type: "mystery" }, { type: "response", id: "1", data: 1 });
  bridge.down({ type: "response", id: "1", data: 2 });

  assert.equal(await call, 1);
});

test("a call times out, is cancelled, and its late answer is ignored", async () => {
  const { bridge, oriel } = open();
  const call = oriel.invoke("slow", null, { timeout: 50 });
  clock.advance(49);
  assert.equal(bridge.up.length, 1);

  clock.advance(2);
  const error = await rejection(call);
  assert.deepEqual([error.name, error.message], ["TimeoutError", `"slow" did not answer within 50 ms.`]);
  assert.equal(bridge.up[1], `c1 {"type":"cancel","id":"1"}`);
  bridge.down({ type: "response", id: "1", data: 1 });
});

test("a call times out after 30 s unless told otherwise", async () => {
  const { oriel } = open();
  const call = oriel.invoke("slow");
  clock.advance(30_001);

  assert.equal((await rejection(call)).name, "TimeoutError");
});

test("a time-out of 0 is none", async () => {
  const { bridge, oriel } = open();
  const call = oriel.invoke("slow", null, { timeout: 0 });
  clock.advance(10 * 24 * 3600_000);
  bridge.down({ type: "response", id: "1", data: 1 });

  assert.equal(await call, 1);
});

test("a time-out beyond what a timer can hold does not fire at once", async () => {
  const { bridge, oriel } = open();
  const call = oriel.invoke("slow", null, { timeout: 0x7fffffff * 3 });
  clock.advance(0x7fffffff * 2);
  bridge.down({ type: "response", id: "1", data: 1 });

  assert.equal(await call, 1);
});

test("one timer serves all calls", () => {
  const { oriel } = open();
  const { started, timers } = clock;
  for (let i = 0; i < 1000; i++) {
    void oriel.invoke("a").catch(() => {});
  }

  assert.equal(clock.started - started, 1);
  clock.advance(100_000);
  assert.equal(clock.started - started, 1);
  assert.equal(clock.timers.length, timers.length);
});

test("a shorter time-out moves the timer forward, and the longer still fires", async () => {
  const { oriel } = open();
  const outcomes: string[] = [];
  oriel.invoke("long", null, { timeout: 1000 }).catch(() => outcomes.push("long"));
  oriel.invoke("short", null, { timeout: 10 }).catch(() => outcomes.push("short"));
  clock.advance(20);
  await turn();
  assert.deepEqual(outcomes, ["short"]);

  clock.advance(1000);
  await turn();
  assert.deepEqual(outcomes, ["short", "long"]);
});

test("aborting cancels the call and rejects with the reason", async () => {
  const { bridge, oriel } = open();
  const abort = new AbortController();
  const call = oriel.invoke("slow", null, { signal: abort.signal });
  abort.abort();

  assert.equal((await rejection(call)).name, "AbortError");
  assert.equal(bridge.up[1], `c1 {"type":"cancel","id":"1"}`);

  const reason = new Error("enough");
  const other = new AbortController();
  const second = oriel.invoke("slow", null, { signal: other.signal });
  other.abort(reason);
  assert.equal(await rejection(second), reason);
});

test("a call with an aborted signal is never sent", async () => {
  const { bridge, oriel } = open();

  assert.equal((await rejection(oriel.invoke("a", null, { signal: AbortSignal.abort() }))).name, "AbortError");
  assert.deepEqual(bridge.up, []);
});

test("aborting after the answer does nothing", async () => {
  const { bridge, oriel } = open();
  const abort = new AbortController();
  const call = oriel.invoke("a", null, { signal: abort.signal });
  bridge.down({ type: "response", id: "1", data: 1 });
  await call;
  abort.abort();

  assert.equal(bridge.up.length, 1);
});

test("calls that failed on the way reject", async () => {
  const { bridge, oriel } = open();
  const calls = [oriel.invoke("a"), oriel.invoke("b"), oriel.invoke("c")];
  bridge.dispatch("oriel:failed", "1 3\n-32003 The document has no bridge.\nSecond line.");
  bridge.down({ type: "response", id: "2", data: "b" });

  const error = await rejection(calls[0]!);
  assert.deepEqual([error.code, error.message], [-32003, "The document has no bridge.\nSecond line."]);
  assert.equal((await rejection(calls[2]!)).code, -32003);
  assert.equal(await calls[1], "b");
});

// A command may write raw JSON: what it gets wrong must not take the answers of others along.
test("a line that is not JSON costs nobody else an answer", async () => {
  const { bridge, oriel } = open();
  const calls = [oriel.invoke("a"), oriel.invoke("b")];
  bridge.dispatch("oriel:down", `{"type":"response","id":"1","data":1}\n{"type":"response","id":"9","data":oops}\n{"type":"response","id":"2","data":2}`);

  assert.deepEqual(await Promise.all(calls), [1, 2]);
});

test("a message without what it needs costs nobody else an answer", async () => {
  const { bridge, oriel } = open();
  const call = oriel.invoke("a");
  bridge.down({ type: "ready" }, { type: "event" }, { type: "response", id: "1", data: 1 });

  assert.equal(await call, 1);
});

test("a ping is answered", () => {
  const { bridge } = open();
  bridge.down({ type: "ping" });

  assert.deepEqual(bridge.up, [`c {"type":"pong"}`]);
});

test("a stream gives its items in order and ends", async () => {
  const { bridge, oriel } = open();
  const seen: number[] = [];
  const reading = (async () => {
    for await (const item of oriel.stream<number>("numbers", { to: 3 })) {
      seen.push(item);
    }
  })();
  await turn();
  assert.deepEqual(bridge.last(), { line: "r", type: "request", id: "1", method: "numbers", credit: 128, data: { to: 3 } });

  bridge.down({ type: "next", id: "1", data: 1 }, { type: "next", id: "1", data: 2 });
  await turn();
  bridge.down({ type: "next", id: "1", data: 3 }, { type: "done", id: "1" });
  await reading;
  assert.deepEqual(seen, [1, 2, 3]);
  assert.equal(bridge.up.length, 1);
});

test("nothing is sent before a stream is read, and each reading is a call", async () => {
  const { bridge, oriel } = open();
  const stream = oriel.stream("numbers");
  assert.equal(bridge.up.length, 0);

  void stream[Symbol.asyncIterator]().next();
  void stream[Symbol.asyncIterator]().next();
  await turn();
  assert.deepEqual(bridge.messages.map((message) => message.id), ["1", "2"]);
});

test("credit is renewed by halves as items are read", async () => {
  const { bridge, oriel } = open();
  const iterator = oriel.stream<number>("numbers", null, { credit: 4 })[Symbol.asyncIterator]();
  const first = iterator.next();
  await turn();
  bridge.down(...[1, 2, 3, 4].map((data) => ({ type: "next", id: "1", data })));
  await first;
  assert.equal(bridge.up.length, 1);

  await iterator.next();
  await iterator.next();
  assert.deepEqual(bridge.up.slice(1), [`c1 {"type":"credit","id":"1","data":2}`]);
});

test("credit that is no number of items is the usual one", async () => {
  const { bridge, oriel } = open();
  for (const credit of [0, -5, 1.9, 5000, Infinity, NaN]) {
    void oriel.stream("numbers", null, { credit })[Symbol.asyncIterator]().next();
  }

  await turn();
  assert.deepEqual(bridge.messages.map((message) => message.credit), [128, 128, 1, 1024, 1024, 128]);
});

test("leaving a stream cancels it", async () => {
  const { bridge, oriel } = open();
  const reading = (async () => {
    for await (const _ of oriel.stream("numbers")) {
      break;
    }
  })();
  await turn();
  bridge.down({ type: "next", id: "1", data: 1 });
  await reading;
  assert.equal(bridge.up[1], `c1 {"type":"cancel","id":"1"}`);

  bridge.down({ type: "next", id: "1", data: 2 }, { type: "done", id: "1" });
  assert.equal(bridge.up.length, 2);
});

test("a stream that fails throws after its items", async () => {
  const { bridge, oriel } = open();
  const seen: unknown[] = [];
  const reading = (async () => {
    for await (const item of oriel.stream("numbers")) {
      seen.push(item);
    }
  })();
  await turn();
  bridge.down({ type: "next", id: "1", data: 1 }, { type: "done", id: "1", error: { code: -32603, message: "broken" } });

  assert.equal((await rejection(reading)).code, -32603);
  assert.deepEqual(seen, [1]);
  assert.equal(bridge.up.length, 1);
});

test("a command with a single answer is a stream of one item", async () => {
  const { bridge, oriel } = open();
  const seen: unknown[] = [];
  const reading = (async () => {
    for await (const item of oriel.stream("one")) {
      seen.push(item);
    }
  })();
  await turn();
  bridge.down({ type: "response", id: "1", data: "only" });
  await reading;

  assert.deepEqual(seen, ["only"]);
});

test("aborting ends a stream that waits", async () => {
  const { bridge, oriel } = open();
  const abort = new AbortController();
  const next = oriel.stream("numbers", null, { signal: abort.signal })[Symbol.asyncIterator]().next();
  await turn();
  abort.abort();

  assert.equal((await rejection(next)).name, "AbortError");
  assert.deepEqual(bridge.up.slice(1), [`c1 {"type":"cancel","id":"1"}`]);
});

test("a stream has no time-out of its own", async () => {
  const { bridge, oriel } = open();
  const next = oriel.stream("numbers")[Symbol.asyncIterator]().next();
  await turn();
  clock.advance(3600_000);
  bridge.down({ type: "next", id: "1", data: 1 });

  assert.deepEqual(await next, { value: 1, done: false });
});

test("a stream that failed on the way throws", async () => {
  const { bridge, oriel } = open();
  const next = oriel.stream("numbers")[Symbol.asyncIterator]().next();
  await turn();
  bridge.dispatch("oriel:failed", "1\n-32007 gone");

  assert.equal((await rejection(next)).code, -32007);
});
