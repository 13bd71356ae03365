import { Bridge, clock, reported, turn } from "./world";
import assert from "node:assert/strict";
import { test } from "node:test";
import { createClient } from "../src/client/client";
import type { Message } from "../src/protocol";

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

/** What the client has sent of one kind. */
function sent(bridge: Bridge, type: Message["type"]): (Message & { line: string })[] {
  return bridge.messages.filter((message) => message.type === type);
}

/** An iterator that a test watches. */
function watched(values: Iterable<unknown>): AsyncIterable<unknown> & { asked: number; returned: number } {
  const iterator = values[Symbol.iterator]();
  const source = {
    asked: 0,
    returned: 0,
    [Symbol.asyncIterator]: () => ({
      next: async () => {
        source.asked++;
        return iterator.next();
      },
      return: async () => {
        source.returned++;
        return { value: undefined, done: true as const };
      },
    }),
  };
  return source;
}

function* endless(): Generator<number> {
  for (let i = 0; ; i++) {
    yield i;
  }
}

test("progress is called in order, and the answer is the answer", async () => {
  const { bridge, oriel } = open();
  const seen: unknown[] = [];
  const answer = oriel.invoke("work", null, { onProgress: (value) => seen.push(value) });
  assert.equal(bridge.last().credit, 32);
  bridge.down({ type: "next", id: "1", data: 1 }, { type: "next", id: "1", data: 2 });
  bridge.down({ type: "response", id: "1", data: "done" }, { type: "next", id: "1", data: 3 });

  assert.equal(await answer, "done");
  assert.deepEqual(seen, [1, 2]);
});

test("progress is renewed by halves, and not once the call is over", async () => {
  const { bridge, oriel } = open();
  const stop = new AbortController();
  const call = oriel.invoke("work", null, { signal: stop.signal, onProgress: (value) => value === 31 && stop.abort() });
  bridge.down(...Array.from({ length: 16 }, (_, data) => ({ type: "next", id: "1", data })));
  assert.deepEqual(sent(bridge, "credit").map(({ id, data }) => [id, data]), [["1", 16]]);

  bridge.down(...Array.from({ length: 40 }, (_, data) => ({ type: "next", id: "1", data: 16 + data })));
  assert.equal((await rejection(call)).name, "AbortError");
  assert.equal(sent(bridge, "credit").length, 2);
  assert.equal(sent(bridge, "cancel").length, 1);
});

test("a progress callback that throws is reported and costs nothing", async () => {
  const { bridge, oriel } = open();
  const before = reported.length;
  const answer = oriel.invoke("work", null, {
    onProgress: () => {
      throw new Error("mine");
    },
  });
  bridge.down({ type: "next", id: "1", data: 1 }, { type: "response", id: "1", data: 2 });

  assert.equal(await answer, 2);
  assert.equal((reported[before] as Error).message, "mine");
});

test("progress that nobody asked for is ignored", async () => {
  const { bridge, oriel } = open();
  const answer = oriel.invoke("work");
  bridge.down({ type: "next", id: "1", data: 1 }, { type: "response", id: "1", data: 2 });

  assert.equal(await answer, 2);
});

test("a stream that is called for its progress says how to read it", async () => {
  const { bridge, oriel } = open();
  const answer = oriel.invoke("numbers", null, { onProgress: () => {} });
  bridge.down({ type: "next", id: "1", data: 1 }, { type: "done", id: "1" });

  assert.match((await rejection(answer)).message, /oriel\.stream/);
});

test("a progress callback that is none is refused before anything is sent", async () => {
  const { bridge, oriel } = open();

  assert.ok((await rejection(oriel.invoke("work", null, { onProgress: 1 as never }))) instanceof TypeError);
  assert.deepEqual(bridge.up, []);
});

