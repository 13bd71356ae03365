import assert from "node:assert/strict";
import { test } from "node:test";
import { IpcError, IpcErrorCode } from "../src/index";
import { Host } from "./host";

const limit = { timeout: 60_000 };

test("run says what can be called and what can be read", limit, async (context) => {
  const { host, app } = await Host.connect(context);
  app.expose("frames", () => []);
  app.expose("render", () => null);
  void app.run();

  assert.deepEqual(await host.receive(), { type: "ready", data: { handlers: ["frames", "render"], wire: ["bin1"] } });
});

test("a method that is exposed later is announced again", limit, async (context) => {
  const { host, app } = await Host.connect(context);
  void app.run();
  await host.receive();
  app.expose("late", () => null);

  assert.deepEqual((await host.receive()).data.handlers, ["late"]);
});

test("an offer before run is answered, once", limit, async (context) => {
  const { host } = await Host.connect(context);
  host.send({ type: "ready", data: { handlers: [], wire: ["bin1"] } }, { type: "ready", data: { wire: ["bin1"] } }, { type: "ping", id: "p", data: 1 });

  assert.equal((await host.receive()).type, "ready");
  assert.equal((await host.receive()).type, "pong");
});

test("a value, a promise and nothing at all answer a call", limit, async (context) => {
  const { host, app } = await Host.connect(context);
  app.expose("add", ({ a, b }: { a: number; b: number }) => a + b);
  app.expose("later", async (text: string) => `${text}!`);
  app.expose("nothing", () => {});

  assert.deepEqual(await host.request("1", "add", { a: 1, b: 2 }), { type: "response", id: "1", data: 3 });
  assert.deepEqual(await host.request("x-2", "later", "so"), { type: "response", id: "x-2", data: "so!" });
  assert.deepEqual(await host.request("3", "nothing"), { type: "response", id: "3", data: null });
});

test("falsy values arrive as they are, both ways", limit, async (context) => {
  const { host, app } = await Host.connect(context);
  app.expose("echo", (value) => value);

  for (const value of [false, 0, "", null]) {
    assert.equal((await host.request("1", "echo", value)).data, value);
  }
});

test("a method that does not exist is answered at once", limit, async (context) => {
  const { host } = await Host.connect(context);

  assert.equal((await host.request("1", "nowhere")).error.code, -32601);
});

test("what a handler throws crosses with its code, and without its stack", limit, async (context) => {
  const { host, app } = await Host.connect(context);
  app.expose("mine", () => {
    throw new IpcError(7, "No such frame.", { frame: 3 });
  });
  app.expose("other", async () => {
    throw new RangeError("Too far.");
  });

  assert.deepEqual((await host.request("1", "mine")).error, { code: 7, message: "No such frame.", data: { frame: 3 } });
  assert.deepEqual((await host.request("2", "other")).error, { code: -32603, message: "Too far.", data: { type: "RangeError" } });
});

test("in development the stack crosses too", limit, async (context) => {
  process.env.ORIEL_DEVELOPMENT = "1";
  context.after(() => delete process.env.ORIEL_DEVELOPMENT);
  const { host, app } = await Host.connect(context);
  app.expose("fails", () => {
    throw new Error("no");
  });

  assert.match((await host.request("1", "fails")).error.data.stack, /answers\.test/);
});

test("an answer that JSON cannot write is an error for the caller", limit, async (context) => {
  const { host, app } = await Host.connect(context);
  app.expose("big", () => 1n);
  app.expose("circular", () => {
    const value: { self?: unknown } = {};
    value.self = value;
    return value;
  });

  assert.match((await host.request("1", "big")).error.message, /cannot be sent/);
  assert.match((await host.request("2", "circular")).error.message, /cannot be sent/);
});

test("a cancelled call sees its signal, and is answered", limit, async (context) => {
  const { host, app } = await Host.connect(context);
  app.expose("wait", (_, call) => new Promise((_, reject) => call.signal.addEventListener("abort", () => reject(call.signal.reason))));
  host.send({ type: "request", id: "1", method: "wait" }, { type: "cancel", id: "1" });

  assert.equal((await host.receive()).error.code, -32002);
});

test("a stream stops where its credit ends, and goes on with more", limit, async (context) => {
  const { host, app } = await Host.connect(context);
  app.expose("count", async function* (count: number) {
    for (let number = 0; number < count; number++) {
      yield number;
    }
  });

  host.send({ type: "request", id: "1", method: "count", data: 3, credit: 2 });
  assert.deepEqual(await host.receive(), { type: "next", id: "1", data: 0 });
  assert.deepEqual(await host.receive(), { type: "next", id: "1", data: 1 });

  // A pong comes first: no third item was sent meanwhile.
  host.send({ type: "ping", data: null });
  assert.equal((await host.receive()).type, "pong");
  host.send({ type: "credit", id: "1", data: 1 });
  assert.deepEqual(await host.receive(), { type: "next", id: "1", data: 2 });
  assert.deepEqual(await host.receive(), { type: "done", id: "1", data: null });
});

