import { Bridge, reported, turn } from "./world";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { createClient } from "../src/client/client";

function open(): { bridge: Bridge; oriel: ReturnType<typeof createClient> } {
  const bridge = new Bridge();
  return { bridge, oriel: createClient(bridge.window) };
}

const event = (name: string, data: unknown = null) => ({ type: "event", event: name, data });

beforeEach(() => void (reported.length = 0));

test("an event reaches the handlers in their order, and then the window", () => {
  const { bridge, oriel } = open();
  const seen: unknown[] = [];
  oriel.on("tick", (data) => seen.push(["first", data]));
  oriel.on("tick", (data) => seen.push(["second", data]));
  bridge.window.addEventListener("tick", (event) => seen.push(["window", (event as CustomEvent).detail]));
  bridge.down(event("tick", 1));

  assert.deepEqual(seen, [["first", 1], ["second", 1], ["window", 1]]);
});

test("once is once, also when it is emitted again meanwhile", () => {
  const { bridge, oriel } = open();
  let count = 0;
  oriel.once("tick", () => {
    count++;
    bridge.down(event("tick"));
  });
  bridge.down(event("tick"), event("tick"));

  assert.equal(count, 1);
});

test("a handler that another one stopped is not called any more", () => {
  const { bridge, oriel } = open();
  let count = 0;
  oriel.on("tick", () => stop());
  const stop = oriel.on("tick", () => count++);
  bridge.down(event("tick"));

  assert.equal(count, 0);
});

test("once is once, also when a handler before it emits the event again", () => {
  const { bridge, oriel } = open();
  let count = 0;
  let isNested = false;
  oriel.on("tick", () => {
    if (!isNested) {
      isNested = true;
      bridge.down(event("tick"));
    }
  });
  oriel.once("tick", () => count++);
  bridge.down(event("tick"));

  assert.equal(count, 1);
});

test("off stops a handler of on and of once", () => {
  const { bridge, oriel } = open();
  let count = 0;
  const handler = () => count++;
  oriel.on("tick", handler);
  oriel.once("tick", handler);
  oriel.off("tick", handler);
  oriel.off("never", handler);
  bridge.down(event("tick"));

  assert.equal(count, 0);
});

test("stopping one of two subscriptions of a handler leaves the other", () => {
  const { bridge, oriel } = open();
  let count = 0;
  const handler = () => count++;
  const stop = oriel.on("tick", handler);
  oriel.on("tick", handler);
  stop();
  stop();
  bridge.down(event("tick"));

  assert.equal(count, 1);
});

test("a handler that throws is reported and stops no other", () => {
  const { bridge, oriel } = open();
  const error = new Error("mine");
  let count = 0;
  oriel.on("tick", () => {
    throw error;
  });
  oriel.on("tick", () => count++);
  bridge.window.addEventListener("tick", () => count++);
  bridge.down(event("tick"), event("tick"));

  assert.equal(count, 4);
  assert.deepEqual(reported, [error, error]);
});

test("names of the platform and of the bridge are refused", async () => {
  const { bridge, oriel } = open();
  for (const name of ["load", "resize", "click", "oriel:down", "oriel:up", "", 5 as unknown as string]) {
    assert.throws(() => oriel.on(name, () => {}), TypeError);
    assert.throws(() => oriel.once(name, () => {}), TypeError);
    await assert.rejects(oriel.emit(name), TypeError);
  }

  assert.deepEqual(bridge.up, []);
});

test("emit resolves when C# has accepted it, in order", async () => {
  const { bridge, oriel } = open();
  const seen: number[] = [];
  const emitted = [1, 2, 3].map((data) => oriel.emit("mine", data).then(() => seen.push(data)));
  assert.equal(bridge.up[0], `e{"type":"event","event":"mine","data":1}`);

  bridge.dispatch("oriel:accepted", "2");
  await turn();
  assert.deepEqual(seen, [1, 2]);

  bridge.dispatch("oriel:accepted", "1");
  await Promise.all(emitted);
  assert.deepEqual(seen, [1, 2, 3]);
});

