import assert from "node:assert/strict";
import { test } from "node:test";
import { IpcError, IpcErrorCode } from "../src/index";
import { readMessage } from "../src/message";
import { frame, Host, named, sharedCases } from "./host";

const limit = { timeout: 60_000 };
const offer = { type: "ready", data: { handlers: [], wire: ["bin1"] } };

test("bytes cross as binary frames, both ways", limit, async (context) => {
  const { host, app } = await Host.connect(context);
  app.expose("reverse", (bytes: Buffer) => Uint8Array.from(bytes).reverse());
  host.send(offer);
  await host.receive();
  host.sendRaw(frame(1, 1, 2n ** 63n - 2n, named("reverse", Buffer.from([1, 10, 3]))));

  const answer = await host.receive();
  assert.deepEqual([answer.kind, answer.flags, answer.id, [...answer.payload]], [2, 0, 2n ** 63n - 2n, [3, 10, 1]]);
});

test("a call and an event with bytes carry their names", limit, async (context) => {
  const { host, app } = await Host.connect(context);
  host.send(offer);
  await host.receive();
  const call = app.call<Buffer>("größe", Buffer.from([7]));
  await app.emit("picture", new Uint8Array([1, 2]));

  const request = await host.receive();
  assert.deepEqual([request.kind, request.flags, request.id, request.payload], [1, 1, 1n, named("größe", Buffer.from([7]))]);
  const event = await host.receive();
  assert.deepEqual([event.kind, event.flags, event.id, event.payload], [3, 1, 0n, named("picture", Buffer.from([1, 2]))]);

  host.sendRaw(frame(2, 0, 1n, Buffer.alloc(0)));
  assert.deepEqual(await call, Buffer.alloc(0));
});

test("items of a stream may be bytes", limit, async (context) => {
  const { host, app } = await Host.connect(context);
  app.expose("pieces", async function* () {
    yield Buffer.from([5]);
  });
  host.send(offer);
  await host.receive();

  const item = await host.request("12", "pieces", null, 4);
  assert.deepEqual([item.kind, item.id, [...item.payload]], [9, 12n, [5]]);
  assert.equal((await host.receive()).type, "done");
});

test("who offers no binary frames gets none, and is told why", limit, async (context) => {
  const { host, app } = await Host.connect(context);
  app.expose("bytes", () => Buffer.from([1]));

  assert.match((await host.request("1", "bytes")).error.message, /bin1/);
  await assert.rejects(app.emit("bytes", Buffer.from([1])), /bin1/);
});

test("bytes answer only an id that a binary frame can carry", limit, async (context) => {
  const { host, app } = await Host.connect(context);
  app.expose("bytes", () => Buffer.from([1]));
  host.send(offer);
  await host.receive();

  for (const id of ["x", "01", "9223372036854775807", "18446744073709551616"]) {
    assert.match((await host.request(id, "bytes")).error.message, /decimal number/);
  }
});

test("messages arrive whole however they are cut", limit, async (context) => {
  const { host, app } = await Host.connect(context);
  app.expose("echo", (value) => value);
  host.send(offer);
  await host.receive();

  const line = Buffer.from(`\r\n\n{ "data": "ä\\"}\\\\", "method":"echo","type":"request","id":"1", "more": 1 }\n`);
  const bytes = Buffer.concat([line, frame(1, 1, 2n, named("echo", Buffer.from("\n{\x01"))), line]);
  for (const byte of bytes) {
    host.sendRaw(Buffer.from([byte]));
    await new Promise((resolve) => setImmediate(resolve));
  }

  assert.equal((await host.receive()).data, 'ä"}\\');
  assert.equal((await host.receive()).payload.toString(), "\n{\x01");
  assert.equal((await host.receive()).id, "1");
});

test("a large message arrives", limit, async (context) => {
  const { host, app } = await Host.connect(context);
  app.expose("length", (text: string | Buffer) => text.length);
  host.send(offer);
  await host.receive();

  assert.equal((await host.request("1", "length", "x".repeat(8_000_000))).data, 8_000_000);
  host.sendRaw(frame(1, 1, 2n, named("length", Buffer.alloc(8_000_000))));
  assert.equal((await host.receive()).data, 8_000_000);
});

const unreadable: [string, string | Buffer, number][] = [
  ["half a message", '{"type":"request","id":"1"', -32700],
  ["invalid UTF-8", Buffer.from([...Buffer.from('{"type":"data","data":"'), 0xff, 0x22, 0x7d]), -32700],
  ["an array", "[1]", -32600],
  ["null", "null", -32600],
  ["no type", "{}", -32600],
  ["a request without an id", '{"type":"request","method":"a"}', -32600],
  ["an id that is a number", '{"type":"request","id":1,"method":"a"}', -32600],
  ["a long id", `{"type":"request","id":"${"1".repeat(129)}","method":"a"}`, -32600],
  ["a request without a method", '{"type":"request","id":"1"}', -32600],
  ["a long name", `{"type":"event","event":"${"e".repeat(257)}"}`, -32600],
  ["a credit of zero", '{"type":"request","id":"1","method":"a","credit":0}', -32600],
  ["an error whose code is a text", '{"type":"response","id":"1","error":{"code":"a"}}', -32600],
  ["a member that stands twice", '{"type":"event","event":"a","data":1,"data":2}', -32600],
  ["a member that stands twice, once escaped", '{"type":"event","event":"a","data":1,"d\\u0061ta":2}', -32600],
  ["129 levels", `{"type":"data","data":${"[".repeat(128)}${"]".repeat(128)}}`, -32700],
  ["100,000 levels", "[".repeat(100_000), -32700],
];

