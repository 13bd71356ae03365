import { logged, Peer } from "./world";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Rates } from "../src/events/rates";
import { Fields } from "../src/page/fields";
import { Page } from "../src/page/page";
import { Session } from "../src/session";
import { attribute, child, component, element, handler, insert, into, noAttribute, out, remove, text } from "./frames";

let peer: Peer;
let session: Session;

beforeEach(() => {
  document.body.replaceChildren();
  sessionStorage.clear();
  logged.errors.length = 0;
  peer = new Peer();
  session = new Session(peer);
  session.open({ url: "app:/", scheme: "light" });
  peer.down(["hello", { session: "s", development: false, roots: { 0: "body" }, maxMessage: 10_000 }]);
});

const apply = (...ops: unknown[][]): void => peer.down([...component(0), ...ops.flat()]);
const find = <T extends Element = HTMLElement>(selector: string): T => document.querySelector<T>(selector)!;
/** Handler, name and field of the events that were sent. */
const heard = (): unknown[][] => peer.of("event").map((event) => event.slice(0, 3));
const handlers = (): unknown[] => peer.of("event").map((event) => event[0]);

function type(element: HTMLInputElement, value: string): void {
  element.value = value;
  element.dispatchEvent(new Event("input", { bubbles: true }));
}

test("An event goes to the handlers from its target upwards", () => {
  apply(insert(0, element("div", { "on:click": 1 }, element("button", { "on:click": 2 }, element("b", {}, text("x"))))));
  find("b").click();

  assert.deepEqual(handlers(), [2, 1]);
});

test("An event goes no further than where its propagation is stopped", () => {
  apply(insert(0, element("div", { "on:click": 1 }, element("p", { __internal_stopPropagation_onclick: true }, element("b", { "on:click": 2 })))));
  find("b").click();
  apply(into(0), noAttribute(0, "__internal_stopPropagation_onclick"), out());
  find("b").click();

  assert.deepEqual(handlers(), [2, 2, 1]);
});

test("A default is prevented where that is asked for, with a handler or without", () => {
  apply(insert(0, element("a", { href: "#", __internal_preventDefault_onclick: true }, element("b"))));
  const event = new MouseEvent("click", { bubbles: true, cancelable: true });
  find("b").dispatchEvent(event);

  assert.ok(event.defaultPrevented);
  assert.deepEqual(handlers(), []);
});

test("A form that C# handles is not submitted by the browser", () => {
  apply(insert(0, element("form", { "on:submit": 1 })));
  const event = new Event("submit", { bubbles: true, cancelable: true });
  find("form").dispatchEvent(event);

  assert.ok(event.defaultPrevented);
  assert.deepEqual(heard(), [[1, "submit", null]]);
});

test("A form that nobody handles is submitted", () => {
  apply(insert(0, element("form", { "on:click": 1 })));
  const event = new Event("submit", { bubbles: true, cancelable: true });
  find("form").dispatchEvent(event);

  assert.ok(!event.defaultPrevented);
});

test("A disabled button has no clicks, not even on what is in it", () => {
  apply(insert(0, element("div", { "on:click": 1 }, element("button", { disabled: true, "on:click": 2 }, element("b")))));
  find("b").dispatchEvent(new MouseEvent("click", { bubbles: true }));

  assert.deepEqual(handlers(), [1]);
});

for (const name of ["focus", "blur", "mouseenter", "scroll", "toggle", "close", "cancel", "load", "error", "play"]) {
  test(`${name} reaches its target alone, though it does not bubble`, () => {
    apply(insert(0, element("div", { [`on:${name}`]: 1 }, element("dialog", { [`on:${name}`]: 2 }))));
    find("dialog").dispatchEvent(new Event(name));

    assert.deepEqual(handlers(), [2]);
  });
}