test("emit rejects when C# refuses it", async () => {
  const { bridge, oriel } = open();
  const emitted = oriel.emit("mine");
  bridge.dispatch("oriel:accepted", "1 -32003 No bridge.\nNone.");

  await assert.rejects(emitted, { name: "OrielError", code: -32003, message: "No bridge.\nNone." });
});

// Acceptance is counted: a refusal that overtook the events before it blamed one of them.
test("an event that is too large is refused, and none of those around it", async () => {
  const { bridge, oriel } = open();
  const first = oriel.emit("mine", 1);
  const large = oriel.emit("mine", "x".repeat(64 * 1024 * 1024));
  const last = oriel.emit("mine", 2);
  bridge.dispatch("oriel:accepted", "2");

  await assert.rejects(large, { name: "OrielError", code: -32005 });
  await Promise.all([first, last]);
});

test("emit rejects, and does not throw, what JSON cannot write", async () => {
  const { bridge, oriel } = open();
  for (const data of [() => 1, 1n, Symbol("s")]) {
    await assert.rejects(oriel.emit("mine", data), TypeError);
  }

  assert.deepEqual(bridge.up, []);
});

test("a DOM event of a name that C# listens for is emitted to it", () => {
  const { bridge } = open();
  bridge.down({ type: "ready", data: { events: ["mine"] } });
  bridge.window.dispatchEvent(new CustomEvent("mine", { detail: { a: 1 } }));
  bridge.window.dispatchEvent(new Event("mine"));
  bridge.window.dispatchEvent(new CustomEvent("other"));

  assert.deepEqual(bridge.messages.map(({ event, data }) => [event, data]), [["mine", { a: 1 }], ["mine", null]]);
});

test("what C# emits does not come back to it", () => {
  const { bridge } = open();
  bridge.down({ type: "ready", data: { events: ["mine"] } });
  bridge.down(event("mine", 1));

  assert.deepEqual(bridge.up, []);
});

test("an event that a listener dispatches during one of C# is emitted to C#, once", () => {
  const { bridge } = open();
  bridge.down({ type: "ready", data: { events: ["theirs", "mine"] } });
  bridge.window.addEventListener("theirs", () => bridge.window.dispatchEvent(new CustomEvent("mine", { detail: 2 })));
  bridge.down(event("theirs", 1));

  assert.deepEqual(bridge.messages.map(({ event, data }) => [event, data]), [["mine", 2]]);
});

test("an event of C# that comes during another does not come back", () => {
  const { bridge, oriel } = open();
  bridge.down({ type: "ready", data: { events: ["a", "b"] } });
  oriel.once("a", () => bridge.down(event("b")));
  bridge.window.addEventListener("a", () => bridge.down(event("b")), { once: true });
  bridge.down(event("a"));

  assert.deepEqual(bridge.up, []);
});

test("names that C# no longer listens for are not forwarded, and platform names never are", () => {
  const { bridge } = open();
  bridge.down({ type: "ready", data: { events: ["mine", "load"] } });
  bridge.down({ type: "ready", data: { events: ["other", "load"] } });
  for (const name of ["mine", "load", "other"]) {
    bridge.window.dispatchEvent(new CustomEvent(name));
  }

  assert.deepEqual(bridge.messages.map(({ event }) => event), ["other"]);
});

test("a DOM event whose detail JSON cannot write is reported", async () => {
  const { bridge } = open();
  bridge.down({ type: "ready", data: { events: ["mine"] } });
  bridge.window.dispatchEvent(new CustomEvent("mine", { detail: 1n }));
  await turn();

  assert.equal(reported.length, 1);
});

test("data with __proto__ is data", () => {
  const { bridge, oriel } = open();
  let seen: object = {};
  oriel.on("tick", (data) => (seen = data));
  bridge.dispatch("oriel:down", `{"type":"event","event":"tick","data":{"__proto__":{"polluted":true}}}`);

  assert.ok(Object.hasOwn(seen, "__proto__"));
  assert.equal((({}) as { polluted?: boolean }).polluted, undefined);
});
