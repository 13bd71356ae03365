import "./world";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { closeModal, followDialogs, showModal } from "../src/widgets/dialogs";
import { handleKeys } from "../src/widgets/keys";
import { openMenu } from "../src/widgets/menus";
import { handleTooltips } from "../src/widgets/tooltips";

handleKeys(document);
handleTooltips(document);

let clicked: string[] = [];

beforeEach(() => {
  clicked = [];
});

function show(markup: string): void {
  document.body.innerHTML = markup;
  for (const button of document.querySelectorAll("button")) {
    button.addEventListener("click", () => clicked.push(button.id));
  }
}

/** Presses a key where the focus is; true if the page was kept from doing what it does. */
function press(key: string, at = 0): boolean {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
  Object.defineProperty(event, "timeStamp", { value: at });
  return !document.activeElement!.dispatchEvent(event);
}

const focus = (id: string): void => document.getElementById(id)!.focus();
const focused = (): string => document.activeElement!.id;
const stops = (): string[] => [...document.querySelectorAll<HTMLElement>("[tabindex='0']")].map((element) => element.id);

const tabs = `<div role="tablist" data-oriel-keys="tabs">
  <button role="tab" id="a" tabindex="0">A</button><button role="tab" id="b" tabindex="-1" disabled>B</button>
  <button role="tab" id="c" tabindex="-1">C</button></div><button id="after">After</button>`;

test("Arrows move between tabs, over those that cannot be chosen, and show what they reach", () => {
  show(tabs);
  focus("a");

  assert.equal(press("ArrowRight"), true);

  assert.deepEqual([focused(), clicked, stops()], ["c", ["c"], ["c"]]);
});

test("Arrows go round, Home and End to the ends", () => {
  show(tabs);
  focus("a");
  const reached = ["ArrowLeft", "ArrowRight", "End", "Home"].map((key) => (press(key), focused()));

  assert.deepEqual(reached, ["c", "a", "c", "a"]);
});

test("Other keys stay what they are", () => {
  show(tabs);
  focus("a");

  assert.deepEqual(["Tab", "ArrowDown", "x", " ", "Enter"].map((key) => press(key)), [false, false, false, false, false]);
});

const menu = `<div role="menubar" data-oriel-keys="menubar">
  <div class="o-menu-holder"><button role="menuitem" id="file" tabindex="0">File</button>
    <div role="menu" id="menu" tabindex="-1" data-oriel-keys="menu">
      <button role="menuitem" id="new" tabindex="-1">New</button><button role="menuitem" id="open" tabindex="-1">Open</button>
      <button role="menuitem" id="print" tabindex="-1">Print</button><button role="menuitemcheckbox" id="options" tabindex="-1">Options</button></div></div>
  <div class="o-menu-holder"><button role="menuitem" id="edit" tabindex="-1">Edit</button></div></div>`;

test("A menu that opens has the focus on its first item", () => {
  show(menu);
  openMenu(document.getElementById("menu"));

  assert.equal(focused(), "new");
});

test("Arrows move in a menu and choose nothing", () => {
  show(menu);
  focus("new");
  const reached = ["ArrowDown", "End", "ArrowDown", "ArrowUp"].map((key) => (press(key), focused()));

  assert.deepEqual([reached, clicked], [["open", "options", "new", "options"], []]);
});

test("Letters find an item: the same again goes on, others make a word", () => {
  show(menu);
  focus("new");
  const reached = [press("o", 1000) && focused(), press("o", 1100) && focused(), press("p", 3000) && focused(), press("o", 5000) && focused(), press("p", 5100) && focused()];

  assert.deepEqual(reached, ["open", "options", "print", "options", "options"]);
});

test("An arrow across goes from an open menu to the one beside it, which opens", () => {
  show(menu);
  focus("new");
  press("ArrowRight");

  assert.deepEqual([focused(), clicked], ["edit", ["edit"]]);
});

test("Keys with a modifier belong to the application", () => {
  show(tabs);
  focus("a");
  document.activeElement!.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", ctrlKey: true, bubbles: true }));

  assert.equal(focused(), "a");
});

test("A dialog is shown as a modal one, once", () => {
  show(`<dialog id="d"></dialog>`);
  const dialog = document.getElementById("d") as HTMLDialogElement;
  showModal(dialog);
  showModal(dialog);
  const wasOpen = dialog.open;
  closeModal(dialog);

  assert.deepEqual([wasOpen, dialog.open], [true, false]);
});

test("Escape presses the close button of a dialog, which C# hears; the dialog stays until then", () => {
  show(`<dialog id="d"><button id="close" data-oriel-close></button></dialog>`);
  const dialog = document.getElementById("d") as HTMLDialogElement;
  showModal(dialog);
  const wasKept = !dialog.dispatchEvent(new Event("cancel", { cancelable: true }));

  assert.deepEqual([wasKept, dialog.open, clicked], [true, true, ["close"]]);
});

test("A dialog that needs a decision does not go by Escape", () => {
  show(`<dialog id="d" data-oriel-open><button id="yes"></button></dialog>`);
  const dialog = document.getElementById("d") as HTMLDialogElement;
  showModal(dialog);
  dialog.dispatchEvent(new Event("cancel", { cancelable: true }));
  dialog.close();

  assert.deepEqual([dialog.open, clicked], [true, []]);
});

test("The focus goes back when a dialog is removed while it is open", () => {
  const removed: (() => void)[] = [];
  followDialogs((_element, callback) => removed.push(callback));
  show(`<button id="o1"></button><button id="other"></button><dialog id="d"><button id="inside"></button></dialog>`);
  focus("o1");
  const dialog = document.getElementById("d") as HTMLDialogElement;
  showModal(dialog);
  focus("inside");
  dialog.remove();
  (document.activeElement as HTMLElement | null)?.blur();
  removed.forEach((callback) => callback());
  assert.equal(focused(), "o1");

  focus("other");
  removed.forEach((callback) => callback());
  assert.equal(focused(), "other");
});

test("Enter tells of a field that waits until the person is done, but not the Enter of a composition", () => {
  show(`<input id="a" data-oriel-enter><input id="b">`);
  const heard: string[] = [];
  for (const kind of ["change", "keydown"]) {
    document.addEventListener(kind, (event) => heard.push(`${kind} ${(event.target as Element).id}`));
  }

  focus("a");
  press("Enter");
  press("x");
  document.activeElement!.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true } as KeyboardEventInit));
  focus("b");
  press("Enter");

  assert.deepEqual(heard, ["change a", "keydown a", "keydown a", "keydown a", "keydown b"]);
});

test("What is no dialog is left alone", () => {
  showModal(null);
  closeModal({ open: true, close: () => assert.fail("This is no dialog.") });
  openMenu("menu");
});
