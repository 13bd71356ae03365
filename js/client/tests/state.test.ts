import { Bridge, clock, reported, turn } from "./world";
import assert from "node:assert/strict";
import { test } from "node:test";
import { createClient } from "../src/client/client";
import { failure, FakeStates } from "./fake-states";

test("a state is opened by its first subscriber, and closed behind its last", async () => {
  const fake = new FakeStates({ cart: ["tea"] });
  const cart = fake.get<string[]>("cart");
  assert.equal(cart.get(), undefined);
  const seen: string[][] = [];

  const stop = cart.subscribe((value) => seen.push(value));
  const stopOther = cart.subscribe(() => {});
  await turn();
  fake.change("cart", ["tea", "milk"]);
  stop();
  await turn();
  assert.deepEqual(seen, [["tea"], ["tea", "milk"]]);
  assert.deepEqual(cart.get(), ["tea", "milk"]);
  assert.deepEqual(fake.log, ["open cart"]);

  stopOther();
  await turn();
  assert.deepEqual(fake.log, ["open cart", "close cart"]);
  assert.equal(cart.get(), undefined);
});

test("who stops and begins anew in one turn costs no request", async () => {
  const fake = new FakeStates({ cart: 1 });
  const cart = fake.get("cart");
  const stop = cart.subscribe(() => {});
  await turn();

  stop();
  const stopAgain = cart.subscribe(() => {});
  await turn();
  assert.deepEqual(fake.log, ["open cart"]);
  stopAgain();
});

test("ready gives the value, and keeps the state open until close", async () => {
  const fake = new FakeStates({ cart: 1 });
  const cart = fake.get("cart");

  assert.equal(await cart.ready, 1);
  fake.change("cart", 2);
  assert.equal(cart.get(), 2);
  assert.equal(await fake.get("cart").ready, 2);

  cart.close();
  await turn();
  assert.deepEqual(fake.log, ["open cart", "close cart"]);
});

test("a patch changes what it names and shares the rest", async () => {
  const fake = new FakeStates({ cart: { owner: { name: "Ada" }, items: [1, 2] } });
  const cart = fake.get("cart");
  await cart.ready;
  const before = cart.get();

  fake.change("cart", null, [{ op: "add", path: "/items/-", value: 3 }]);

  assert.deepEqual(cart.get(), { owner: { name: "Ada" }, items: [1, 2, 3] });
  assert.deepEqual(before.items, [1, 2]);
  assert.equal(cart.get().owner, before.owner);
});

test("a gap in the versions has the state asked for anew", async () => {
  const fake = new FakeStates({ cart: [1] });
  const cart = fake.get("cart");
  await cart.ready;

  fake.values.set("cart", { version: 5, value: [1, 2, 3] });
  fake.states.deliver({ key: "cart", version: 5, from: 4, patch: [{ op: "add", path: "/-", value: 3 }] });
  assert.deepEqual(cart.get(), [1]);
  await turn();
  assert.deepEqual(fake.log, ["open cart", "open cart"]);
  assert.deepEqual(cart.get(), [1, 2, 3]);
});

test("a patch that does not fit has the state asked for anew", async () => {
  const fake = new FakeStates({ cart: [1] });
  const cart = fake.get("cart");
  await cart.ready;

  fake.change("cart", [9], [{ op: "replace", path: "/7", value: 1 }]);
  await turn();
  assert.deepEqual(cart.get(), [9]);
  reported.splice(0);
});

test("changes that overtake the answer are taken behind it", async () => {
  const fake = new FakeStates({ cart: [1] });
  fake.isHolding = true;
  const cart = fake.get("cart");
  const seen: unknown[] = [];
  cart.subscribe((value) => seen.push(value));
  await turn();

  fake.states.deliver({ key: "cart", version: 2, from: 1, patch: [{ op: "add", path: "/-", value: 2 }] });
  fake.states.deliver({ key: "cart", version: 3, from: 2, patch: [{ op: "add", path: "/-", value: 3 }] });
  assert.deepEqual(seen, []);
  await fake.answer();
  assert.deepEqual(cart.get(), [1, 2, 3]);
  assert.deepEqual(fake.log, ["open cart"]);
});

