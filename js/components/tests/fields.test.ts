import { Peer } from "./world";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Session } from "../src/session";
import { attribute, component, element, insert, into, noAttribute, out, setText, text } from "./frames";

let peer: Peer;
let session: Session;

beforeEach(() => {
  document.body.replaceChildren();
  peer = new Peer();
  session = new Session(peer);
  session.open({ url: "app:/", scheme: "light" });
  peer.down(["hello", { session: "s", development: false, roots: { 0: "body" }, maxMessage: 10_000 }]);
});

/** Applies ops of a frame that was written when C# had handled the message of that number. */
const applyAfter = (handled: number, ...ops: unknown[][]): void => peer.down([...component(0), ...ops.flat()], handled);
const apply = (...ops: unknown[][]): void => peer.down([...component(0), ...ops.flat()]);
const input = (): HTMLInputElement => document.querySelector("input")!;
const lastEvent = (): number => peer.sent.filter((message) => message[2] === "event").at(-1)![0];

function fire(element: Element, name: string): void {
  element.dispatchEvent(new Event(name, { bubbles: name !== "blur" }));
}

function type(value: string): void {
  input().value = value;
  fire(input(), "input");
}

test("An answer older than the last keystroke does not overwrite it, the newest does", () => {
  apply(insert(0, element("input", { value: "", "on:input": 1 })));
  type("a");
  const first = lastEvent();
  type("ab");
  const second = lastEvent();

  applyAfter(first, attribute(0, "value", "A"));
  assert.equal(input().value, "ab");

  applyAfter(second, attribute(0, "value", "AB"));
  assert.equal(input().value, "AB");
});

test("What C# wanted before it knew of an edit is not brought back by leaving the field", () => {
  apply(insert(0, element("input", { value: "", "on:input": 1 })));
  type("a");
  const first = lastEvent();
  type("ab");
  applyAfter(first, attribute(0, "value", "A"));
  applyAfter(lastEvent(), insert(1, text("x")));
  fire(input(), "blur");

  assert.equal(input().value, "ab");
});

test("What is being typed is not overwritten though C# knows nothing of it; leaving the field without a change brings it", () => {
  apply(insert(0, element("input", { value: "" })));
  type("ab");
  apply(attribute(0, "value", "from a timer"));
  assert.equal(input().value, "ab");

  fire(input(), "blur");

  assert.equal(input().value, "from a timer");
});

test("A change that C# is told of stands against what was put off", () => {
  apply(insert(0, element("input", { value: "", "on:change": 1 })));
  type("ab");
  apply(attribute(0, "value", "old"));
  fire(input(), "change");
  fire(input(), "blur");
  assert.equal(input().value, "ab");

  apply(attribute(0, "value", "AB"));
  assert.equal(input().value, "AB");
});

test("A key that is told keeps what is typed until the change", () => {
  apply(insert(0, element("input", { value: "", "on:change": 1, "on:keydown": 2 })));
  type("ab");
  input().dispatchEvent(new KeyboardEvent("keydown", { key: "c", bubbles: true }));
  apply(attribute(0, "value", "x"));

  assert.equal(input().value, "ab");
});

test("What is held back for a pause is not overwritten", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  apply(insert(0, element("input", { value: "", "on:input": 1, "data-oriel-debounce": "300" })));
  type("ab");
  apply(attribute(0, "value", "x"));
  assert.equal(input().value, "ab");

  context.mock.timers.tick(300);
  apply(attribute(0, "value", "AB"));

  assert.equal(input().value, "AB");
});

test("A composition is not interrupted", () => {
  apply(insert(0, element("input", { value: "", "on:input": 1 })));
  fire(input(), "compositionstart");
  type("に");
  apply(attribute(0, "value", "NI"));
  assert.equal(input().value, "に");

  fire(input(), "compositionend");

  assert.equal(input().value, "NI");
});

test("A check mark that C# has not heard of yet is kept, and so are other attributes changed", () => {
  apply(insert(0, element("input", { type: "checkbox", "on:change": 1 })));
  input().checked = true;
  fire(input(), "input");
  fire(input(), "change");
  applyAfter(0, noAttribute(0, "checked"), attribute(0, "title", "t"));
  assert.deepEqual([input().checked, input().title], [true, "t"]);

  apply(noAttribute(0, "checked"));

  assert.equal(input().checked, false);
});