test("a stream that fails ends with its error", limit, async (context) => {
  const { host, app } = await Host.connect(context);
  app.expose("broken", async function* () {
    yield 1;
    throw new IpcError(9, "No more.");
  });

  await host.request("1", "broken", null, 8);
  assert.deepEqual(await host.receive(), { type: "done", id: "1", error: { code: 9, message: "No more." } });
});

test("a cancelled stream ends, and its clean-up runs", limit, async (context) => {
  const { host, app } = await Host.connect(context);
  let cleanUp = () => {};
  const cleaned = new Promise<void>((resolve) => (cleanUp = resolve));
  app.expose("endless", async function* () {
    try {
      for (;;) {
        yield 0;
      }
    } finally {
      cleanUp();
    }
  });

  await host.request("1", "endless", null, 1);
  host.send({ type: "cancel", id: "1" });
  assert.equal((await host.receive()).error.code, -32002);
  await cleaned;
});

test("a cancelled stream whose producer hangs ends all the same", limit, async (context) => {
  const { host, app } = await Host.connect(context);
  app.expose("stuck", async function* () {
    yield 0;
    await new Promise(() => {});
  });

  await host.request("1", "stuck", null, 8);
  host.send({ type: "cancel", id: "1" });
  assert.deepEqual(await host.receive(), { type: "done", id: "1", error: { code: -32002, message: '"stuck" was cancelled.' } });
});

test("a stream that is called for a single answer is refused", limit, async (context) => {
  const { host, app } = await Host.connect(context);
  app.expose("count", async function* () {
    yield 1;
  });

  assert.equal((await host.request("1", "count")).error.code, -32600);
});

test("an id that is under way already, and calls beyond the limit, are refused", limit, async (context) => {
  const { host, app } = await Host.connect(context, { maxCallsInFlight: 2 });
  app.expose("wait", () => new Promise(() => {}));
  host.send({ type: "request", id: "1", method: "wait" });
  assert.equal((await host.request("1", "wait")).error.code, -32600);

  host.send({ type: "request", id: "2", method: "wait" });
  assert.deepEqual([(await host.request("3", "wait")).id, (await host.request("4", "wait")).error.code], ["3", -32006]);
});

test("when the other side is gone, run ends and handlers see their signal", limit, async (context) => {
  const { host, app } = await Host.connect(context);
  let abort = () => {};
  const aborted = new Promise<void>((resolve) => (abort = resolve));
  app.expose("wait", (_, call) => {
    call.signal.addEventListener("abort", abort);
    return new Promise(() => {});
  });
  const run = app.run();
  await host.receive();
  host.send({ type: "request", id: "1", method: "wait" }, { type: "ping", data: null });
  await host.receive();

  host.end();
  await run;
  await aborted;
});

test("an answer is sent however much waits in front of it", limit, async (context) => {
  const { host, app } = await Host.connect(context, { maxQueuedBytes: 100_000 });
  let finish = (_: unknown) => {};
  app.expose("wait", () => new Promise((resolve) => (finish = resolve)));
  host.send({ type: "request", id: "1", method: "wait" }, { type: "ping" });
  await host.receive();

  host.pause();
  let isFull = false;
  while (!isFull) {
    app.emit("noise", "x".repeat(50_000)).catch((error) => (isFull = error.code === IpcErrorCode.Busy));
    await new Promise((resolve) => setImmediate(resolve));
  }

  finish("done");
  await new Promise((resolve) => setImmediate(resolve));
  host.resume();
  let message = await host.receive();
  while (message.type === "event") {
    message = await host.receive();
  }

  assert.deepEqual(message, { type: "response", id: "1", data: "done" });
});

test("a name stands for one method", limit, async (context) => {
  const { app } = await Host.connect(context);
  app.expose("a", () => 1);

  assert.throws(() => app.expose("a", () => 2), /already/);
  assert.throws(() => app.expose("", () => 2), IpcError);
  assert.throws(() => app.expose("x".repeat(257), () => 2), IpcError);
});

test("a generator called for one answer says that nothing of it has run, so that it can be called for a stream", limit, async (context) => {
  const { host, app } = await Host.connect(context);
  let hasRun = false;
  app.expose("generator", async function* () {
    hasRun = true;
    yield 1;
  });

  const { error } = await host.request("1", "generator");

  assert.deepEqual([error.code, error.data, hasRun], [-32600, { stream: true }, false]);
});

test("a function that gives a generator does not say that nothing has run", limit, async (context) => {
  const { host, app } = await Host.connect(context);
  app.expose("wrapped", () => (async function* () {})());

  const { error } = await host.request("1", "wrapped");

  assert.deepEqual([error.code, "data" in error], [-32600, false]);
});
