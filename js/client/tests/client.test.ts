import { Bridge, clock, turn } from "./world";
import assert from "node:assert/strict";
import { test } from "node:test";
import { createClient } from "../src/client/client";

test("a window has oriel and invoke, which scripts cannot replace", () => {
  const bridge = new Bridge();
  const oriel = createClient(bridge.window);

  assert.equal(bridge.window.oriel, oriel);
  assert.equal(bridge.window.invoke, oriel.invoke);
  assert.throws(() => ((bridge.window as { oriel: unknown }).oriel = null), TypeError);
  assert.throws(() => ((oriel as { invoke: unknown }).invoke = null), TypeError);
});

test("ready resolves when C# has accepted the document", async () => {
  const bridge = new Bridge();
  const oriel = createClient(bridge.window);
  let isReady = false;
  void oriel.ready.then(() => (isReady = true));
  await turn();
  assert.equal(isReady, false);

  bridge.down({ type: "ready", data: { events: [] } });
  await oriel.ready;
});

test("the window's functions are commands", () => {
  const bridge = new Bridge();
  const { window } = createClient(bridge.window);
  void window.close();
  void window.setTitle("Hello");
  void window.setSize(800, 600);
  void window.minimize();
  void window.maximize();
  void window.restore();
  void window.setFullscreen(true);

  assert.deepEqual(
    bridge.messages.map(({ method, data }) => [method, data]),
    [
      ["oriel.window.close", null],
      ["oriel.window.setTitle", { title: "Hello" }],
      ["oriel.window.setSize", { width: 800, height: 600 }],
      ["oriel.window.minimize", null],
      ["oriel.window.maximize", null],
      ["oriel.window.restore", null],
      ["oriel.window.setFullscreen", { enabled: true }],
    ],
  );
});

// Polyfills, zones, fake timers and clumsy scripts replace these: the bridge has taken its own before.
test("a page that replaces the platform's functions keeps its bridge", async () => {
  const bridge = new Bridge();
  const oriel = createClient(bridge.window);
  const { parse, stringify } = JSON;
  const platform = { ...globalThis, JSON, Promise, CustomEvent, DOMException, setTimeout, clearTimeout, performance, queueMicrotask, reportError: globalThis.reportError };
  const broken = () => {
    throw new Error("This was replaced by the page.");
  };
  const { CustomEvent: NativeEvent } = globalThis;
  const down = (message: string) => EventTarget.prototype.dispatchEvent.call(bridge.window, new NativeEvent("oriel:down", { detail: message }));
  const seen: unknown[] = [];
  let outcomes: PromiseSettledResult<unknown>[];

  try {
    JSON.parse = broken;
    JSON.stringify = broken;
    Object.assign(globalThis, { CustomEvent: broken, DOMException: broken, Promise: broken, setTimeout: broken, clearTimeout: broken, performance: {}, queueMicrotask: broken, reportError: broken });
    Object.assign(bridge.window, { dispatchEvent: broken, addEventListener: broken, removeEventListener: broken });

    const answered = oriel.invoke("greet", { name: "Ada" }, { timeout: 5_000 });
    const late = oriel.invoke("slow", null, { timeout: 10 });
    const items = oriel.stream("numbers")[Symbol.asyncIterator]();
    const item = items.next();
    const emitted = oriel.emit("mine", 1);
    oriel.on("tick", () => broken());
    oriel.on("tick", (data) => seen.push(data));
    down(`{"type":"ready","data":{"events":["mine"]}}`);
    down(`{"type":"ready","data":{"events":[]}}`);
    down(`{"type":"response","id":"1","data":"Hello"}\n{"type":"event","event":"tick","data":1}\n{"type":"next","id":"3","data":3}`);
    EventTarget.prototype.dispatchEvent.call(bridge.window, new NativeEvent("oriel:accepted", { detail: "1" }));
    clock.advance(20);
    outcomes = await platform.Promise.allSettled([answered, late, item, emitted]);
  } finally {
    JSON.parse = parse;
    JSON.stringify = stringify;
    const { Promise, CustomEvent, DOMException, setTimeout, clearTimeout, performance, queueMicrotask, reportError } = platform;
    Object.assign(globalThis, { Promise, CustomEvent, DOMException, setTimeout, clearTimeout, performance, queueMicrotask, reportError });
  }

  assert.deepEqual(outcomes.map((outcome) => (outcome.status === "fulfilled" ? outcome.value : (outcome.reason as Error).name)), ["Hello", "TimeoutError", { value: 3, done: false }, undefined]);
  assert.deepEqual(seen, [1]);
});