test("There is one listener a name", () => {
  const add = document.addEventListener;
  const names: string[] = [];
  document.addEventListener = function (this: Document, name: string, ...rest: [any, any]) {
    names.push(name);
    add.call(this, name, ...rest);
  } as typeof add;
  apply(...Array.from({ length: 20 }, (_, i) => insert(i, element("p", { "on:pointerup": i + 1, "on:wheel": i + 100 }))));
  document.addEventListener = add;

  assert.deepEqual(names, ["pointerup", "wheel"]);
});

test("A handler that was replaced or removed is not called", () => {
  apply(insert(0, element("button", { "on:click": 1 })));
  apply(handler(0, "click", 2));
  find("button").click();
  apply(noAttribute(0, "onclick"));
  find("button").click();

  assert.deepEqual(handlers(), [2]);
});

test("An event that a frame causes is sent behind it, if its handler is still there", () => {
  apply(insert(0, element("p", { "on:ping": 1 })), insert(1, element("input", { "on:ping": 2 })));
  const [first, second] = [find("p"), find("input")];
  const setAttribute = first.setAttribute;
  first.setAttribute = function (name: string, value: string) {
    first.dispatchEvent(new Event("ping", { bubbles: true }));
    second.dispatchEvent(new Event("ping", { bubbles: true }));
    assert.deepEqual(handlers(), []);
    setAttribute.call(this, name, value);
  };
  apply(attribute(0, "title", "x"), remove(1));

  assert.deepEqual(handlers(), [1]);
});

test("What a field holds goes with its events, under the component that renders it", () => {
  apply(insert(0, child(7)));
  peer.down([
    ...component(7),
    ...insert(0, element("div", { "on:change": 9 }, element("input", { "on:change": 1 }), element("input", { type: "checkbox", "on:change": 2 }), element("select", { multiple: true, "on:change": 3 }, element("option", { value: "a", selected: true }), element("option", { value: "b", selected: true })), element("input", { type: "time", "on:change": 4 }))),
  ]);
  const [plain, check, time] = [...document.querySelectorAll("input")];
  plain!.value = "x";
  check!.checked = true;
  time!.value = "10:30";
  for (const element of [plain!, check!, find("select"), time!]) {
    element.dispatchEvent(new Event("change", { bubbles: true }));
  }

  const own = peer.of("event").filter((event) => event[0] !== 9);
  assert.deepEqual(own.map((event) => event[2]), [[7, "x"], [7, true], [7, '["a","b"]'], [7, "10:30:00"]]);
  assert.deepEqual(own.map((event) => event[3]), [{ value: "x" }, { value: true }, { value: ["a", "b"] }, { value: "10:30:00" }]);
  assert.ok(peer.of("event").filter((event) => event[0] === 9).every((event) => event[2] === null));
});

test("Arguments have the members of C#'s types", () => {
  const init = { bubbles: true, ctrlKey: true, clientX: 3, button: 1, key: "a", code: "KeyA", repeat: true, deltaY: 4, pointerId: 5, pointerType: "pen", lengthComputable: true, loaded: 1, total: 2, message: "m", filename: "f", lineno: 3, colno: 4, detail: 2 };
  const events: Event[] = [new MouseEvent("click", init), new KeyboardEvent("keydown", init), new WheelEvent("wheel", init), new PointerEvent("pointerdown", init), new ProgressEvent("progress", init), new ErrorEvent("error", init), new FocusEvent("focusin", init), new Event("paste", init), new Event("custom", init)];
  apply(insert(0, element("p", Object.fromEntries(events.map((event, i) => [`on:${event.type}`, i + 1])))));
  events.forEach((event) => find("p").dispatchEvent(event));

  const args = peer.of("event").map((event) => event[3] as Record<string, unknown>);
  const pick = (index: number, ...names: string[]): unknown[] => names.map((name) => args[index]![name]);
  assert.deepEqual(pick(0, "detail", "clientX", "button", "ctrlKey", "shiftKey", "type"), [2, 3, 1, true, false, "click"]);
  assert.deepEqual(pick(1, "key", "code", "repeat", "ctrlKey", "type"), ["a", "KeyA", true, true, "keydown"]);
  assert.deepEqual(pick(2, "deltaY", "deltaMode"), [4, 0]);
  assert.deepEqual(pick(3, "pointerId", "pointerType", "clientX"), [5, "pen", 3]);
  assert.deepEqual(args[4], { lengthComputable: true, loaded: 1, total: 2, type: "progress" });
  assert.deepEqual(args[5], { message: "m", filename: "f", lineno: 3, colno: 4, type: "error" });
  assert.deepEqual(args.slice(6), [{ type: "focusin" }, { type: "paste" }, {}]);
});

