import assert from "node:assert/strict";
import { test } from "node:test";
import { IpcError, IpcErrorCode } from "../src/index";
import { Host, rejection } from "./host";

const limit = { timeout: 60_000 };

test("a call is a request, and its answer the result", limit, async (context) => {
  const { host, app } = await Host.connect(context);
  const answer = app.call("window.set_title", { title: "line\nfeed" });
  const request = await host.receive();
  assert.deepEqual(request, { type: "request", method: "window.set_title", id: "1", data: { title: "line\nfeed" } });

  host.send({ type: "response", id: request.id, data: true });
  assert.equal(await answer, true);
});

test("answers find their calls in any order", limit, async (context) => {
  const { host, app } = await Host.connect(context);
  const [first, second] = [app.call("a"), app.call("b")];
  await host.receive();
  await host.receive();
  host.send({ type: "response", id: "2", data: "b" }, { type: "response", id: "1", data: "a" });

  assert.deepEqual(await Promise.all([first, second]), ["a", "b"]);
});

test("an error rejects with its code, message and data", limit, async (context) => {
  const { host, app } = await Host.connect(context);
  const call = app.call("a");
  host.send({ type: "response", id: (await host.receive()).id, error: { code: -32003, message: "No.", data: [1] } });

  const error = await rejection(call);
  assert.ok(error instanceof IpcError);
  assert.deepEqual([error.code, error.message, error.data], [IpcErrorCode.Denied, "No.", [1]]);
});

test("a call that is not answered in time is cancelled", limit, async (context) => {
  const { host, app } = await Host.connect(context);
  const call = rejection(app.call("slow", null, { timeout: 1 }));
  await host.receive();

  assert.equal((await call).code, IpcErrorCode.Timeout);
  assert.deepEqual(await host.receive(), { type: "cancel", id: "1", data: null });
});

test("an aborted call is cancelled at the other side", limit, async (context) => {
  const { host, app } = await Host.connect(context);
  const abort = new AbortController();
  const call = rejection(app.call("slow", null, { signal: abort.signal }));
  await host.receive();
  abort.abort();

  assert.equal((await call).code, IpcErrorCode.Cancelled);
  assert.equal((await host.receive()).type, "cancel");
  assert.equal((await rejection(app.call("slow", null, { signal: abort.signal }))).code, IpcErrorCode.Cancelled);
});

test("a call fails when the other side goes, and at once when it is gone", limit, async (context) => {
  const { host, app } = await Host.connect(context);
  const call = rejection(app.call("a"));
  await host.receive();
  host.end();

  assert.equal((await call).code, IpcErrorCode.Disconnected);
  assert.equal((await rejection(app.call("a"))).code, IpcErrorCode.Disconnected);
});

test("calls beyond the limit are refused", limit, async (context) => {
  const { app } = await Host.connect(context, { maxCallsInFlight: 1 });
  const first = rejection(app.call("a"));

  assert.equal((await rejection(app.call("b"))).code, IpcErrorCode.Busy);
  app.close();
  assert.equal((await first).code, IpcErrorCode.Disconnected);
});

test("a stream is read to its end, and its credit renewed", limit, async (context) => {
  const { host, app } = await Host.connect(context);
  const read = (async () => {
    const items: unknown[] = [];
    for await (const item of app.stream("count", 3, { credit: 2 })) {
      items.push(item);
    }

    return items;
  })();
  assert.equal((await host.receive()).credit, 2);

  host.send({ type: "next", id: "1", data: "a" }, { type: "next", id: "1", data: "b" });
  assert.deepEqual(await host.receive(), { type: "credit", id: "1", data: 1 });
  host.send({ type: "next", id: "1", data: "c" }, { type: "done", id: "1" });
  assert.deepEqual(await read, ["a", "b", "c"]);
});

test("leaving a stream cancels it", limit, async (context) => {
  const { host, app } = await Host.connect(context);
  const read = (async () => {
    for await (const item of app.stream("count")) {
      return item;
    }
  })();
  await host.receive();
  host.send({ type: "next", id: "1", data: 5 });

  assert.equal(await read, 5);
  assert.deepEqual(await host.receive(), { type: "cancel", id: "1", data: null });
});