test("a stream that does not begin in time ends, and one that has begun does not", async () => {
  const { bridge, oriel } = open();
  const late = oriel.stream("a", null, { timeout: 100 })[Symbol.asyncIterator]().next();
  const begun = oriel.stream("b", null, { timeout: 100 })[Symbol.asyncIterator]();
  const first = begun.next();
  bridge.down({ type: "next", id: "2", data: 1 });
  clock.advance(200);

  assert.equal((await rejection(late)).name, "TimeoutError");
  assert.deepEqual(sent(bridge, "cancel").map(({ id }) => id), ["1"]);
  assert.deepEqual(await first, { value: 1, done: false });
  const second = begun.next();
  clock.advance(100_000);
  bridge.down({ type: "next", id: "2", data: 2 });
  assert.deepEqual(await second, { value: 2, done: false });
});

test("aborting a stream drops what was not read", async () => {
  const { bridge, oriel } = open();
  const stop = new AbortController();
  const items = oriel.stream("a", null, { signal: stop.signal })[Symbol.asyncIterator]();
  const first = items.next();
  bridge.down(...[1, 2, 3].map((data) => ({ type: "next", id: "1", data })));
  await first;
  stop.abort();
  stop.abort();

  assert.equal((await rejection(items.next())).name, "AbortError");
  assert.deepEqual(await items.next(), { value: undefined, done: true });
  assert.equal(sent(bridge, "cancel").length, 1);
});

test("items that are asked for at once come in order", async () => {
  const { bridge, oriel } = open();
  const items = oriel.stream("a")[Symbol.asyncIterator]();
  const asked = [items.next(), items.next(), items.next(), items.next()];
  bridge.down({ type: "next", id: "1", data: 1 }, { type: "next", id: "1", data: 2 }, { type: "done", id: "1" });

  assert.deepEqual((await Promise.all(asked)).map(({ value, done }) => (done ? "end" : value)), [1, 2, "end", "end"]);
});

test("leaving a stream twice, or behind its end, is harmless", async () => {
  const { bridge, oriel } = open();
  const never = oriel.stream("a")[Symbol.asyncIterator]();
  await never.return!();
  assert.deepEqual(await never.next(), { value: undefined, done: true });
  assert.deepEqual(bridge.up, []);

  const items = oriel.stream("a")[Symbol.asyncIterator]();
  const first = items.next();
  bridge.down({ type: "done", id: "1" });
  await first;
  await items.return!();
  await items.return!();
  assert.equal(sent(bridge, "cancel").length, 0);
});

test("an async iterable at any depth is a stream, and nothing of the page's is changed", () => {
  const { bridge, oriel } = open();
  const rows = watched([]);
  const args = { name: "a", list: [1, { rows }], date: new Date(0) };
  oriel.invoke("upload", args).catch(() => {});

  assert.deepEqual(bridge.last().data, { name: "a", list: [1, { rows: { $stream: "2" } }], date: "1970-01-01T00:00:00.000Z" });
  assert.equal((args.list[1] as { rows: unknown }).rows, rows);
  assert.equal(rows.asked, 0);
});

test("a shared object is written twice, and a cycle is refused", async () => {
  const { bridge, oriel } = open();
  const shared = { rows: watched([]) };
  oriel.invoke("upload", [shared, shared]).catch(() => {});
  assert.deepEqual(bridge.last().data, [{ rows: { $stream: "2" } }, { rows: { $stream: "3" } }]);

  const cycle: Record<string, unknown> = { rows: watched([]) };
  cycle.first = cycle.second = cycle;
  assert.ok((await rejection(oriel.invoke("upload", cycle))) instanceof TypeError);
});

test("values are asked for as far as C# allows", async () => {
  const { bridge, oriel } = open();
  const values = watched(endless());
  oriel.invoke("upload", { values }).catch(() => {});
  await turn();
  assert.equal(values.asked, 0);

  bridge.down({ type: "credit", id: "2", data: 3 });
  await turn();
  assert.equal(values.asked, 3);
  bridge.down({ type: "credit", id: "2", data: 2 });
  await turn();
  assert.deepEqual(sent(bridge, "next").map(({ id, data, line }) => [id, data, line]), [0, 1, 2, 3, 4].map((value) => ["2", value, "i"]));
});