test("Touches and dragged data are told as C# reads them", () => {
  const point = { identifier: 1, screenX: 2, screenY: 3, clientX: 4, clientY: 5, pageX: 6, pageY: 7, target: null };
  const touch = Object.assign(new Event("touchstart", { bubbles: true }), { touches: [point], targetTouches: [point], changedTouches: [], detail: 0, ctrlKey: false });
  const data = { dropEffect: "move", effectAllowed: "all", files: [{ name: "a.txt" }], items: [{ kind: "file", type: "text/plain", getAsFile: () => null }], types: ["Files"] };
  const drop = Object.assign(new Event("drop", { bubbles: true }), { dataTransfer: data });
  apply(insert(0, element("p", { "on:touchstart": 1, "on:drop": 2 })));
  find("p").dispatchEvent(touch);
  find("p").dispatchEvent(drop);

  const [first, second] = peer.of("event").map((event) => event[3] as Record<string, any>);
  const { target: _, ...told } = point;
  assert.deepEqual([first!["touches"], first!["changedTouches"]], [[told], []]);
  assert.deepEqual(second!["dataTransfer"], { dropEffect: "move", effectAllowed: "all", files: ["a.txt"], items: [{ kind: "file", type: "text/plain" }], types: ["Files"] });
});

test("An event type of a library is made of the browser's event", () => {
  session.events.register("customclick", { browserEventName: "click", createEventArgs: (event: Event) => ({ from: event.type }) });
  apply(insert(0, element("p", { "on:customclick": 1, "on:click": 2 }, element("b"))));
  find("b").click();

  assert.deepEqual(peer.of("event").map((event) => [event[0], event[1]]), [[2, "click"], [1, "customclick"]]);
  assert.deepEqual(peer.of("event")[1]![3], { from: "click" });
});

test("An event type may be registered when its handlers are there already, but not twice", () => {
  apply(insert(0, element("p", { "on:later": 1 })));
  session.events.register("later", { browserEventName: "click" });
  find("p").click();

  assert.deepEqual(handlers(), [1]);
  assert.throws(() => session.events.register("later", {}), /registered already/);
});

test("An event whose arguments cannot be made is reported, and the page goes on", () => {
  session.events.register("broken", { browserEventName: "click", createEventArgs: () => { throw new Error("no"); } });
  apply(insert(0, element("p", { "on:broken": 1 })));
  try {
    find("p").click();
  } catch {
    // The browser reports what a listener throws.
  }

  apply(insert(1, text("on")));
  assert.match(document.body.textContent!, /on/);
});

test("A wheel's default is prevented only by a listener that may", () => {
  const add = document.addEventListener;
  const options: unknown[] = [];
  document.addEventListener = function (this: Document, name: string, listener: any, given: any) {
    options.push([name, given.passive]);
    add.call(this, name, listener, given);
  } as typeof add;
  apply(insert(0, element("p", { "on:wheel": 1 })));
  apply(insert(0, element("p", { "on:wheel": 2, __internal_preventDefault_onwheel: true })));
  apply(insert(0, element("p", { "on:wheel": 3 })));
  document.addEventListener = add;
  document.querySelectorAll("p")[1]!.dispatchEvent(new WheelEvent("wheel", { bubbles: true }));

  assert.deepEqual(options, [["wheel", true], ["wheel", false]]);
  assert.deepEqual(handlers(), [2]);
});