for (const [what, line, code] of unreadable) {
  test(`${what} is answered by an error, and the channel lives on`, limit, async (context) => {
    const { host } = await Host.connect(context);
    host.sendRaw(Buffer.concat([Buffer.from(line), Buffer.from("\n")]));
    const answer = await host.receive();
    assert.deepEqual([answer.type, answer.id, answer.error?.code], ["response", undefined, code]);

    host.send({ type: "ping", id: "p", data: 1 });
    assert.deepEqual(await host.receive(), { type: "pong", id: "p", data: 1 });
  });
}

interface EnvelopeCase {
  line: string;
  code?: number;
}

test("an envelope means the same in every language", () => {
  const wrong = sharedCases<EnvelopeCase>("envelopes.json").filter(({ line, code }) => {
    try {
      readMessage(Buffer.from(line));
      return code !== undefined;
    } catch (error) {
      return (error as IpcError).code !== code;
    }
  });

  assert.deepEqual(wrong, []);
});

test("128 levels, and the same member twice deeper down, are read", limit, async (context) => {
  const { host } = await Host.connect(context);
  host.sendRaw(`{"type":"ping","data":${"[".repeat(127)}${"]".repeat(127)}}\n{"type":"ping","data":[{"a":1,"a":2}]}\n`);

  assert.equal((await host.receive()).type, "pong");
  assert.deepEqual((await host.receive()).data, [{ a: 2 }]);
});

const frames: [string, Buffer][] = [
  ["an unknown kind", frame(77, 0, 1n, Buffer.from("abc"))],
  ["shared memory that was not offered", frame(2, 2, 1n, Buffer.alloc(16))],
  ["a request without a name", frame(1, 0, 1n, Buffer.from("abc"))],
  ["a response with a name", frame(2, 1, 1n, named("a", Buffer.alloc(0)))],
  ["a name that is longer than its frame", frame(3, 1, 0n, Buffer.from([200, 0, 0x61]))],
  ["an id beyond 2^63 - 2", frame(2, 0, 2n ** 63n - 1n, Buffer.alloc(0))],
  ["an empty name", frame(3, 1, 0n, Buffer.from([0, 0]))],
  ["no room for a name", frame(3, 1, 0n, Buffer.from([0]))],
];

for (const [what, bytes] of frames) {
  test(`a binary frame with ${what} is answered by an error, and the channel lives on`, limit, async (context) => {
    const { host } = await Host.connect(context);
    host.sendRaw(bytes);
    assert.equal((await host.receive()).error.code, IpcErrorCode.InvalidRequest);

    host.send({ type: "ping" });
    assert.equal((await host.receive()).type, "pong");
  });
}

test("after 16 lines that are no message the channel is closed", limit, async (context) => {
  const { host, app } = await Host.connect(context);
  const run = app.run();
  await host.receive();
  host.sendRaw("x\n".repeat(20));

  for (let count = 0; count < 16; count++) {
    assert.equal((await host.receive()).error.code, -32700);
  }

  assert.equal(await host.receive(), "ended");
  await run;
});

test("a line and a binary frame beyond the limit close the channel with an error that says so", limit, async (context) => {
  for (const bytes of [Buffer.alloc(2_000, "x"), frame(1, 1, 1n, Buffer.alloc(1_001))]) {
    const { host } = await Host.connect(context, { maxMessageBytes: 1_000 });
    host.sendRaw(bytes);

    assert.equal((await host.receive()).error.code, IpcErrorCode.PayloadTooLarge);
    assert.equal(await host.receive(), "ended");
  }
});

test("a message of ours beyond the limit is refused before it is sent", limit, async (context) => {
  const { host, app } = await Host.connect(context, { maxMessageBytes: 1_000 });
  app.expose("big", () => "x".repeat(1_000));
  await assert.rejects(app.emit("big", "ä".repeat(500)), { code: IpcErrorCode.PayloadTooLarge });

  assert.equal((await host.request("1", "big")).error.code, IpcErrorCode.PayloadTooLarge);
});

test("unknown types, and answers that nobody asked for, are ignored", limit, async (context) => {
  const { host } = await Host.connect(context);
  host.send(
    { type: "novelty", id: "5" },
    { type: "data", data: 1 },
    { type: "response", id: "99", data: 1 },
    { type: "next", id: "99" },
    { type: "done", id: "99" },
    { type: "cancel", id: "99" },
    { type: "credit", id: "99", data: 5 },
    { type: "pong" },
    { type: "ping", data: "last" },
  );

  assert.equal((await host.receive()).data, "last");
});
