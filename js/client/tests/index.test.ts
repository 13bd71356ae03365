import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { emit, invoke, isOriel, isOrielError, mockState, off, on, once, ready, setMock, state, stream, window } from "../src/index";
import type { Oriel } from "../src/api";
import { createError } from "../src/client/errors";

const page = globalThis as { oriel?: Partial<Oriel> };

afterEach(() => {
  setMock(undefined);
  delete page.oriel;
});

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) {
    all.push(item);
  }

  return all;
}

test("outside of Oriel everything says so, and how to go on", async () => {
  const outside = /not in a window of Oriel.*setMock/;

  assert.equal(isOriel(), false);
  await assert.rejects(invoke("greet"), outside);
  await assert.rejects(collect(stream("numbers")), outside);
  await assert.rejects(emit("note"), outside);
  await assert.rejects(window.close(), outside);
  await assert.rejects(async () => await ready, outside);
  assert.throws(() => on("note", () => {}), outside);
  assert.throws(() => once("note", () => {}), outside);
  assert.throws(() => off("note", () => {}), outside);
  assert.throws(() => state("cart"), outside);
});

test("in a window of Oriel everything goes to it", async () => {
  const calls: unknown[] = [];
  const note = () => {};
  const cart = mockState(1);
  page.oriel = {
    invoke: (async (...args: unknown[]) => (calls.push(["invoke", ...args]), "Hello")) as Oriel["invoke"],
    stream: (async function* (...args: unknown[]) {
      calls.push(["stream", ...args]);
      yield 1;
    }) as unknown as Oriel["stream"],
    on: (...args) => (calls.push(["on", ...args]), () => {}),
    once: (...args) => (calls.push(["once", ...args]), () => {}),
    off: (...args) => void calls.push(["off", ...args]),
    emit: async (...args) => void calls.push(["emit", ...args]),
    state: (() => cart) as unknown as Oriel["state"],
    window: { setTitle: async (...args: unknown[]) => void calls.push(["setTitle", ...args]) } as unknown as Oriel["window"],
    ready: Promise.resolve(),
  };

  assert.equal(isOriel(), true);
  assert.equal(await invoke<string>("greet", { name: "Ada" }, { timeout: 5 }), "Hello");
  assert.deepEqual(await collect(stream("numbers", 3)), [1]);
  on("note", note);
  once("note", note);
  off("note", note);
  await emit("note", 2);
  await window.setTitle("Hello");
  await ready;
  assert.equal(state("cart"), cart);
  assert.deepEqual(calls, [
    ["invoke", "greet", { name: "Ada" }, { timeout: 5 }],
    ["stream", "numbers", 3, undefined],
    ["on", "note", note],
    ["once", "note", note],
    ["off", "note", note],
    ["emit", "note", 2],
    ["setTitle", "Hello"],
  ]);
});

test("a mock answers in the place of Oriel", async () => {
  const listeners = new Set<(data: unknown) => void>();
  const emitted: unknown[] = [];
  const cart = mockState(["tea"]);
  let title = "";
  setMock({
    invoke: (name, args) => (name === "greet" ? `Hello, ${(args as { name: string }).name}` : Promise.reject(createError(-32601, "unknown"))),
    stream: () => [1, 2, 3],
    state: () => cart,
    on: (_, handler) => {
      listeners.add(handler);
      return () => void listeners.delete(handler);
    },
    emit: (name, data) => emitted.push([name, data]),
    window: { setTitle: async (text) => void (title = text) },
  });
  const seen: unknown[] = [];
  const note = (data: unknown) => seen.push(data);
  const tell = (data: unknown) => [...listeners].forEach((listener) => listener(data));

  assert.equal(await invoke("greet", { name: "Ada" }), "Hello, Ada");
  await assert.rejects(invoke("other"), isOrielError);
  assert.deepEqual(await collect(stream("numbers")), [1, 2, 3]);
  on("note", note);
  once("note", note);
  tell(1);
  tell(2);
  off("note", note);
  tell(3);
  assert.deepEqual(seen, [1, 1, 2]);
  await emit("note", 5);
  assert.deepEqual(emitted, [["note", 5]]);
  await window.setTitle("Hello");
  assert.equal(title, "Hello");
  await assert.rejects(window.close(), /no "window.close"/);
  await ready;
  assert.equal(state("cart"), cart);
});

test("what a mock leaves out is named", async () => {
  setMock({});
  await assert.rejects(invoke("greet"), /no "invoke"/);
  await assert.rejects(collect(stream("numbers")), /no "stream"/);
  assert.throws(() => state("cart"), /no "state"/);
});

test("a stream of a mock ends when it is aborted", async () => {
  setMock({ stream: () => [1, 2, 3] });
  const abort = new AbortController();
  const seen: unknown[] = [];

  await assert.rejects(async () => {
    for await (const item of stream("numbers", null, { signal: abort.signal })) {
      seen.push(item);
      abort.abort();
    }
  }, { name: "AbortError" });
  assert.deepEqual(seen, [1]);
});

test("a mock of a state has a value and takes others", async () => {
  const cart = mockState({ items: [1] });
  const seen: unknown[] = [];
  const stop = cart.subscribe((value) => seen.push(value.items));

  await cart.set({ items: [2] });
  await cart.set((value) => ({ items: [...value.items, 3] }));
  const { patch } = cart;
  await patch([{ op: "remove", path: "/items/0" }]);
  stop();
  await cart.set({ items: [] });
  cart.close();
  assert.deepEqual(seen, [[1], [2], [2, 3], [3]]);
  assert.deepEqual(await cart.ready, { items: [] });
});

test("an OrielError is told from others", () => {
  assert.equal(isOrielError(createError(-32602, "text")), true);
  assert.equal(isOrielError(new Error("text")), false);
  assert.equal(isOrielError({ name: "OrielError", code: 1 }), false);
  assert.equal(isOrielError(undefined), false);
});
