import { dom } from "./document";
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { DotNet } from "@microsoft/dotnet-js-interop";
import { attach, importing } from "../src/interop";
import { FakeSession } from "./fake-session";

const page = dom as unknown as Record<string, any>;
document.head.innerHTML = "<title>Own</title>";
const fake = new FakeSession();
attach(fake.session);

const enum Call {
  Function = 1,
  Constructor = 2,
  Get = 3,
  Set = 4,
}

const enum Result {
  Default = 0,
  Object = 1,
  Stream = 2,
  Void = 3,
}

/** C# calls JavaScript; the result is what the page answers. */
async function call(identifier: string, args: unknown[] | null, resultType = Result.Default, target = 0, callType = Call.Function): Promise<[boolean, any]> {
  const handle = 7;
  const before = fake.sent.length;
  void fake.tell("call", handle, identifier, args && JSON.stringify(args), resultType, target, callType);
  let message: unknown[];
  for (let number = before + 1; (message = await fake.message(number))[0] !== "end"; number++);
  const [inner, succeeded, result] = JSON.parse(message[3] as string) as [number, boolean, unknown];
  assert.equal(message[1], handle);
  assert.equal(inner, handle);
  assert.equal(message[2], succeeded);
  return [succeeded, result];
}

function answers(...responses: (() => Response)[]): string[] {
  const asked: string[] = [];
  globalThis.fetch = async (address) => {
    asked.push(String(address));
    return responses.shift()!();
  };
  return asked;
}

const realFetch = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = realFetch;
  fake.sent.length = 0;
  fake.uploads.clear();
  fake.beforeUpload = () => Promise.resolve();
});

test("a function is called, and its promise awaited", async () => {
  page.add = async (a: number, b: number) => a + b;

  assert.deepEqual(await call("add", [2, 3]), [true, 5]);
});

test("what a function throws is the error of its call", async () => {
  page.fail = () => {
    throw new Error("no luck");
  };

  const [succeeded, text] = await call("fail", null);

  assert.equal(succeeded, false);
  assert.match(text, /^no luck/);
});

test("an object is constructed, and its members are read and written", async () => {
  page.Point = class {
    constructor(public x: number) {}
  };

  const [, reference] = await call("Point", [3], Result.Object, 0, Call.Constructor);
  const id = reference.__jsObjectId as number;
  await call("x", [8], Result.Void, id, Call.Set);

  assert.deepEqual(await call("x", null, Result.Default, id, Call.Get), [true, 8]);
});

test("an object that was disposed of is not there any more", async () => {
  page.make = () => ({ value: 1 });
  const [, reference] = await call("make", [], Result.Object);
  await call("DotNet.disposeJSObjectReferenceById", [reference.__jsObjectId], Result.Void);

  const [succeeded, text] = await call("value", null, Result.Default, reference.__jsObjectId, Call.Get);

  assert.equal(succeeded, false);
  assert.match(text, /does not exist/);
});

test("a reference to an element is the element, and null when it has gone", async () => {
  const element = document.createElement("p");
  fake.references.set("a1", element);
  page.seen = (...given: unknown[]) => given.map((one) => one === element);

  assert.deepEqual(await call("seen", [{ __internalId: "a1" }, { __internalId: "a2" }]), [true, [true, false]]);
});

test("bytes of C# are fetched before the call that they are passed with", async () => {
  const asked = answers(() => new Response(new Uint8Array([1, 2, 3])));
  page.sum = (bytes: Uint8Array) => bytes.reduce((a, b) => a + b);

  await fake.tell("bytes", 5, "/.oriel/content/x");

  assert.deepEqual(await call("sum", [{ "__byte[]": 5 }]), [true, 6]);
  assert.deepEqual(asked, ["https://app/.oriel/content/x"]);
});