test("too many changes before an answer have the state asked for anew", async () => {
  const fake = new FakeStates({ number: 0 });
  fake.isHolding = true;
  const number = fake.get("number");
  number.subscribe(() => {});
  await turn();

  for (let i = 1; i <= 2_000; i++) {
    fake.states.deliver({ key: "number", version: i + 1, value: i });
  }

  fake.values.set("number", { version: 2_001, value: 2_000 });
  fake.waiting[0]!.answer = ((answer) => () => {
    fake.values.set("number", { version: 1, value: 0 });
    answer();
    fake.values.set("number", { version: 2_001, value: 2_000 });
  })(fake.waiting[0]!.answer);
  await fake.answer();
  await fake.answer();
  assert.deepEqual(fake.log, ["open number", "open number"]);
  assert.equal(number.get(), 2_000);
});

test("a change of an older version is none", async () => {
  const fake = new FakeStates({ number: 0 });
  const number = fake.get("number");
  await number.ready;
  fake.change("number", 1);

  fake.states.deliver({ key: "number", version: 2, value: "late" });
  fake.states.deliver({ key: "number", version: 1, from: 0, patch: [] });
  fake.states.deliver({ key: "unknown", version: 1, value: 1 });
  await turn();
  assert.equal(number.get(), 1);
  assert.deepEqual(fake.log, ["open number"]);
});

test("a write is shown at once, and writes go one behind the other", async () => {
  const fake = new FakeStates({ number: 0 });
  const number = fake.get<number>("number");
  await number.ready;
  fake.isHolding = true;

  const first = number.set(10);
  const second = number.set((value) => value + 1);
  assert.equal(number.get(), 11);
  await turn();
  assert.deepEqual(fake.log.slice(1), ["set number 10"]);

  await fake.answer();
  await first;
  assert.deepEqual(fake.log.slice(1), ["set number 10", "set number 11"]);
  await fake.answer();
  await second;
  assert.deepEqual(fake.values.get("number"), { version: 3, value: 11 });
  assert.equal(number.get(), 11);
});

test("a write to a state that nobody follows opens it for as long as it takes", async () => {
  const fake = new FakeStates({ number: 1 });

  await fake.get<number>("number").set((value) => value + 1);
  await turn();
  assert.deepEqual(fake.log, ["open number", "set number 2", "close number"]);
});

test("a value that lost against another is rejected, with those behind it, and the winner is shown", async () => {
  const fake = new FakeStates({ number: 0 });
  const number = fake.get<number>("number");
  await number.ready;
  const seen: number[] = [];
  number.subscribe((value) => seen.push(value));
  fake.values.set("number", { version: 2, value: 100 });

  const writes = await Promise.allSettled([number.set(1), number.set(2)]);

  assert.deepEqual(writes.map((write) => (write as PromiseRejectedResult).reason.code), [-32008, -32008]);
  assert.deepEqual((writes[1] as PromiseRejectedResult).reason.data, { version: 2, value: 100 });
  assert.equal(number.get(), 100);
  assert.equal(seen.at(-1), 100);
  assert.deepEqual(fake.values.get("number"), { version: 2, value: 100 });
  await number.set(101);
  assert.equal(fake.values.get("number")!.value, 101);
});

test("a function that lost against another value is run on that", async () => {
  const fake = new FakeStates({ number: 0 });
  const number = fake.get<number>("number");
  await number.ready;
  fake.values.set("number", { version: 2, value: 100 });

  await Promise.all([number.set((value) => value + 1), number.set((value) => value * 2)]);
  assert.equal(fake.values.get("number")!.value, 202);
});

test("a function that loses again and again is rejected in the end", async () => {
  const fake = new FakeStates({ number: 0 });
  const number = fake.get<number>("number");
  await number.ready;
  fake.isHolding = true;
  const write = number.set((value) => value + 1);
  let isOver = false;
  void write.catch(() => (isOver = true));
  await turn();

  for (let i = 0; i < 100 && !isOver; i++) {
    fake.change("number", i * 1_000);
    await fake.answer();
  }

  await assert.rejects(write, { code: -32008 });
});

