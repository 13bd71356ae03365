// The frames that the tests of C# keep: the same bytes are applied here.
import { logged, Peer } from "./world";
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { beforeEach, test } from "node:test";
import { Session } from "../src/session";
import type { Message } from "../src/transport";

const folder = "../../tests/Oriel.Components.Tests/Rendering/Golden";

beforeEach(() => {
  document.body.replaceChildren();
  document.head.replaceChildren();
  sessionStorage.clear();
});

/** Applies the frames of a file; what the body holds after each that changes it. */
function show(name: string): string[] {
  const peer = new Peer();
  const session = new Session(peer);
  session.open({ url: "app:/", scheme: "light" });
  peer.down(["hello", { session: "s", development: true, roots: { 0: "body" }, maxMessage: 10_000 }]);
  const frames = JSON.parse(readFileSync(`${folder}/${name}.json`, "utf8")) as Message[];
  for (let handled = 0; handled < Math.max(...frames.map((frame) => frame[1])); handled++) {
    session.send("ack");
  }

  // Control messages were between them.
  const shown: string[] = [];
  for (const [, handled, ...ops] of frames) {
    peer.down(ops, handled);
    assert.ok(!session.ended, `A frame does not fit: ${JSON.stringify(logged.errors.map(String))}`);
    const body = document.body.innerHTML.replace(/<!---->/g, "").replace(/\n\s*/g, "");
    if (body !== shown.at(-1)) {
      shown.push(body);
    }
  }

  return shown;
}

function golden(name: string, check: (shown: string[]) => void): void {
  test(`The frames of ${name} are applied as C# wrote them`, { skip: !existsSync(`${folder}/${name}.json`) }, () => check(show(name)));
}

golden("counter", (shown) => assert.deepEqual(shown, [0, 1, 2].map((count) => `<p role="status">Current count: ${count}</p><button>Click me</button>`)));

golden("attributes", (shown) => {
  assert.match(shown[0]!, /^<input title="More" maxlength="5">$/);
  assert.match(shown[1]!, /disabled/);
  assert.match(shown[1]!, /multiple/);
});

golden("handlers", (shown) => assert.deepEqual(shown, [0, 1, 2].map((step) => `<button>Step ${step}</button>`)));

golden("markup", (shown) => {
  assert.match(shown[0]!, /^<div><i>italic<\/i><\/div><p>Static <em>markup<\/em>/);
  assert.match(shown[0]!, /&lt;script&gt;text&lt;\/script&gt;$/);
  assert.match(shown[1]!, /^<div><b>bold<\/b><\/div>/);
});

golden("regions", (shown) => {
  assert.match(shown[0]!, /^<p>Line 0<\/p><p>Line -2<\/p><button>More<\/button>$/);
  assert.match(shown[1]!, /^<p>Line 1<\/p><p>Line -1<\/p><hr><p>Line -2<\/p><button>More<\/button>$/);
});

golden("components", (shown) => {
  const articles = (html: string): string[] => [...html.matchAll(/<h2>(\w+)<\/h2>/g)].map((match) => match[1]!);
  assert.deepEqual(articles(shown[0]!), ["Ada", "Grace", "Mary"]);
  assert.equal(articles(shown[1]!).length, 2);
  assert.equal(articles(shown[2]!).length, 3);
  assert.equal(new Set(articles(shown[2]!)).size, 3);
});

golden("table", (shown) => {
  const rows = (html: string): number[] => [...html.matchAll(/(?:Row (\d+)|Changed)/g)].map((match) => Number(match[1] ?? 7));
  const all = Array.from({ length: 20 }, (_, i) => i);
  const inserted = [...all.slice(0, 3), 20, ...all.slice(3)];
  assert.deepEqual(rows(shown[0]!), all);
  assert.deepEqual(rows(shown[1]!), all);
  assert.deepEqual(rows(shown[2]!), inserted);
  assert.deepEqual(rows(shown[3]!), inserted.slice().reverse());
  assert.deepEqual(rows(shown[4]!), inserted.slice().reverse().slice(1));
});