test("A check mark that no handler takes is C#'s again at once", () => {
  apply(insert(0, element("input", { type: "checkbox" })));
  input().checked = true;
  fire(input(), "input");
  fire(input(), "change");
  apply(noAttribute(0, "checked"));

  assert.equal(input().checked, false);
});

test("An old answer does not change which radio button is chosen", () => {
  const radio = (value: string, id: number): unknown[] => element("input", { type: "radio", name: "r", value, "on:change": id });
  apply(insert(0, radio("a", 1)), insert(1, radio("b", 2)), insert(2, radio("c", 3)));
  const [a, b, c] = [...document.querySelectorAll("input")];
  const choose = (radio: HTMLInputElement): void => {
    radio.checked = true;
    fire(radio, "input");
    fire(radio, "change");
  };
  choose(b!);
  const first = lastEvent();
  choose(c!);
  applyAfter(first, attribute(1, "checked", true));
  assert.deepEqual([a!.checked, b!.checked, c!.checked], [false, false, true]);

  apply(noAttribute(1, "checked"), attribute(0, "checked", true));

  assert.deepEqual([a!.checked, b!.checked, c!.checked], [true, false, false]);
});

test("The choice of a person survives options that change", () => {
  const options = ["a", "b"].map((name) => element("option", { value: name }));
  apply(insert(0, element("select", { value: "a", "on:change": 1 }, ...options)));
  const select = document.querySelector("select")!;
  select.value = "b";
  fire(select, "input");
  fire(select, "change");
  apply(into(0), insert(0, element("option", { value: "0", selected: true })), out());

  assert.equal(select.value, "b");
});

test("The caret stays where it is in a text that C# changes", () => {
  apply(insert(0, element("input", { value: "abcdef" })));
  input().focus();
  input().setSelectionRange(1, 3);
  apply(attribute(0, "value", "ABCDEF"));
  assert.deepEqual([input().selectionStart, input().selectionEnd], [1, 3]);

  input().setSelectionRange(6, 6);
  apply(attribute(0, "value", "ABCDEFGH"));

  assert.equal(input().selectionStart, 8);
});

test("A value that is the same is not set again", () => {
  apply(insert(0, element("input", { value: "a" })));
  let sets = 0;
  const own = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")!;
  Object.defineProperty(input(), "value", { get: () => own.get!.call(input()), set: () => sets++, configurable: true });
  apply(attribute(0, "value", "a"));

  assert.equal(sets, 0);
});

test("A window that loses the focus takes nothing from its field", () => {
  apply(insert(0, element("input", { value: "" })));
  input().focus();
  type("ab");
  apply(attribute(0, "value", "x"));
  // A browser says that the active element is blurred, and leaves it active.
  fire(input(), "blur");

  assert.equal(input().value, "ab");
});

test("A limit that comes later than the value does not cut it off", () => {
  apply(insert(0, element("input", { type: "text", maxlength: "3", value: "12" })));
  apply(attribute(0, "type", "search"), attribute(0, "maxlength", "9"));

  assert.equal(input().value, "12");
});

test("Fields that a person has edited are known until C# sets them", () => {
  apply(insert(0, element("input", { value: "", "on:input": 1 })), insert(1, element("textarea")));
  type("ab");
  assert.deepEqual([...session.fields.edited()], [input()]);

  apply(attribute(0, "value", "AB"));

  assert.deepEqual([...session.fields.edited()], []);
});

test("Texts around a field change while it is edited", () => {
  apply(insert(0, element("label", {}, text("0"), element("input", { value: "", "on:input": 1 }))));
  input().focus();
  type("ab");
  applyAfter(0, into(0), setText(0, "1"), attribute(1, "value", "x"), out());

  assert.equal(document.querySelector("label")!.textContent, "1");
  assert.equal(input().value, "ab");
  assert.equal(document.activeElement, input());
});

test("A form that is reset takes the values of C# again", () => {
  apply(insert(0, element("form", {}, element("input", { value: "" }))));
  type("ab");
  fire(document.querySelector("form")!, "reset");
  apply(into(0), attribute(0, "value", "x"), out());

  assert.equal(input().value, "x");
});
