import assert from "node:assert/strict";
import { test } from "node:test";
import type { PatchOperation } from "../src/api";
import { applyPatch } from "../src/client/patch";

const value = { name: "Ada", items: [{ n: 1 }, { n: 2 }], "a/b": { "~": 1 } };

const cases: [PatchOperation[], unknown][] = [
  [[{ op: "replace", path: "/name", value: "Grace" }], { ...value, name: "Grace" }],
  [[{ op: "replace", path: "/items/1/n", value: 3 }], { ...value, items: [{ n: 1 }, { n: 3 }] }],
  [[{ op: "add", path: "/items/0", value: 0 }], { ...value, items: [0, { n: 1 }, { n: 2 }] }],
  [[{ op: "add", path: "/items/-", value: 3 }], { ...value, items: [{ n: 1 }, { n: 2 }, 3] }],
  [[{ op: "remove", path: "/items/0" }], { ...value, items: [{ n: 2 }] }],
  [[{ op: "remove", path: "/name" }], { items: value.items, "a/b": value["a/b"] }],
  [[{ op: "replace", path: "/a~1b/~0", value: 2 }], { ...value, "a/b": { "~": 2 } }],
  [[{ op: "add", path: "/new", value: null }], { ...value, new: null }],
  [[{ op: "replace", path: "", value: 1 }], 1],
  [[], value],
];

for (const [patch, expected] of cases) {
  test(`${JSON.stringify(patch)} is applied`, () => {
    const before = structuredClone(value);
    assert.deepEqual(applyPatch(value, patch), expected);
    assert.deepEqual(value, before);
  });
}

for (const path of ["/missing/x", "/items/2", "/items/01", "/items/-1", "/items/x", "/items/length", "/name/0", "name", "/constructor/x", "/toString/x", "/__proto__/x", "/items/__proto__"]) {
  test(`a path that leads nowhere is refused: ${path}`, () => {
    assert.throws(() => applyPatch(value, [{ op: "replace", path, value: 1 }]), TypeError);
  });
}

test("a member named __proto__ is a member, and no prototype is reached", () => {
  const changed = applyPatch({}, [
    { op: "add", path: "/__proto__", value: { polluted: true } },
    { op: "add", path: "/__proto__/more", value: 1 },
    { op: "add", path: "/constructor", value: {} },
    { op: "add", path: "/constructor/prototype", value: { polluted: true } },
  ]) as object;

  assert.equal(Object.getPrototypeOf(changed), Object.prototype);
  assert.equal(JSON.stringify(changed), `{"__proto__":{"polluted":true,"more":1},"constructor":{"prototype":{"polluted":true}}}`);
  assert.equal(({} as { polluted?: boolean }).polluted, undefined);
  assert.equal(JSON.stringify(applyPatch(changed, [{ op: "remove", path: "/__proto__" }])), `{"constructor":{"prototype":{"polluted":true}}}`);
});
