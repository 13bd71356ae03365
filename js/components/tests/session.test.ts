import { logged, paint, paints, Peer, reloads } from "./world";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Session } from "../src/session";
import { attach as attachStyles } from "../src/styles";
import { component, element, insert, into, out, setText, text } from "./frames";

let peer: Peer;
let session: Session;

beforeEach(() => {
  document.body.replaceChildren();
  document.head.replaceChildren();
  sessionStorage.clear();
  logged.errors.length = 0;
  reloads.count = 0;
  paints.length = 0;
  hide(false);
  peer = new Peer();
  session = new Session(peer);
  session.open({ url: "app:/", scheme: "light" });
});

function hello(options: object = {}): void {
  peer.down(["hello", { session: "s", development: false, roots: { 0: "body", 1: "head" }, maxMessage: 1000, ...options }]);
}

function hide(hidden: boolean): void {
  Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}

const apply = (...ops: unknown[][]): void => peer.down([...component(0), ...ops.flat()]);
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const acknowledgements = (): unknown[] => peer.sent.filter((message) => message[2] === "ack").map((message) => message[1]);
const errorPage = (): ShadowRoot | null | undefined => document.querySelector("oriel-error")?.shadowRoot;

test("A counter counts: a click goes up, a text comes down", () => {
  hello();
  apply(insert(0, element("button", { "on:click": 7 }, text("0"))));
  const button = document.querySelector("button")!;
  button.click();
  apply(into(0), setText(0, "1"), out());

  assert.equal(button.textContent, "1");
  const [number, acknowledged, kind, handler, name, field] = peer.sent[0]!;
  assert.deepEqual([number, acknowledged, kind, handler, name, field], [1, 2, "event", 7, "click", null]);
});

test("The tree goes into the host's element if there is one", () => {
  const host = document.createElement("main");
  host.id = "oriel";
  document.body.append(host);
  hello();
  apply(insert(0, text("x")));

  assert.equal(host.textContent, "x");
});

test("Messages are handled in the order of their numbers", () => {
  hello();
  peer.deliver([3, 0, ...component(0), ...setText(0, "second")]);
  assert.equal(document.body.textContent, "");

  peer.deliver([2, 0, ...component(0), ...insert(0, text("first"))]);

  assert.equal(document.body.textContent, "second");
});

test("A message that comes again is handled once", () => {
  hello();
  const message: [number, number, ...unknown[]] = [2, 0, ...component(0), ...insert(0, text("x"))];
  peer.deliver(message);
  peer.deliver(message);

  assert.equal(document.body.textContent, "x");
});

test("A handler that waits holds up the messages behind it, and no handler that does not", async () => {
  hello();
  let release!: () => void;
  const seen: string[] = [];
  session.on("bytes", () => new Promise<void>((resolve) => (release = resolve)).then(() => void seen.push("bytes")));
  session.on("call", (...args: unknown[]) => void seen.push(`call ${args.join(" ")}`));
  peer.down(["bytes", 1, "/a"]);
  peer.down(["call", 1, "f"]);
  assert.deepEqual(seen, []);

  release();
  await settle();

  assert.deepEqual(seen, ["bytes", "call 1 f"]);
});

test("Of the frames between two paintings the first is acknowledged at once, the others together", async () => {
  hello();
  paint();
  peer.sent.length = 0;
  apply(insert(0, text("2")));
  await settle();
  apply(insert(0, text("3")));
  apply(insert(0, text("4")));
  await settle();
  assert.deepEqual(acknowledgements(), [2]);

  paint();
  assert.deepEqual(acknowledgements(), [2, 4]);

  apply(insert(0, text("5")));
  await settle();
  assert.deepEqual(acknowledgements(), [2, 4, 5]);
});

test("A page that is hidden acknowledges at once, as it is not painted", async () => {
  hello();
  hide(true);
  for (let i = 0; i < 3; i++) {
    apply(insert(0, text("x")));
    await settle();
  }

  assert.deepEqual(acknowledgements(), [1, 2, 3, 4]);
});

test("Hiding the page acknowledges what waits for a painting", async () => {
  hello();
  apply(insert(0, text("x")));
  await settle();
  apply(insert(0, text("x")));
  await settle();
  assert.equal(acknowledgements().at(-1), 2);

  hide(true);

  assert.equal(acknowledgements().at(-1), 3);
});

test("An event carries the acknowledgement, so that none is sent", async () => {
  hello();
  apply(insert(0, element("button", { "on:click": 7 })));
  document.querySelector("button")!.click();
  await settle();
  paint();

  assert.deepEqual(peer.sent.map((message) => [message[1], message[2]]), [[2, "event"]]);
});

