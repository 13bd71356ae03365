import { dom } from "./document";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { attach as attachInterop } from "../src/interop";
import { attach } from "../src/navigation";
import { FakeSession } from "./fake-session";

/** A history that works as a browser's does; happy-dom has none that goes back. */
class History {
  entries: { url: string; state: unknown }[] = [{ url: "https://app/start", state: null }];
  at = 0;

  get state(): unknown {
    return this.entries[this.at]!.state;
  }

  pushState(state: unknown, _: string, url: string): void {
    this.entries.splice(this.at + 1, Infinity, { url: new URL(url, this.entries[this.at]!.url).href, state });
    this.at++;
  }

  replaceState(state: unknown, _: string, url: string): void {
    this.entries[this.at] = { url: new URL(url, this.entries[this.at]!.url).href, state };
  }

  go(distance: number): void {
    queueMicrotask(() => {
      this.at += distance;
      dom.dispatchEvent(new dom.Event("popstate"));
    });
  }
}

const past = new History();
const loaded: string[] = [];
const scrolled: string[] = [];
const place = {
  get href() {
    return past.entries[past.at]!.url;
  },
  get hash() {
    return new URL(this.href).hash;
  },
  get pathname() {
    return new URL(this.href).pathname;
  },
  protocol: "https:",
  assign: (url: string) => void loaded.push(`assign ${url}`),
  replace: (url: string) => void loaded.push(`replace ${url}`),
  reload: () => void loaded.push("reload"),
};
const define = (name: string, value: unknown) => Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
define("history", past);
define("location", place);
define("scrollTo", () => void scrolled.push("top"));

const fake = new FakeSession();
attachInterop(fake.session);
attach(fake.session);
fake.tell("intercept");

// Comes behind the page's own listener: happy-dom would follow the link indeed, to elsewhere.
let follows = false;
dom.addEventListener("click", (event) => {
  follows = !event.defaultPrevented;
  event.preventDefault();
});

/** A click on a link; the result is whether the browser would follow it. */
function click(html: string, how: MouseEventInit = {}): boolean {
  document.body.innerHTML = html;
  const event = new dom.MouseEvent("click", { bubbles: true, cancelable: true, composed: true, button: 0, ...(how as object) });
  document.querySelector("[data-at]")!.dispatchEvent(event as unknown as Event);
  return follows;
}

beforeEach(() => {
  past.entries = [{ url: "https://app/start", state: { oriel: 0, state: null } }];
  past.at = 0;
  fake.tell("lock", false);
  dom.dispatchEvent(new dom.Event("popstate"));
  fake.sent.length = 0;
  loaded.length = 0;
  scrolled.length = 0;
});

test("a click on a link of the application is routed", () => {
  assert.equal(click('<a href="/items/5?x=1"><b data-at>Five</b></a>'), false);
  assert.deepEqual(fake.sent, [["moved", "https://app/items/5?x=1", null, true]]);
  assert.equal(past.at, 1);
});

const left: [string, string, MouseEventInit?][] = [
  ["with Control held", '<a data-at href="/x">x</a>', { ctrlKey: true }],
  ["with Meta held", '<a data-at href="/x">x</a>', { metaKey: true }],
  ["with Shift held", '<a data-at href="/x">x</a>', { shiftKey: true }],
  ["of the middle button", '<a data-at href="/x">x</a>', { button: 1 }],
  ["on a link to a new window", '<a data-at href="/x" target="_blank">x</a>'],
  ["on a download", '<a data-at href="/x" download>x</a>'],
  ["on a link to elsewhere", '<a data-at href="https://other/x">x</a>'],
  ["on a link that only begins alike", '<a data-at href="https://app.evil/x">x</a>'],
  ["on a link to a script", '<a data-at href="javascript:alert(1)">x</a>'],
  ["on a link to nowhere", '<a data-at>x</a>'],
  ["on no link", "<b data-at>x</b>"],
];
for (const [what, html, how] of left) {
  test(`a click ${what} is the browser's`, () => {
    assert.equal(click(html, how), true);
    assert.deepEqual(fake.sent, []);
  });
}

test("a click that a component prevented is not routed", () => {
  document.addEventListener("click", (event) => event.preventDefault(), { once: true });
  click('<a data-at href="/x">x</a>');

  assert.deepEqual(fake.sent, []);
});

