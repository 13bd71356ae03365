import "./world";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Fields } from "../src/page/fields";
import { keep, watch } from "../src/recovery";

let fields: Fields;

beforeEach(() => {
  document.body.innerHTML = '<form id="order"><input id="name"><input id="secret" type="password"></form>';
  sessionStorage.clear();
  fields = new Fields();
  fields.follow(document);
  watch(fields);
});

const field = (id: string) => document.getElementById(id) as HTMLInputElement;

function type(id: string, text: string): void {
  field(id).value = text;
  field(id).dispatchEvent(new Event("input", { bubbles: true }));
}

function kept(): string[] {
  keep();
  const { kept } = JSON.parse(sessionStorage.getItem("oriel.ui.fields") ?? '{"kept":[]}') as { kept: { value: string }[] };
  return kept.map(({ value }) => value);
}

test("what a person filled in is kept when their form was sent and C# did not take it", () => {
  type("name", "Ada");
  type("secret", "1234");
  document.forms[0]!.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  assert.deepEqual(kept(), ["Ada"]);
});

test("what C# has set is kept no longer", () => {
  type("name", "Ada");
  fields.told(field("name"), 1);
  fields.handled = 1;
  fields.set(field("name"), "value", "");
  assert.deepEqual(kept(), []);
});

test("what C# has removed is kept no longer", () => {
  type("name", "Ada");
  field("name").remove();
  assert.deepEqual(kept(), []);
});