test("the end of the values is told once", async () => {
  const { bridge, oriel } = open();
  const values = watched([1]);
  oriel.invoke("upload", { values }).catch(() => {});
  bridge.down({ type: "credit", id: "2", data: 10 });
  await turn();
  assert.deepEqual(bridge.up.slice(1), [`i{"type":"next","id":"2","data":1}`, `i{"type":"done","id":"2"}`]);

  bridge.down({ type: "response", id: "1" });
  await turn();
  assert.equal(values.returned, 0);
});

test("an iterator that throws ends the stream with its message, and its code if it has one", async () => {
  const { bridge, oriel } = open();
  const failing = (error: unknown) =>
    (async function* () {
      throw error;
    })();
  oriel.invoke("upload", [failing(new Error("broken")), failing(Object.assign(new Error("coded"), { code: 7 })), failing(undefined)]).catch(() => {});
  bridge.down(...["2", "3", "4"].map((id) => ({ type: "credit", id, data: 1 })));
  await turn();

  assert.deepEqual(sent(bridge, "done").map(({ error }) => error), [
    { code: -32603, message: "broken" },
    { code: 7, message: "coded" },
    { code: -32603, message: "undefined" },
  ]);
});

test("a value that JSON cannot write ends the stream, and the iterator is returned", async () => {
  const { bridge, oriel } = open();
  const values = watched([1, 2n, 3]);
  oriel.invoke("upload", { values }).catch(() => {});
  bridge.down({ type: "credit", id: "2", data: 10 });
  await turn();

  assert.equal(sent(bridge, "next").length, 1);
  assert.equal(sent(bridge, "done")[0]!.error!.code, -32603);
  assert.equal(values.returned, 1);
});

const ends: [string, (bridge: Bridge, abort: AbortController) => void][] = [
  ["C# reads no more", (bridge) => bridge.down({ type: "cancel", id: "2" })],
  ["the call is answered", (bridge) => bridge.down({ type: "response", id: "1", data: 1 })],
  ["the call fails", (bridge) => bridge.down({ type: "response", id: "1", error: { code: 1, message: "no" } })],
  ["the call is aborted", (_, abort) => abort.abort()],
  ["the call times out", () => clock.advance(31_000)],
  ["the call never leaves", (bridge) => bridge.dispatch("oriel:failed", "1\n-32007 gone")],
  ["a value is refused", (bridge) => bridge.down({ type: "response", id: "2", error: { code: -32600, message: "too deep" } })],
  ["the document ends", (bridge) => bridge.window.dispatchEvent(new Event("pagehide"))],
];

for (const [name, end] of ends) {
  test(`the iterator is returned once when ${name}`, async () => {
    const { bridge, oriel } = open();
    const values = watched(endless());
    const abort = new AbortController();
    oriel.invoke("upload", { values }, { signal: abort.signal }).catch(() => {});
    bridge.down({ type: "credit", id: "2", data: 1 });
    await turn();
    end(bridge, abort);
    bridge.down({ type: "cancel", id: "2" }, { type: "cancel", id: "2" });
    const asked = values.asked;
    bridge.down({ type: "credit", id: "2", data: 5 });
    await turn();

    assert.equal(values.returned, 1);
    assert.equal(values.asked, asked);
  });
}

test("leaving a stream returns the iterators among its arguments", async () => {
  const { bridge, oriel } = open();
  const values = watched(endless());
  const items = oriel.stream("map", { values })[Symbol.asyncIterator]();
  void items.next();
  bridge.down({ type: "credit", id: "2", data: 1 });
  await turn();
  await items.return!();

  assert.equal(values.returned, 1);
});

