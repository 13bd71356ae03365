import { Bridge, fetched, turn } from "./world";
import assert from "node:assert/strict";
import { test } from "node:test";
import { createClient } from "../src/client/client";

const Token = "0123456789abcdef0123456789abcdef";
const Folder = `oriel://app/.oriel/body/${Token}/`;

function open(): { bridge: Bridge; oriel: ReturnType<typeof createClient> } {
  fetched.reset();
  const bridge = new Bridge();
  const oriel = createClient(bridge.window);
  bridge.down({ type: "ready", data: { events: [], bodies: Token } });
  return { bridge, oriel };
}

function reference(id: number, kind: "bytes" | "stream"): object {
  return { $body: `/.oriel/body/${Token}/${id}`, kind, length: null, type: "a/b" };
}

async function rejection(promise: Promise<unknown>): Promise<any> {
  return promise.then(
    () => assert.fail("It did not reject."),
    (error: unknown) => error,
  );
}

async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) {
    await turn();
  }
}

test("bytes among the arguments are named there and sent beside", async () => {
  const { bridge, oriel } = open();
  const bytes = Uint8Array.of(1, 2, 3);
  const args = { name: "a", list: [bytes, { view: new DataView(bytes.buffer, 1, 2) }], buffer: bytes.buffer };
  oriel.invoke("save", args).catch(() => {});
  await settle();

  assert.deepEqual(bridge.last().data, { name: "a", list: [{ $body: "1", length: 3 }, { view: { $body: "2", length: 2 } }], buffer: { $body: "3", length: 3 } });
  assert.deepEqual(
    fetched.calls.map(({ url, method, body }) => [url, method, [...body]]),
    [
      [`${Folder}1?offset=0&last=1`, "POST", [1, 2, 3]],
      [`${Folder}2?offset=0&last=1`, "POST", [2, 3]],
      [`${Folder}3?offset=0&last=1`, "POST", [1, 2, 3]],
    ],
  );
  assert.equal(args.list[0], bytes);
});

test("arguments without bytes are written as they are, whatever they hold", () => {
  const { bridge, oriel } = open();
  const date = new Date(0);
  for (const args of [1, "x", null, [1, [2]], { a: { $body: "1" }, date }, { ["__proto__"]: { a: 1 } }]) {
    oriel.invoke("a", args).catch(() => {});
    assert.equal(JSON.stringify(bridge.last().data), JSON.stringify(args));
  }

  assert.deepEqual(fetched.calls, []);
});

test("a cycle around bytes is refused before anything is sent", async () => {
  const { bridge, oriel } = open();
  const circular: Record<string, unknown> = { bytes: new Uint8Array(1) };
  circular.self = circular;
  circular.again = circular;

  assert.ok((await rejection(oriel.invoke("a", circular))) instanceof TypeError);
  await settle();
  assert.deepEqual([bridge.up, fetched.calls], [[], []]);
});

test("large bytes go in ranges, each after the answer to the one before", async () => {
  const { oriel } = open();
  const range = 4 * 1024 * 1024;
  const release = fetched.hold();
  oriel.invoke("save", new Blob([new Uint8Array(2 * range + 5)])).catch(() => {});
  await settle();
  assert.equal(fetched.calls.length, 1);

  release();
  await settle();
  assert.deepEqual(
    fetched.calls.map(({ url, body }) => [url, body.length]),
    [
      [`${Folder}1?offset=0&last=0`, range],
      [`${Folder}1?offset=${range}&last=0`, range],
      [`${Folder}1?offset=${2 * range}&last=1`, 5],
    ],
  );
});

test("a stream of the page's is read one range ahead of what C# takes, and no further", async () => {
  const { oriel } = open();
  let pulled = 0;
  const release = fetched.hold();
  const stream = new ReadableStream({ pull: (controller) => (++pulled <= 100 ? controller.enqueue(Uint8Array.of(pulled)) : controller.close()) }, { highWaterMark: 0 });
  oriel.invoke("save", stream).catch(() => {});
  await settle();
  assert.equal(pulled, 65);

  release();
  await settle();
  await settle();
  assert.equal(pulled, 101);
  assert.deepEqual(fetched.calls.slice(0, 2).map(({ url, body }) => [url, body.length]), [[`${Folder}1?offset=0&last=0`, 1], [`${Folder}1?offset=1&last=0`, 64]]);
  assert.deepEqual(fetched.calls.flatMap(({ body }) => [...body]), Array.from({ length: 100 }, (_, index) => index + 1));
  assert.equal(fetched.calls.at(-1)!.url, `${Folder}1?offset=100&last=1`);
});