test("C# navigates, and hears that the page has moved", () => {
  fake.tell("go", "https://app/next", { replace: false, state: "kept", force: false });
  fake.tell("go", "https://app/other", { replace: true, state: null, force: false });

  assert.deepEqual(fake.sent, [
    ["moved", "https://app/next", "kept", false],
    ["moved", "https://app/other", null, false],
  ]);
  assert.deepEqual(past.entries.map((entry) => entry.url), ["https://app/start", "https://app/other"]);
});

test("an address elsewhere, or by force, is loaded", () => {
  fake.tell("go", "https://other/", { replace: false, force: true });
  fake.tell("go", "https://app/next", { replace: true, force: true });
  fake.tell("go", "https://app/start", { replace: true, force: true });

  assert.deepEqual(loaded, ["assign https://other/", "replace https://app/next", "reload"]);
  assert.deepEqual(fake.sent, []);
});

test("a script is never navigated to", () => {
  const { Blazor } = dom as unknown as { Blazor: { navigateTo(address: string, force?: boolean): void } };

  assert.throws(() => Blazor.navigateTo("javascript:alert(1)"), /scheme "javascript:"/);
  assert.throws(() => Blazor.navigateTo("data:text/html,x", true), /scheme "data:"/);
  assert.deepEqual(loaded, []);
});

test("Back brings the address and the state of the entry", async () => {
  fake.tell("go", "https://app/one", { state: "first" });
  fake.tell("go", "https://app/two", { state: "second" });
  past.go(-1);
  await fake.message(3);

  assert.deepEqual(fake.sent[2], ["moved", "https://app/one", "first", false]);
});

test("while a lock is there C# is asked first", async () => {
  fake.tell("lock", true);
  click('<a data-at href="/x">x</a>');
  const [, question, ...asked] = fake.sent[0]!;
  assert.deepEqual(asked, ["https://app/x", null, true]);
  assert.equal(past.at, 0);
  fake.tell("pass", question, true);
  await fake.message(2);

  assert.deepEqual(fake.sent[1], ["moved", "https://app/x", null, true]);
});

test("a navigation that C# does not agree to does not happen", async () => {
  fake.tell("lock", true);
  click('<a data-at href="/x">x</a>');
  fake.tell("pass", fake.sent[0]![1], false);
  click('<a data-at href="/y">y</a>');
  fake.tell("pass", fake.sent[1]![1], true);
  await fake.message(3);

  assert.deepEqual(fake.sent.map((message) => message[0]), ["navigate", "navigate", "moved"]);
  assert.equal(place.href, "https://app/y");
});

test("an answer to a navigation that a newer one replaced is void", async () => {
  fake.tell("lock", true);
  click('<a data-at href="/x">x</a>');
  click('<a data-at href="/y">y</a>');
  fake.tell("pass", fake.sent[0]![1], true);
  fake.tell("pass", fake.sent[1]![1], true);
  await fake.message(3);

  assert.equal(place.href, "https://app/y");
  assert.equal(fake.sent.length, 3);
});

test("Back waits for C# while a lock is there, at the page where it was pressed", async () => {
  fake.tell("go", "https://app/one", {});
  fake.tell("lock", true);
  past.go(-1);
  await fake.message(2);
  assert.equal(fake.sent[1]![2], "https://app/start");
  assert.equal(place.href, "https://app/one");
  fake.tell("pass", fake.sent[1]![1], true);
  await fake.message(3);

  assert.deepEqual(fake.sent[2], ["moved", "https://app/start", null, false]);
  assert.equal(place.href, "https://app/start");
});

test("a fragment that the browser went to is an entry like any other", async () => {
  past.pushState(null, "", "https://app/start#part");
  dom.dispatchEvent(new dom.Event("popstate"));

  assert.deepEqual(fake.sent, [["moved", "https://app/start#part", null, false]]);
  assert.deepEqual(past.state, { oriel: 1, state: null });
});

test("a new page begins at its top once it is there, one with another query stays where it is", () => {
  fake.tell("go", "https://app/next", {});
  fake.apply(0);
  assert.deepEqual(scrolled, []);
  fake.apply(1);
  assert.deepEqual(scrolled, ["top"]);

  fake.tell("go", "https://app/next?page=2", {});
  fake.apply(2);
  assert.deepEqual(scrolled, ["top"]);
});

test("an element that an address names is scrolled to", () => {
  document.body.innerHTML = '<p id="part"></p>';
  document.getElementById("part")!.scrollIntoView = () => void scrolled.push("part");

  fake.tell("hash", "part");
  fake.tell("go", "https://app/next#%zz", {});

  assert.deepEqual(scrolled, ["part"]);
});