test("bytes that do not come fail the call that they were passed with, and no other", async () => {
  answers(() => new Response(null, { status: 404 }));
  page.count = () => 1;
  await fake.tell("bytes", 6, "/gone");

  const [succeeded, text] = await call("count", [{ "__byte[]": 6 }]);

  assert.equal(succeeded, false);
  assert.match(text, /404/);
  assert.deepEqual(await call("count", [60]), [true, 1]);
});

test("bytes of the page are uploaded before the message that names them, as they were when they were passed", async () => {
  let release = () => {};
  fake.beforeUpload = () => new Promise((resolve) => (release = resolve));
  const bytes = new Uint8Array([1, 2]);
  const calls = [DotNet.invokeMethodAsync("App", "Save", bytes), DotNet.invokeMethodAsync("App", "Later")];
  bytes[0] = 9;
  assert.equal(fake.sent.length, 0);
  release();
  await fake.message(3);
  fake.sent.slice(1).forEach((message) => void fake.tell("done", String(message[1]), true, null));
  await Promise.all(calls);

  assert.deepEqual(fake.sent.map((message) => message[0]), ["bytes", "call", "call"]);
  assert.deepEqual(fake.sent[0], ["bytes", 0, 1]);
  assert.deepEqual(fake.sent[1]!.slice(2), ["App", "Save", null, '[{"__byte[]":0}]']);
  assert.deepEqual(fake.uploads.get(1), new Uint8Array([1, 2]));
});

test("an upload that fails fails its call", async () => {
  fake.beforeUpload = () => Promise.reject(new Error("too large"));

  await assert.rejects(DotNet.invokeMethodAsync("App", "Save", new Uint8Array(1)), /too large/);
});

test("an answer of C# settles the call", async () => {
  const good = DotNet.invokeMethodAsync("App", "Add");
  const bad = DotNet.invokeMethodAsync("App", "Fail");
  fake.tell("done", String(fake.sent[0]![1]), true, "5");
  fake.tell("done", String(fake.sent[1]![1]), false, "It failed.");
  fake.tell("done", String(fake.sent[1]![1]), true, "1");

  assert.equal(await good, 5);
  await assert.rejects(bad, /It failed/);
});

test("a call that is too long to be sent fails at once", async () => {
  fake.refusesNext = true;

  await assert.rejects(DotNet.invokeMethodAsync("App", "Save", "x"), /larger than a message/);
});

test("a result that is too long to be sent is the error of its call", async () => {
  page.huge = () => "x";
  fake.refusesNext = true;

  const [succeeded, text] = await call("huge", null);

  assert.equal(succeeded, false);
  assert.match(text, /larger than a message/);
});

test("a synchronous call of C# says that there is none", () => {
  assert.throws(() => DotNet.invokeMethod("App", "Add"), /does not support synchronous calls/);
});

test("a stream of C# is fetched when it is read", async () => {
  const asked = answers(() => new Response(new Uint8Array([4, 5])));
  let stream: { arrayBuffer(): Promise<ArrayBuffer> } | undefined;
  page.keep = (given: typeof stream) => void (stream = given);
  fake.tell("stream", 11, "/content/s", null);
  await call("keep", [{ __dotNetStream: 11 }], Result.Void);
  assert.deepEqual(asked, []);

  assert.deepEqual(new Uint8Array(await stream!.arrayBuffer()), new Uint8Array([4, 5]));
  assert.deepEqual(asked, ["https://app/content/s"]);
});

test("a stream that C# cannot send fails where it is read", async () => {
  page.read = (given: { arrayBuffer(): Promise<ArrayBuffer> }) => given.arrayBuffer();
  fake.tell("stream", 12, null, "Too much is waiting.");

  const [succeeded, text] = await call("read", [{ __dotNetStream: 12 }]);

  assert.equal(succeeded, false);
  assert.match(text, /Too much is waiting/);
});

