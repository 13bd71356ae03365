import assert from "node:assert/strict";
import { test } from "node:test";
import { Relay, type RelayHost } from "../src/isolated/relay";
import { turn } from "./world";

interface Post {
  text: string;
  reply: (text: string) => Promise<void>;
  fail: (error: Error) => Promise<void>;
}

class FakeHost implements RelayHost {
  readonly documentId = "0123456789abcdef0123456789abcdef";
  readonly origin = "oriel://app";
  readonly posts: Post[] = [];
  readonly dispatched: [type: string, detail: string][] = [];
  readonly relay: Relay;
  readonly stamp = `${this.documentId} ${this.origin}\n`;
  take!: (detail: unknown) => void;
  becomeInteractive!: () => void;
  readonly whenInteractive = new Promise<void>((resolve) => (this.becomeInteractive = resolve));
  #stream!: ReadableStreamDefaultController<Uint8Array>;
  #canStream: boolean;

  constructor(canStream = true) {
    this.#canStream = canStream;
    this.relay = new Relay(this);
  }

  post(text: string): Promise<string> {
    assert.ok(text.startsWith(this.stamp));
    return new Promise((resolve, reject) =>
      this.posts.push({
        text: text.slice(this.stamp.length),
        reply: (reply) => (resolve(reply), turn()),
        fail: (error) => (reject(error), turn()),
      }),
    );
  }