test("chunks of a stream are joined, and parted where a range is full", async () => {
  const { oriel } = open();
  const range = 4 * 1024 * 1024;
  const chunks = [1, range - 1, 2, range].map((length, index) => new Uint8Array(length).fill(index + 1));
  const stream = new ReadableStream({ pull: (controller) => (chunks.length > 0 ? controller.enqueue(chunks.shift()) : controller.close()) }, { highWaterMark: 0 });
  oriel.invoke("save", stream).catch(() => {});
  for (let turn = 0; turn < 5; turn++) await settle();

  assert.deepEqual(
    fetched.calls.map(({ url, body }) => [url, body!.length, body![0], body!.at(-1)]),
    [
      [`${Folder}1?offset=0&last=0`, 1, 1, 1],
      [`${Folder}1?offset=1&last=0`, range, 2, 3],
      [`${Folder}1?offset=${range + 1}&last=0`, range, 3, 4],
      [`${Folder}1?offset=${2 * range + 1}&last=0`, 1, 4, 4],
      [`${Folder}1?offset=${2 * range + 2}&last=1`, 0, undefined, undefined],
    ],
  );
});

test("a stream that fails, or holds what is no bytes, is aborted with the reason", async () => {
  const { oriel } = open();
  oriel.invoke("save", new ReadableStream({ pull: () => { throw new Error("no camera"); } })).catch(() => {});
  oriel.invoke("save", new ReadableStream({ pull: (controller) => controller.enqueue("text") })).catch(() => {});
  await settle();

  const aborts = fetched.calls.filter(({ url }) => url.endsWith("?abort=1")).map(({ body }) => new TextDecoder().decode(body));
  assert.deepEqual(aborts.sort(), ["A ReadableStream that is passed to a command has Uint8Arrays in it.", "no camera"]);
});

test("what is left of the bytes is not sent when the call is over", async () => {
  const { bridge, oriel } = open();
  let cancelled = false;
  const release = fetched.hold();
  const answer = oriel.invoke("save", new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(1)), cancel: () => void (cancelled = true) }));
  await settle();
  bridge.down({ type: "response", id: "1", data: 1 });
  assert.equal(await answer, 1);
  release();
  await settle();

  assert.ok(cancelled);
  assert.deepEqual(fetched.calls.map(({ url }) => url), [`${Folder}1?offset=0&last=0`, `${Folder}1?abort=1`]);
});

test("the bytes of a call that fails while it is handed over are never sent", async () => {
  const { bridge, oriel } = open();
  let cancelled = false;
  // As the relay does with a message that is too large.
  bridge.window.addEventListener("oriel:up", (event) => {
    if ((event as CustomEvent<string>).detail.startsWith("r1 ")) {
      bridge.dispatch("oriel:failed", "1\n-32005 Too large.");
    }
  });
  const readable = new ReadableStream({ cancel: () => void (cancelled = true) });

  assert.equal((await rejection(oriel.invoke("save", [new Uint8Array(1), readable]))).code, -32005);
  await settle();
  assert.deepEqual([fetched.calls, cancelled], [[], true]);
});

test("of many messages those alone are looked through that name bytes", async () => {
  const { bridge, oriel } = open();
  fetched.answer = () => new Response(Uint8Array.of(1));
  const [plain, bytes, list] = [oriel.invoke("plain"), oriel.invoke("bytes"), oriel.invoke("list")];
  // What is walked through is asked for its members, also for one that only its prototype has.
  let walked = 0;
  Object.defineProperty(Object.prototype, "$body", { get: () => void walked++, configurable: true });
  try {
    bridge.down({ type: "response", id: "1", data: { a: { b: {} } } }, { type: "response", id: "2", data: reference(1, "bytes") }, { type: "response", id: "3", data: [{}, {}] });
  } finally {
    delete (Object.prototype as { $body?: unknown }).$body;
  }

  assert.deepEqual([await plain, await bytes, await list, walked], [{ a: { b: {} } }, Uint8Array.of(1), [{}, {}], 0]);
});