test("what C# reads as a stream is uploaded by the number that C# chose", async () => {
  page.data = () => new Uint16Array([258]).subarray(0, 1);
  const [, reference] = await call("data", null, Result.Stream);

  assert.equal(reference.__jsStreamReferenceLength, 2);
  assert.deepEqual(await call("Blazor._internal.sendJSDataStream", [{ __jsObjectId: reference.__jsObjectId }, 4294967296], Result.Void), [true, null]);
  assert.deepEqual(fake.uploads.get(4294967296), new Uint8Array([2, 1]));
});

test("C# is told why a stream cannot be sent", async () => {
  fake.beforeUpload = () => Promise.reject(new Error("gone"));
  page.data = () => new Uint8Array(2);
  const [, reference] = await call("data", null, Result.Stream);
  const sent = fake.sent.length;
  void call("Blazor._internal.sendJSDataStream", [{ __jsObjectId: reference.__jsObjectId }, 4294967297], Result.Void);
  await fake.message(sent + 2);

  assert.deepEqual(fake.sent.find((message) => message[0] === "stream"), ["stream", 4294967297, "gone"]);
});

test("a module's address is relative to the document", () => {
  const base = document.createElement("base");
  base.setAttribute("href", "https://app/");
  document.head.append(base);

  assert.equal(importing('["./_content/X/y.js"]'), '["https://app/_content/X/y.js"]');
  assert.equal(importing('["_content/X/y.js"]'), '["https://app/_content/X/y.js"]');
  assert.equal(importing('["/x.js"]'), '["https://app/x.js"]');
});

for (const address of ["https://evil/x.js", "//evil/x.js", "data:text/javascript,1", "javascript:1", "blob:https://app/1", "http://app/x.js"]) {
  test(`a module is not imported from ${address}`, async () => {
    const [succeeded, text] = await call("import", [address], Result.Object);

    assert.equal(succeeded, false);
    assert.match(text, /from the application only/);
  });
}

test("event types and listeners of libraries are taken", () => {
  page.Blazor.registerCustomEventType("swipe", { browserEventName: "touchmove" });
  page.Blazor.addEventListener("enhancedload", () => {});
  page.Blazor.removeEventListener("enhancedload", () => {});

  assert.ok(fake.eventTypes.has("swipe"));
  assert.equal(page.Blazor.runtime, undefined);
});

test("the document's own title is given to C# once, and removed", async () => {
  const take = () => call("Blazor._internal.PageTitle.getAndRemoveExistingTitle", []);

  assert.deepEqual([await take(), await take()], [[true, "Own"], [true, null]]);
  assert.equal(document.querySelector("title"), null);
});

test("leaving the page is asked about while a lock wants it", async () => {
  await call("Blazor._internal.NavigationLock.enableNavigationPrompt", ["a"], Result.Void);
  const asked = new dom.Event("beforeunload", { cancelable: true });
  dom.dispatchEvent(asked);
  await call("Blazor._internal.NavigationLock.disableNavigationPrompt", ["a"], Result.Void);
  const free = new dom.Event("beforeunload", { cancelable: true });
  dom.dispatchEvent(free);

  assert.deepEqual([asked.defaultPrevented, free.defaultPrevented], [true, false]);
});

test("a heading gets the focus by a selector", async () => {
  document.body.innerHTML = "<h1>Title</h1>";

  await call("Blazor._internal.domWrapper.focusBySelector", ["h1"], Result.Void);

  assert.equal(document.activeElement?.tagName, "H1");
  assert.equal(document.querySelector("h1")!.getAttribute("tabindex"), "-1");
});

test("the focus on an element that has gone says so", async () => {
  const [succeeded, text] = await call("Blazor._internal.domWrapper.focus", [{ __internalId: "gone" }, true], Result.Void);

  assert.equal(succeeded, false);
  assert.match(text, /not in the page/);
});

// The session does not come back: this is the last test.
test("calls under way fail when the session ends, and later ones at once", async () => {
  const open = DotNet.invokeMethodAsync("App", "Slow");
  fake.end();

  await assert.rejects(open, /session with C# is over/);
  await assert.rejects(DotNet.invokeMethodAsync("App", "Late"), /session with C# is over/);
});