  openDown(): Promise<Response> {
    return this.#canStream
      ? Promise.resolve(new Response(new ReadableStream<Uint8Array>({ start: (controller) => void (this.#stream = controller) })))
      : Promise.reject(new TypeError("Load failed"));
  }

  listen(_: string, handler: (detail: unknown) => void): void {
    this.take = handler;
  }

  dispatch(type: string, detail: string): void {
    this.dispatched.push([type, detail]);
  }

  /** Starts the relay, answers its introduction, and lets the page's scripts run. */
  async open(): Promise<void> {
    this.relay.start();
    await this.posts.shift()!.reply("0\n" + `{"type":"ready"}\n`);
    this.dispatched.length = 0;
    this.becomeInteractive();
    await this.stream("\n");
  }

  async stream(data: string | Uint8Array): Promise<void> {
    this.#stream.enqueue(typeof data === "string" ? new TextEncoder().encode(data) : data);
    await turn();
  }

  async endStream(): Promise<void> {
    this.#stream.close();
    await turn();
  }

  async call(id: number, padding = ""): Promise<void> {
    this.take(`r${id} {"id":"${id}"${padding}}`);
    await turn();
  }

  downs(): string[] {
    return this.dispatched.filter(([type]) => type === "oriel:down").map(([, detail]) => detail);
  }
}

async function opened(): Promise<FakeHost> {
  const host = new FakeHost();
  await host.open();
  return host;
}

test("the document introduces itself before anything else", () => {
  const host = new FakeHost();
  host.relay.start();

  assert.equal(host.posts[0]!.text, `{"type":"ready","data":{"down":"stream"}}`);
});

test("calls of one turn share a post, and each turn has its own", async () => {
  const host = await opened();
  host.take(`r1 {"id":"1"}`);
  host.take(`r2 {"id":"2"}`);
  await turn();
  host.take(`r3 {"id":"3"}`);
  await turn();

  assert.deepEqual(host.posts.map((post) => post.text), [`{"id":"1"}\n{"id":"2"}`, `{"id":"3"}`]);
});

test("events have posts apart from calls", async () => {
  const host = await opened();
  host.take(`r1 {"id":"1"}`);
  host.take(`e{"event":"a"}`);
  host.take(`e{"event":"b"}`);
  host.take(`r2 {"id":"2"}`);
  await turn();

  assert.deepEqual(host.posts.map((post) => post.text), [`{"event":"a"}\n{"event":"b"}`, `{"id":"1"}\n{"id":"2"}`]);
});

test("events wait for the post before them, and share the next", async () => {
  const host = await opened();
  host.take(`e{"event":"a"}`);
  await turn();
  host.take(`e{"event":"b"}`);
  await turn();
  host.take(`e{"event":"c"}`);
  await turn();
  assert.deepEqual(host.posts.map((post) => post.text), [`{"event":"a"}`]);

  await host.posts[0]!.reply("");
  await turn();

  assert.deepEqual(host.posts.slice(1).map((post) => post.text), [`{"event":"b"}\n{"event":"c"}`]);
});

test("a flood of events makes no post of more than a thousand", async () => {
  const host = await opened();
  for (let index = 0; index < 3_000; index++) {
    host.take(`e{"event":"a"}`);
  }

  await turn();

  assert.deepEqual(host.posts.map((post) => post.text.split("\n").length), [1024]);
});

test("events are accepted when their post is replied to", async () => {
  const host = await opened();
  host.take(`e{"event":"a"}`);
  host.take(`e{"event":"b"}`);
  await turn();
  await host.posts[0]!.reply("");

  assert.deepEqual(host.dispatched, [["oriel:accepted", "2"]]);
});

test("a post is cut where it would become too large", async () => {
  const host = await opened();
  const padding = `,"x":"${"x".repeat(600_000)}"`;
  host.take(`r1 {"id":"1"${padding}}`);
  host.take(`r2 {"id":"2"${padding}}`);
  await turn();

  assert.equal(host.posts.length, 2);
});

test("a line feed in a message is refused", async (context) => {
  const error = context.mock.method(console, "error", () => {});
  const host = await opened();
  host.take(`r1 {"id":"1"}\n{"id":"2"}`);
  host.take(`e{}\n{}`);
  host.take(`c{}\n{}`);
  await turn();

  assert.equal(host.posts.length, 0);
  assert.equal(error.mock.callCount(), 3);
});

test("what is not text is ignored", async () => {
  const host = await opened();
  for (const rubbish of [undefined, null, 1, {}, ["r1 {}"], "", "x{}"]) {
    host.take(rubbish);
  }

  await turn();
  assert.equal(host.posts.length, 0);
});

test("a call that is too large fails by itself", async () => {
  const host = await opened();
  host.take(`r1 ${"x".repeat(64 * 1024 * 1024)}`);
  await turn();

  assert.equal(host.posts.length, 0);
  assert.deepEqual(host.dispatched, [["oriel:failed", `1\n-32005 The message is larger than 67108864 characters.`]]);
});

test("an event that is too large is not posted", async () => {
  const host = await opened();
  host.take(`e${"x".repeat(64 * 1024 * 1024)}`);
  await turn();

  assert.deepEqual([host.posts, host.dispatched], [[], []]);
});

test("calls beyond the window wait until earlier ones are replied to", async () => {
  const host = await opened();
  const padding = `,"x":"${"x".repeat(30 * 1024 * 1024)}"`;
  await host.call(1, padding);
  await host.call(2, padding);
  await host.call(3, padding);
  assert.equal(host.posts.length, 2);

  await host.posts[0]!.reply(`0\n{"type":"response","id":"1"}\n`);
  assert.equal(host.posts.length, 3);
});

test("a message as large as the window passes when nothing is out", async () => {
  const host = await opened();
  await host.call(1, `,"x":"${"x".repeat(64 * 1024 * 1024 - 100)}"`);
  await host.call(2, `,"x":"${"x".repeat(100)}"`);

  assert.equal(host.posts.length, 1);
});

test("cancelling is not held back by the window", async () => {
  const host = await opened();
  await host.call(1, `,"x":"${"x".repeat(64 * 1024 * 1024 - 100)}"`);
  await host.call(2, `,"x":"${"x".repeat(100)}"`);
  host.take(`c1 {"type":"cancel","id":"1"}`);

  assert.equal(host.posts.at(-1)!.text, `{"type":"cancel","id":"1"}`);
});

test("a page cannot pass the window with control messages", async () => {
  const host = await opened();
  host.take(`c9 {"type":"cancel","id":"${"x".repeat(100_000)}"}`);

  assert.equal(host.posts.length, 0);
});

test("an answer is delivered behind the lines that were sent before it", async () => {
  const host = await opened();
  await host.call(1);
  await host.posts[0]!.reply(`2\n{"id":"1"}\n`);
  assert.deepEqual(host.downs(), []);

  await host.stream(`{"event":"a"}\n`);
  assert.deepEqual(host.downs(), [`{"event":"a"}`]);

  await host.stream(`{"event":"b"}\n{"event":"c"}\n`);
  assert.deepEqual(host.downs(), [`{"event":"a"}`, `{"event":"b"}\n{"event":"c"}`, `{"id":"1"}`]);
});

test("an answer whose lines are there is delivered at once", async () => {
  const host = await opened();
  await host.stream(`{"event":"a"}\n{"event":"b"}\n`);
  await host.call(1);
  await host.posts[0]!.reply(`2\n{"id":"1"}\n`);

  assert.equal(host.downs().at(-1), `{"id":"1"}`);
});

test("a reply carries the answers to several calls", async () => {
  const host = await opened();
  await host.call(1);
  await host.posts[0]!.reply(`0\n{"id":"1"}\n{"id":"2"}\n`);

  assert.deepEqual(host.downs(), [`{"id":"1"}\n{"id":"2"}`]);
});

test("before the page's scripts have run answers are delivered and the stream is held", async () => {
  const host = new FakeHost();
  host.relay.start();
  await turn();
  await host.stream(`\n{"event":"a"}\n`);
  await host.call(1);
  await host.posts[1]!.reply(`1\n{"id":"1"}\n`);
  assert.deepEqual(host.downs(), [`{"id":"1"}`]);

  host.becomeInteractive();
  await turn();
  assert.deepEqual(host.downs(), [`{"id":"1"}`, `{"event":"a"}`]);
});

test("a line may come in many chunks, and a character too", async () => {
  const host = await opened();
  const bytes = new TextEncoder().encode(`{"event":"ä€😀\u2028"}\n{"event":"b"}\n`);
  for (const byte of bytes) {
    await host.stream(Uint8Array.of(byte));
  }

  assert.deepEqual(host.downs(), [`{"event":"ä€😀\u2028"}`, `{"event":"b"}`]);
});

test("any cut of the stream gives the same lines", async () => {
  const bytes = new TextEncoder().encode(`{"event":"€"}\n{"event":"😀😀"}\n`);
  for (let cut = 1; cut < bytes.length; cut++) {
    const host = await opened();
    await host.stream(bytes.slice(0, cut));
    await host.stream(bytes.slice(cut));
    assert.deepEqual(host.downs().join("\n"), `{"event":"€"}\n{"event":"😀😀"}`);
  }
});

test("bytes are acknowledged by the quarter of the window, in bytes", async () => {
  const host = await opened();
  const line = `{"event":"${"€".repeat(10_000)}"}\n`;
  const size = new TextEncoder().encode(line).length;
  await host.stream(line);
  await host.stream(line);
  assert.equal(host.posts.length, 0);

  await host.stream(line);
  assert.deepEqual(host.posts.map((post) => post.text), [`{"type":"credit","data":${3 * size + 1}}`]);

  await host.stream(line);
  assert.equal(host.posts.length, 1);
});

test("a part of a line is acknowledged too, or a line larger than the window would never come", async () => {
  const host = await opened();
  await host.stream(new Uint8Array(100_000).fill(0x20));

  assert.deepEqual(host.posts.map((post) => post.text), [`{"type":"credit","data":100001}`]);
});

test("a refusal fails all calls of the post", async () => {
  const host = await opened();
  host.take(`r1 {}`);
  host.take(`r2 {}`);
  await turn();
  await host.posts[0]!.reply("!-32003 The document has no bridge.");

  assert.deepEqual(host.dispatched, [["oriel:failed", "1 2\n-32003 The document has no bridge."]]);
});

test("a refusal fails all events of the post", async () => {
  const host = await opened();
  host.take(`e{}`);
  host.take(`e{}`);
  await turn();
  await host.posts[0]!.reply("!-32003 The document has no bridge.");

  assert.deepEqual(host.dispatched, [["oriel:accepted", "2 -32003 The document has no bridge."]]);
});

test("a post that the engine fails is a disconnection", async () => {
  const host = await opened();
  await host.call(7);
  await host.posts[0]!.fail(new Error("gone"));

  assert.deepEqual(host.dispatched, [["oriel:failed", "7\n-32007 gone"]]);
});

test("a post that failed leaves its window to others", async () => {
  const host = await opened();
  await host.call(1, `,"x":"${"x".repeat(60 * 1024 * 1024)}"`);
  await host.call(2, `,"x":"${"x".repeat(60 * 1024 * 1024)}"`);
  await host.posts[0]!.fail(new Error("gone"));

  assert.equal(host.posts.length, 2);
});

test("where the stream cannot open the lines are posted", async () => {
  const host = new FakeHost(false);
  host.relay.start();
  await turn();
  assert.equal(host.posts[1]!.text, `{"type":"ready","data":{"down":"post"}}`);

  host.becomeInteractive();
  await turn();
  await host.relay.receivePosted(`{"event":"a"}\n{"event":"b"}\n`);
  assert.deepEqual(host.downs(), [`{"event":"a"}\n{"event":"b"}`]);
});

test("posted lines are held until the page's scripts have run", async () => {
  const host = new FakeHost(false);
  host.relay.start();
  await turn();
  void host.relay.receivePosted(`{"event":"a"}\n`);
  void host.relay.receivePosted(`{"event":"b"}\n`);
  await turn();
  assert.deepEqual(host.downs(), []);

  host.becomeInteractive();
  await turn();
  assert.deepEqual(host.downs(), [`{"event":"a"}`, `{"event":"b"}`]);
});

// C# counts bytes of UTF-8: acknowledged as UTF-16 units, other than ASCII closed the window for ever.
test("posted lines are acknowledged in bytes", async () => {
  const host = new FakeHost(false);
  host.relay.start();
  host.becomeInteractive();
  await turn();
  const before = host.posts.length;
  const line = `"${"€".repeat(30_000)}"\n`;
  await host.relay.receivePosted(line);

  assert.equal(host.posts[before]?.text, `{"type":"credit","data":${new TextEncoder().encode(line).length}}`);
});

test("answers that wait for lines are delivered when the stream ends without them", async () => {
  const host = await opened();
  await host.call(1);
  await host.posts[0]!.reply(`5\n{"id":"1"}\n`);
  await host.endStream();
  assert.deepEqual(host.downs(), [`{"id":"1"}`]);

  await host.call(2);
  await host.posts[1]!.reply(`9\n{"id":"2"}\n`);
  assert.deepEqual(host.downs(), [`{"id":"1"}`, `{"id":"2"}`]);
});

test("values of streams that come while a post is under way share the next", async () => {
  const host = new FakeHost();
  await host.open();
  for (let i = 0; i < 5; i++) {
    host.take(`i{"n":${i}}`);
    await turn();
  }

  assert.deepEqual(host.posts.map(({ text }) => text), [`{"n":0}`]);
  await host.posts[0]!.reply("");
  assert.equal(host.posts[1]!.text, [1, 2, 3, 4].map((n) => `{"n":${n}}`).join("\n"));
  await host.posts[1]!.reply("");
  assert.deepEqual(host.dispatched, []);
});

test("values of streams do not wait for events, nor for calls beyond the window", async () => {
  const host = new FakeHost();
  await host.open();
  host.take(`e{"event":1}`);
  host.take(`r1 ${"x".repeat(40 * 1024 * 1024)}`);
  host.take(`r2 ${"x".repeat(40 * 1024 * 1024)}`);
  await turn();
  host.take(`i{"n":1}`);
  await turn();

  assert.equal(host.posts.at(-1)!.text, `{"n":1}`);
});