test("a change from elsewhere rejects the values that wait, and not the functions", async () => {
  const fake = new FakeStates({ number: 0 });
  const number = fake.get<number>("number");
  await number.ready;
  fake.isHolding = true;
  const writes = [number.set(1), number.set(2), number.set((value) => value + 1)];
  await turn();

  // Behind the answer to the first.
  fake.waiting.splice(0).forEach(({ answer }) => answer());
  fake.change("number", 50);
  fake.isHolding = false;
  const settled = await Promise.allSettled(writes);

  assert.deepEqual(settled.map((write) => write.status), ["fulfilled", "rejected", "fulfilled"]);
  assert.equal(fake.values.get("number")!.value, 51);
});

test("a write that C# refuses is rejected, and what C# has is shown", async () => {
  const fake = new FakeStates({ text: "good" });
  const text = fake.get<string>("text");
  await text.ready;

  const write = text.set("refused");
  assert.equal(text.get(), "refused");
  await assert.rejects(write, { code: -32602 });
  await turn();
  assert.equal(text.get(), "good");
  assert.deepEqual(fake.log, ["open text", `set text "refused"`, "open text"]);
});

test("C# has the last word on what a value looks like", async () => {
  const bridge = new Bridge();
  const text = createClient(bridge.window).state("text");
  const ready = text.ready;
  await turn();
  bridge.down({ type: "response", id: "1", data: { version: 1, value: "" } });
  await ready;

  const write = text.set(" ada ");
  await turn();
  assert.deepEqual(bridge.last().data, { key: "text", version: 1, value: " ada " });
  bridge.down({ type: "response", id: "2", data: { version: 2, value: "Ada" } });
  await write;
  assert.equal(text.get(), "Ada");
});

test("a patch is sent as one, and one that leads nowhere is never sent", async () => {
  const fake = new FakeStates({ cart: { items: [1] } });
  const cart = fake.get("cart");
  await cart.ready;

  await cart.patch([{ op: "add", path: "/items/-", value: 2 }]);
  await assert.rejects(cart.patch([{ op: "replace", path: "/missing/x", value: 2 }]), TypeError);
  await turn();
  assert.deepEqual(fake.log.slice(1), [`set cart [{"op":"add","path":"/items/-","value":2}]`]);
  assert.deepEqual(cart.get(), { items: [1, 2] });
});

test("a function that throws rejects its write and no other", async () => {
  const fake = new FakeStates({ number: 1 });
  const number = fake.get<number>("number");
  await number.ready;

  const failing = number.set(() => {
    throw new RangeError("on purpose");
  });
  await number.set(5);
  await assert.rejects(failing, RangeError);
  assert.equal(number.get(), 5);
});

test("a state that C# does not have rejects who asks, and is asked for again later", async () => {
  const fake = new FakeStates();
  const cart = fake.get("cart");

  await assert.rejects(cart.ready, { code: -32602 });
  await assert.rejects(cart.set(1), { code: -32602 });
  fake.values.set("cart", { version: 1, value: 7 });
  assert.equal(await cart.ready, 7);
});

test("a state that cannot be followed is reported when only subscribers wait for it", async () => {
  reported.splice(0);
  const fake = new FakeStates();
  fake.get("missing").subscribe(() => assert.fail("There is no value."));
  await turn();

  assert.equal((reported[0] as Error).message, `There is no state "missing".`);
  reported.splice(0);
});

test("a subscriber is kept when a state cannot be opened for now, and has the value when it can", async () => {
  reported.splice(0);
  const fake = new FakeStates({ cart: 1 });
  const seen: number[] = [];
  fake.openFailures.push(failure(-32006, "Busy."), failure(-32001, "No answer."));
  const stop = fake.get<number>("cart").subscribe((value) => seen.push(value));
  await turn();
  assert.deepEqual([fake.log.length, (reported[0] as Error).message], [1, "Busy."]);

  clock.advance(999);
  await turn();
  assert.equal(fake.log.length, 1);
  clock.advance(1);
  await turn();
  assert.equal(fake.log.length, 2);
  clock.advance(1_999);
  await turn();
  assert.equal(fake.log.length, 2);
  clock.advance(1);
  await turn();

  assert.deepEqual([seen, fake.log.length, reported.length], [[1], 3, 1]);
  stop();
  reported.splice(0);
});