test("Every frame is told to who wants to know, before the next is handled", () => {
  hello();
  const seen: (string | null)[] = [];
  session.onApplied(() => void seen.push(document.body.textContent));
  peer.deliver([3, 0, ...component(0), ...setText(0, "b")]);
  peer.deliver([2, 0, ...component(0), ...insert(0, text("a"))]);

  assert.deepEqual(seen, ["a", "b"]);
});

test("A message that is too long is not sent, and takes no number", () => {
  hello();
  assert.equal(session.send("call", "x".repeat(1000)), 0);
  assert.equal(session.send("call", "x"), 1);

  assert.match(String(logged.errors[0]![0]), /limit is 1000/);
});

test("A frame that does not fit makes the document begin anew, once", () => {
  hello();
  peer.down([0, 99, 2, 0]);
  assert.equal(reloads.count, 1);
  assert.ok(session.ended);
  assert.equal(errorPage(), undefined);

  const second = new Session((peer = new Peer()));
  second.open({ url: "app:/", scheme: "light" });
  hello();
  peer.down([0, 99, 2, 0]);

  assert.equal(reloads.count, 1);
  assert.match(errorPage()!.textContent!, /component 99/);
});

test("A reload that a person asks for may be followed by another one", () => {
  sessionStorage.setItem("oriel.ui.reloaded", "1");
  hello();
  peer.down([99]);
  errorPage()!.querySelector("button")!.click();

  assert.equal(reloads.count, 1);
  assert.equal(sessionStorage.getItem("oriel.ui.reloaded"), null);
});

for (const [what, message] of Object.entries<unknown>({
  "of an unknown kind": [2, 0, "unheard"],
  "without a number": ["x", 0, "reload"],
  "with an acknowledgement of what was never sent": [2, 5, "reload"],
  "that is no array": { a: 1 },
})) {
  test(`A message ${what} does not fit`, () => {
    hello();
    peer.deliver(message as never);

    assert.ok(session.ended);
    assert.equal(reloads.count, 1);
  });
}

test("Messages that come before those in front of them are held up to a number", () => {
  hello();
  for (let i = 0; i < 1024; i++) {
    peer.deliver([i + 3, 0, "reload"]);
  }
  assert.ok(!session.ended);

  peer.deliver([5000, 0, "reload"]);

  assert.ok(session.ended);
});

test("An error of C# is shown to everybody, and the session is over", () => {
  hello();
  document.body.append(document.createElement("main"));
  peer.down(["error", { message: "It <b>broke</b>", details: "at Counter" }]);
  const page = errorPage()!;

  assert.equal(page.querySelector("#message")!.textContent, "It <b>broke</b>");
  assert.equal(page.querySelector("#details")!.textContent, "at Counter");
  const dialog = page.querySelector("[role=alertdialog]")!;
  assert.equal(page.getElementById(dialog.getAttribute("aria-labelledby")!)!.textContent, "This page has stopped");
  assert.ok(document.querySelector("main")!.hasAttribute("inert"));
  assert.equal(session.send("ack"), 0);
  peer.down(["reload"]);
  assert.equal(reloads.count, 0);
});

test("A session that the transport has lost shows so, and tells who wants to know", () => {
  hello();
  let ends = 0;
  session.onEnded(() => ends++);
  peer.close(new Error("socket closed"));

  assert.match(errorPage()!.querySelector("#message")!.textContent!, /connection to the application was lost/);
  assert.equal(errorPage()!.querySelector("#details"), null);
  assert.equal(ends, 1);
});

test("What C# refused is said", () => {
  hello();
  peer.down(["refused", 4, "too long"]);

  assert.match(String(logged.errors[0]![0]), /message 4.*too long/);
});

test("The document is reloaded when C# says so", () => {
  hello();
  peer.down(["reload"]);

  assert.equal(reloads.count, 1);
});

test("Style sheets of the application are loaded anew in place", () => {
  attachStyles(session);
  hello();
  for (const href of ["/a.css?x=1", "https://elsewhere.example/b.css"]) {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = href;
    document.head.append(link);
  }
  peer.down(["styles"]);

  const [own, foreign] = [...document.querySelectorAll("link")];
  assert.match(own!.href, /^http:\/\/localhost\/a\.css\?x=1&oriel-version=\d+$/);
  assert.equal(foreign!.href, "https://elsewhere.example/b.css");
});

test("Bytes are numbered", async () => {
  hello();
  assert.equal(await session.upload(new Uint8Array(1)), 1);
  assert.equal(await session.upload(new Uint8Array(2)), 2);

  assert.deepEqual(peer.uploads.map((upload) => upload.id), [1, 2]);
});

test("A kind of messages has one handler", () => {
  assert.throws(() => session.on("reload", () => undefined), /a handler already/);
});