test("whoever waits for a stream that the page does not have is told", async () => {
  const { bridge } = open();
  bridge.down({ type: "credit", id: "77", data: 5 });

  assert.deepEqual([bridge.last().type, bridge.last().id], ["done", "77"]);
  assert.ok(bridge.last().error);
});

test("an iterator that fails to return is reported", async () => {
  const { bridge, oriel } = open();
  const before = reported.length;
  const values = {
    [Symbol.asyncIterator]: () => ({
      next: async () => ({ value: 1, done: false }),
      return: () => {
        throw new Error("stuck");
      },
    }),
  };
  oriel.invoke("upload", { values }).catch(() => {});
  bridge.down({ type: "credit", id: "2", data: 1 });
  await turn();
  bridge.down({ type: "cancel", id: "2" });
  await turn();

  assert.equal((reported[before] as Error).message, "stuck");
});

test("a stream of values is one when it is said to be, and is cancelled while a read waits", async () => {
  const { bridge, oriel } = open();
  let cancelled = false;
  const stream = new ReadableStream<number>({
    start: (controller) => {
      controller.enqueue(1);
      controller.enqueue(2);
    },
    cancel: () => {
      cancelled = true;
    },
  });
  oriel.invoke("upload", { values: oriel.values(stream) }).catch(() => {});
  bridge.down({ type: "credit", id: "2", data: 10 });
  await turn();
  assert.deepEqual(sent(bridge, "next").map(({ data }) => data), [1, 2]);

  bridge.down({ type: "cancel", id: "2" });
  await turn();
  assert.equal(cancelled, true);
});

test("a stream of values ends with its source", async () => {
  const { bridge, oriel } = open();
  const stream = new ReadableStream({ start: (controller) => controller.close() });
  oriel.invoke("upload", { values: oriel.values(stream) }).catch(() => {});
  bridge.down({ type: "credit", id: "2", data: 10 });
  await turn();

  assert.equal(bridge.last().type, "done");
});

test("what is opened and never read leaves nothing when it is left", async () => {
  const { bridge, oriel } = open();
  const opened = Array.from({ length: 100_000 }, () => oriel.stream("a")[Symbol.asyncIterator]());
  const firsts = opened.map((items) => items.next());
  assert.equal(bridge.up.length, 100_000);

  // C# is busy beyond its limit, and says so.
  bridge.down(...firsts.slice(65_536).map((_, index) => ({ type: "response", id: String(65_537 + index), error: { code: -32006, message: "busy" } })));
  const refused = await Promise.allSettled(firsts.slice(65_536));
  assert.ok(refused.every((result) => result.status === "rejected" && result.reason.code === -32006));

  await Promise.all(opened.map((items) => items.return!()));
  assert.equal(bridge.up.length, 165_536);
});

test("members of odd names stay what they are beside a stream", () => {
  const { bridge, oriel } = open();
  const args = JSON.parse(`{"__proto__":{"a":1},"constructor":2}`) as Record<string, unknown>;
  oriel.invoke("upload", { ...args, list: [args, watched([])], ["__proto__"]: { rows: watched([]) } }).catch(() => {});

  const data = bridge.last().data as Record<string, unknown>;
  assert.deepEqual(Object.keys(data), ["__proto__", "constructor", "list"]);
  assert.match(bridge.up[0]!, /"__proto__":\{"rows":\{"\$stream":"2"\}\}/);
  assert.deepEqual(JSON.stringify((data.list as unknown[])[0]), `{"__proto__":{"a":1},"constructor":2}`);
});

test("arguments nested beyond what C# reads are left to it", () => {
  const { bridge, oriel } = open();
  let deep: unknown = watched([]);
  for (let i = 0; i < 200; i++) {
    deep = [deep];
  }

  oriel.invoke("upload", deep).catch(() => {});
  assert.ok(!bridge.up[0]!.includes("$stream"));
});