test("the delay between attempts to open a state is bounded, and nobody left ends them", async () => {
  reported.splice(0);
  const fake = new FakeStates({ cart: 1 });
  fake.openFailures.push(...Array.from({ length: 100 }, () => failure(-32006, "Busy.")));
  const stop = fake.get<number>("cart").subscribe(() => {});
  await turn();
  for (let i = 0; i < 20; i++) {
    clock.advance(30_000);
    await turn();
  }

  assert.equal(fake.log.length, 21);
  stop();
  await turn();
  clock.advance(60_000);
  await turn();
  assert.deepEqual([fake.log.length, clock.timers], [21, []]);
  reported.splice(0);
});

test("a state that cannot be asked for anew for now keeps its value, its subscribers and who holds it", async () => {
  reported.splice(0);
  const fake = new FakeStates({ cart: 1 });
  const cart = fake.get<number>("cart");
  const seen: number[] = [];
  await cart.ready;
  cart.subscribe((value) => seen.push(value));
  fake.openFailures.push(failure(-32006, "Busy."));
  fake.change("cart", 3, [{ op: "replace", path: "/nowhere/at/all", value: 1 }]);
  await turn();
  assert.deepEqual([cart.get(), seen], [1, [1]]);

  clock.advance(1_000);
  await turn();
  cart.close();
  await turn();
  fake.change("cart", 4);
  assert.deepEqual([cart.get(), seen], [4, [1, 3, 4]]);
  reported.splice(0);
});

test("a state that is lost for good leaves no subscriber with an old value", async () => {
  reported.splice(0);
  const fake = new FakeStates({ cart: 1 });
  const cart = fake.get<number>("cart");
  const seen: unknown[] = [];
  cart.subscribe(() => seen.push(cart.get()));
  await turn();
  fake.openFailures.push(failure(-32003, "This document may not do that."));
  fake.change("cart", 3, [{ op: "replace", path: "/nowhere/at/all", value: 1 }]);
  await turn();

  assert.deepEqual(seen, [1, undefined]);
  assert.equal(clock.timers.length, 0);
  reported.splice(0);
});

test("a subscriber that throws holds back none", async () => {
  reported.splice(0);
  const fake = new FakeStates({ number: 1 });
  const number = fake.get<number>("number");
  const seen: number[] = [];
  number.subscribe(() => {
    throw new Error("on purpose");
  });
  number.subscribe((value) => seen.push(value));
  await turn();
  fake.change("number", 2);

  assert.deepEqual(seen, [1, 2]);
  assert.equal(reported.length, 2);
  reported.splice(0);
});

test("a write whose answer was lost is rejected, and what became of it asked for", async () => {
  const bridge = new Bridge();
  const number = createClient(bridge.window).state<number>("number");
  const ready = number.ready;
  await turn();
  bridge.down({ type: "response", id: "1", data: { version: 1, value: 1 } });
  await ready;
  const write = number.set(2);
  await turn();

  bridge.dispatch("oriel:failed", "2\n-32007 The post failed.");
  await assert.rejects(write, { code: -32007 });
  await turn();
  assert.equal(bridge.last().method, "oriel.state.open");
  bridge.down({ type: "response", id: "3", data: { version: 2, value: 2 } });
  await turn();
  assert.equal(number.get(), 2);
});

test("the events of states are not the page's", async () => {
  const bridge = new Bridge();
  const oriel = createClient(bridge.window);
  const cart = oriel.state<number>("cart");
  const names: string[] = [];
  bridge.window.addEventListener("oriel:state", () => names.push("oriel:state"));
  const ready = cart.ready;
  await turn();
  assert.deepEqual([bridge.last().method, bridge.last().data], ["oriel.state.open", { key: "cart" }]);

  bridge.down({ type: "response", id: "1", data: { version: 1, value: 1 } }, { type: "event", event: "oriel:state", data: { key: "cart", version: 2, value: 2 } });
  await ready;
  assert.equal(cart.get(), 2);
  assert.deepEqual(names, []);
  assert.throws(() => oriel.on("oriel:state", () => {}), TypeError);
});

test("a key is a string", () => {
  const oriel = createClient(new Bridge().window);
  assert.throws(() => oriel.state(1 as unknown as string), TypeError);
});