test("Typing is told when it pauses, the newest only", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  apply(insert(0, element("form", { "data-oriel-debounce": "300" }, element("input", { "on:input": 1 }))));
  type(find("input"), "a");
  context.mock.timers.tick(299);
  type(find("input"), "ab");
  context.mock.timers.tick(299);
  assert.deepEqual(heard(), []);

  context.mock.timers.tick(1);

  assert.deepEqual(heard(), [[1, "input", [0, "ab"]]]);
});

test("Typing is told when the field is left, or the form submitted, at the latest", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  apply(insert(0, element("form", { "on:submit": 9 }, element("input", { "on:input": 1, "data-oriel-debounce": "blur" }))));
  const input = find<HTMLInputElement>("input");
  input.focus();
  type(input, "a");
  context.mock.timers.tick(100_000);
  assert.deepEqual(heard(), []);

  input.blur();
  type(input, "ab");
  find("form").dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));

  assert.deepEqual(heard(), [[1, "input", [0, "a"]], [1, "input", [0, "ab"]], [9, "submit", null]]);
});

test("Enter tells what was typed before it is told itself", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  apply(insert(0, element("input", { "on:input": 1, "on:keydown": 2, "data-oriel-debounce": "300" })));
  type(find("input"), "a");
  find("input").dispatchEvent(new KeyboardEvent("keydown", { key: "b", bubbles: true }));
  assert.deepEqual(handlers(), [2]);

  find("input").dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));

  assert.deepEqual(handlers(), [2, 1, 2]);
});

test("A reset forgets what was typed", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  apply(insert(0, element("form", {}, element("input", { "on:input": 1, "data-oriel-debounce": "300" }))));
  type(find("input"), "a");
  find("form").dispatchEvent(new Event("reset", { bubbles: true }));
  context.mock.timers.tick(1000);

  assert.deepEqual(heard(), []);
});

test("A throttled series is told at its pace, the last of it included", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  apply(insert(0, element("p", { "on:pointermove": 1, "data-oriel-throttle": "100" })));
  const move = (x: number): void => void find("p").dispatchEvent(new PointerEvent("pointermove", { clientX: x, bubbles: true }));
  const told = (): unknown[] => peer.of("event").map((event) => (event[3] as { clientX: number }).clientX);
  move(1);
  move(2);
  move(3);
  assert.deepEqual(told(), [1]);
  context.mock.timers.tick(100);
  assert.deepEqual(told(), [1, 3]);
  move(4);
  context.mock.timers.tick(100);
  assert.deepEqual(told(), [1, 3, 4]);
  context.mock.timers.tick(100);
  move(5);

  assert.deepEqual(told(), [1, 3, 4, 5]);
});

test("A rate that is none delays nothing, and clicks are never held back", () => {
  apply(insert(0, element("div", { "data-oriel-debounce": "soon" }, element("input", { "on:input": 1 }))), insert(1, element("button", { "on:click": 2, "data-oriel-debounce": "500" })));
  type(find("input"), "a");
  find("button").click();

  assert.deepEqual(handlers(), [1, 2]);
});

test("What waits for a field to be left is dropped with the field", () => {
  const rates = new Rates();
  const gone: Element[] = [];
  const page = new Page(new Fields(), { listen: () => undefined, forget: (element) => (gone.push(element), rates.forget(element)) });
  const root = document.body.appendChild(document.createElement("main"));
  page.addRoot(0, root);
  page.apply([...component(0), ...insert(0, element("p", {}, element("input", { "data-oriel-debounce": "blur" })))], 0, 0);
  const input = root.querySelector("input")!;
  rates.pass(input, "input", "input", () => assert.fail("The field is gone."));
  assert.equal(rates.holds(input), true);

  page.apply([...component(0), ...remove(0)], 0, 0);

  assert.deepEqual([gone.includes(input), rates.holds(input)], [true, false]);
  rates.flush();
});

test("What is held back for an element that goes is not sent", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  apply(insert(0, element("input", { "on:input": 1, "data-oriel-debounce": "300" })));
  type(find("input"), "a");
  apply(remove(0));
  context.mock.timers.tick(1000);

  assert.deepEqual(heard(), []);
});