test("a stream that fails throws where it is read", limit, async (context) => {
  const { host, app } = await Host.connect(context);
  const read = rejection(app.stream("count").next());
  await host.receive();
  host.send({ type: "done", id: "1", error: { code: 5, message: "no" } });

  assert.equal((await read).code, 5);
});

test("the last report of a call may come beyond the credit", limit, async (context) => {
  const { host, app } = await Host.connect(context);
  const stream = app.stream("work", null, { credit: 1 });
  const first = stream.next();
  await host.receive();
  host.send({ type: "next", id: "1", data: 1 }, { type: "next", id: "1", data: 99 }, { type: "response", id: "1", data: "done" });

  assert.deepEqual([(await first).value, (await stream.next()).value, (await stream.next()).value], [1, 99, "done"]);
});

test("more items than were allowed end the stream", limit, async (context) => {
  const { host, app } = await Host.connect(context);
  const stream = app.stream("count", null, { credit: 1 });
  const first = stream.next();
  await host.receive();
  host.send({ type: "next", id: "1", data: 1 }, { type: "next", id: "1", data: 2 }, { type: "next", id: "1", data: 3 });

  assert.equal((await first).value, 1);
  assert.equal((await stream.next()).value, 2);
  assert.equal((await rejection(stream.next())).code, IpcErrorCode.InvalidRequest);
  assert.equal((await host.receive()).type, "cancel");
});

test("an event reaches its listeners in order until they stop listening", limit, async (context) => {
  const { host, app } = await Host.connect(context);
  const seen: unknown[] = [];
  const stop = app.on("tick", (data) => seen.push(data));
  host.send({ type: "event", event: "tick", data: 1 }, { type: "event", event: "tick", data: 0 }, { type: "event", event: "tock" }, { type: "ping" });
  await host.receive();
  stop();
  host.send({ type: "event", event: "tick", data: 2 }, { type: "ping" });
  await host.receive();

  assert.deepEqual(seen, [1, 0]);
});

test("what a listener throws is reported, and the next one is called", limit, async (context) => {
  const errors: unknown[] = [];
  const { host, app } = await Host.connect(context, { onError: (error) => errors.push((error as Error).message) });
  app.on("tick", () => {
    throw new Error("first");
  });
  app.on("tick", async () => {
    throw new Error("second");
  });
  host.send({ type: "event", event: "tick" }, { type: "ping" });
  await host.receive();

  assert.deepEqual(errors, ["first", "second"]);
});

test("an event is emitted", limit, async (context) => {
  const { host, app } = await Host.connect(context);
  await app.emit("progress", { done: 0.5 });

  assert.deepEqual(await host.receive(), { type: "event", event: "progress", data: { done: 0.5 } });
  assert.throws(() => app.emit("progress", 1n), TypeError);
  assert.throws(() => app.emit("", 1), IpcError);
});

test("emitting on a closed channel rejects, and ends nothing when nobody waits", limit, async (context) => {
  const { app } = await Host.connect(context);
  app.close();

  void app.emit("unseen");
  assert.equal((await rejection(app.emit("seen"))).code, IpcErrorCode.Disconnected);
});

test("who reads nothing lets an emit wait, and is refused more at last", limit, async (context) => {
  const { host, app } = await Host.connect(context, { maxQueuedBytes: 4 * 1024 * 1024 });
  host.pause();
  const text = "x".repeat(64 * 1024);

  let hasWaited = false;
  let refusal: any;
  for (let count = 0; count < 1_000 && !refusal; count++) {
    let isTaken = false;
    void app.emit("much", text).then(() => (isTaken = true), (error) => (refusal = error));
    await new Promise((resolve) => setImmediate(resolve));
    hasWaited ||= !isTaken;
  }

  assert.ok(hasWaited);
  assert.equal(refusal?.code, IpcErrorCode.Busy);
});