test("a command that has enough stops the sending, and its answer comes all the same", async () => {
  const { bridge, oriel } = open();
  fetched.answer = () => new Response("", { status: 410 });
  const answer = oriel.invoke("save", new Blob([new Uint8Array(9 * 1024 * 1024)]));
  await settle();
  bridge.down({ type: "response", id: "1", data: 1 });

  assert.equal(await answer, 1);
  assert.equal(fetched.calls.length, 1);
});

test("bytes that may not be sent fail the call and say what to do", async () => {
  const { bridge, oriel } = open();
  fetched.answer = () => {
    throw new TypeError("Load failed");
  };
  const error = await rejection(oriel.invoke("save", new Uint8Array(1)));

  assert.equal(error.code, -32003);
  assert.match(error.message, /connect-src 'self'/);
  assert.match(bridge.up.at(-1)!, /^c1 .*"cancel"/);
});

test("bytes that an answer names are in it when the promise resolves", async () => {
  const { bridge, oriel } = open();
  fetched.answer = (url) => new Response(Uint8Array.of(Number(url.at(-1))));
  const answer = oriel.invoke<any>("load");
  bridge.down({ type: "response", id: "1", data: { name: "a", pictures: [reference(1, "bytes"), reference(2, "bytes")] } });

  assert.deepEqual(await answer, { name: "a", pictures: [Uint8Array.of(1), Uint8Array.of(2)] });
});

test("an answer that is bytes as a whole is a Uint8Array", async () => {
  const { bridge, oriel } = open();
  fetched.answer = () => new Response(Uint8Array.of(7));
  const answer = oriel.invoke("load");
  bridge.down({ type: "response", id: "1", data: reference(1, "bytes") });

  assert.deepEqual(await answer, Uint8Array.of(7));
});

test("a stream asks for a range when it is read, one ahead of its reader", async () => {
  const { bridge, oriel } = open();
  fetched.answer = (url) => {
    const offset = Number(url.split("=")[1]);
    return new Response(new Uint8Array(10), offset === 90 ? { headers: { "X-Oriel-End": "1" } } : {});
  };
  const answer = oriel.invoke<ReadableStream<Uint8Array>>("load");
  bridge.down({ type: "response", id: "1", data: reference(1, "stream") });
  const reader = (await answer).getReader();
  await settle();
  assert.deepEqual(fetched.calls.map(({ url }) => url), [`${Folder}1?offset=0`]);

  await reader.read();
  await settle();
  assert.deepEqual(fetched.calls.map(({ url }) => url), [`${Folder}1?offset=0`, `${Folder}1?offset=10`]);

  let total = 10;
  for (let part; !(part = await reader.read()).done; ) {
    total += part.value.length;
  }

  assert.deepEqual([total, fetched.calls.length], [100, 10]);
});

test("a stream can be looped over where the platform's cannot", async () => {
  const prototype = ReadableStream.prototype as { [Symbol.asyncIterator]?: unknown };
  const native = prototype[Symbol.asyncIterator];
  delete prototype[Symbol.asyncIterator];
  try {
    const { bridge, oriel } = open();
    fetched.answer = () => new Response(Uint8Array.of(7));
    const call = oriel.invoke<AsyncIterable<Uint8Array>>("film");
    bridge.down({ type: "response", id: "1", data: reference(1, "stream") });

    const parts: number[] = [];
    for await (const part of await call) {
      parts.push(...part);
      if (parts.length === 3) {
        break;
      }
    }

    assert.deepEqual(parts, [7, 7, 7]);
    assert.equal(fetched.calls.at(-1)?.method, "DELETE");
  } finally {
    prototype[Symbol.asyncIterator] = native;
  }
});

test("a stream that is cancelled is given back", async () => {
  const { bridge, oriel } = open();
  fetched.answer = () => new Response(new Uint8Array(10));
  const answer = oriel.invoke<ReadableStream<Uint8Array>>("load");
  bridge.down({ type: "response", id: "1", data: reference(1, "stream") });
  await (await answer).cancel();
  await settle();

  assert.deepEqual([fetched.calls.at(-1)!.url, fetched.calls.at(-1)!.method], [`${Folder}1`, "DELETE"]);
});

