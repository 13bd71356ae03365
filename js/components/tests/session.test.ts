import { logged, paint, paints, Peer, reloads } from "./world";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Session } from "../src/session";

let peer: Peer;
let session: Session;

beforeEach(() => {
  document.body.replaceChildren();
  document.head.replaceChildren();
  sessionStorage.clear();
  logged.errors.length = 0;
  reloads.count = 0;
  paints.length = 0;
  peer = new Peer();
  session = new Session(peer);
  session.open({ url: "app:/", scheme: "light" });
});

function hello(options: object = {}): void {
  peer.down(["hello", { session: "s", development: false, roots: { 0: "body", 1: "head" }, maxMessage: 1000, ...options }]);
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("A counter counts: a click goes up, a text comes down", () => {
  hello();
  peer.down([0, 0, 1, 0, 1, "button", 0, 1, "click", 7, 0, 1, 2, "0"]);
  const button = document.querySelector("button")!;

  button.click();
  peer.down([0, 0, 6, 0, 5, 0, "1", 7]);

  assert.equal(button.textContent, "1");
  const [number, acknowledged, kind, handler, name, field] = peer.sent[0]!;
  assert.deepEqual([number, acknowledged, kind, handler, name, field], [1, 2, "event", 7, "click", null]);
});