test("a stream that fails in C# fails with its code", async () => {
  const { bridge, oriel } = open();
  fetched.answer = () => new Response(`{"code":-32006,"message":"Out of paper"}`, { status: 500 });
  const answer = oriel.invoke<ReadableStream<Uint8Array>>("load");
  bridge.down({ type: "response", id: "1", data: reference(1, "stream") });
  const error = await rejection((await answer).getReader().read());

  assert.deepEqual([error.code, error.message], [-32006, "Out of paper"]);
});

test("bytes that are gone fail the call, which is cancelled", async () => {
  const { bridge, oriel } = open();
  fetched.answer = () => new Response("There is no such body.", { status: 404 });
  const answer = oriel.invoke("load");
  bridge.down({ type: "response", id: "1", data: reference(1, "bytes") });

  assert.equal((await rejection(answer)).message, "There is no such body.");
});

test("an answer that nobody waits for any more gives its bytes back", async () => {
  const { bridge, oriel } = open();
  const controller = new AbortController();
  const answer = oriel.invoke("load", null, { signal: controller.signal });
  controller.abort();
  await rejection(answer);
  bridge.down({ type: "response", id: "1", data: [reference(1, "stream"), reference(2, "bytes")] });
  await settle();

  assert.deepEqual(fetched.calls.map(({ url, method }) => [url, method]), [[`${Folder}1`, "DELETE"], [`${Folder}2`, "DELETE"]]);
});

test("items of a stream keep their order, whenever their bytes come", async () => {
  const { bridge, oriel } = open();
  let arrive!: (response: Response) => void;
  const slow = new Promise<Response>((resolve) => (arrive = resolve));
  fetched.answer = (url) => (url.endsWith("/1") ? slow : new Response(Uint8Array.of(2)));
  const items: unknown[] = [];
  const reading = (async () => {
    for await (const item of oriel.stream("items")) {
      items.push(item);
    }
  })();
  await turn();
  bridge.down({ type: "next", id: "1", data: reference(1, "bytes") }, { type: "next", id: "1", data: reference(2, "bytes") }, { type: "next", id: "1", data: 3 }, { type: "done", id: "1" });
  await settle();
  assert.deepEqual(items, []);

  arrive(new Response(Uint8Array.of(1)));
  await reading;
  assert.deepEqual(items, [Uint8Array.of(1), Uint8Array.of(2), 3]);
});

test("what only looks like a reference is data", async () => {
  const { bridge, oriel } = open();
  const data = [{ $body: "/.oriel/body/ffffffffffffffffffffffffffffffff/1", kind: "bytes" }, { $body: "1", length: 3 }, { $body: 7 }];
  const answer = oriel.invoke("load");
  bridge.down({ type: "response", id: "1", data });

  assert.deepEqual(await answer, data);
  const event = new Promise((resolve) => oriel.once("told", resolve));
  bridge.down({ type: "event", event: "told", data: reference(1, "bytes") });
  assert.deepEqual(await event, reference(1, "bytes"));
  assert.deepEqual(fetched.calls, []);
});

test("bytes of a call that is made before C# has accepted the document wait for it", async () => {
  fetched.reset();
  const bridge = new Bridge();
  const oriel = createClient(bridge.window);
  oriel.invoke("save", new Uint8Array(1)).catch(() => {});
  await settle();
  assert.equal(fetched.calls.length, 0);

  bridge.down({ type: "ready", data: { events: [], bodies: Token } });
  await settle();
  assert.equal(fetched.calls[0]!.url, `${Folder}1?offset=0&last=1`);
});

test("a page that replaces the platform's classes of bytes keeps its bridge", async () => {
  const { bridge, oriel } = open();
  const platform = { Blob, ArrayBuffer, ReadableStream, Uint8Array, fetch };
  const bytes = Uint8Array.of(1);
  let data: unknown;
  try {
    Object.assign(globalThis, { Blob: undefined, ArrayBuffer: undefined, ReadableStream: undefined, fetch: undefined });
    oriel.invoke("save", { bytes }).catch(() => {});
    data = bridge.last().data;
  } finally {
    Object.assign(globalThis, platform);
  }

  await settle();
  assert.deepEqual(data, { bytes: { $body: "1", length: 1 } });
  assert.equal(fetched.calls.length, 1);
});
