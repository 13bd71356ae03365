import assert from "node:assert/strict";
import { test } from "node:test";
import { failureOf } from "../src/errors";
import { crumbsOf, fileAddress } from "../src/files/paths";
import { jsonTokens, prettyJson, summarize } from "../src/json-text";

test("Every_segment_of_a_file_address_is_encoded", () => {
  assert.equal(fileAddress("/home/a b/50%#?.txt"), "files://local/home/a%20b/50%25%23%3F.txt");
  assert.equal(fileAddress("/back\\slash"), "files://local/back%5Cslash");
  assert.equal(fileAddress("C:\\Users\\ä.txt"), "files://local/C%3A/Users/%C3%A4.txt");
});

test("Crumbs_lead_from_the_root_to_the_folder", () => {
  assert.deepEqual(crumbsOf("/").map(({ path }) => path), ["/"]);
  assert.deepEqual(crumbsOf("/home/ada/").map(({ path }) => path), ["/", "/home", "/home/ada"]);
  assert.deepEqual(crumbsOf("C:\\Users\\ada").map(({ path }) => path), ["C:\\", "C:\\Users", "C:\\Users\\ada"]);
});

test("Pretty_JSON_is_the_same_value", () => {
  const value = { list: [1, -2.5e10, "a\"b", null, true], empty: {}, none: [], deep: [{ a: { b: [[]] } }], long: "x".repeat(80) };
  assert.deepEqual(JSON.parse(prettyJson(value)), value);
  assert.equal(prettyJson(undefined), "undefined");
});

test("Short_lists_of_simple_values_stay_on_one_line", () => {
  assert.equal(prettyJson({ numbers: [1, 2, 3] }), '{\n  "numbers": [1, 2, 3]\n}');
  assert.equal(prettyJson({ a: 19, b: 23 }), '{ "a": 19, "b": 23 }');
});

test("The_tokens_of_JSON_are_its_text", () => {
  const json = prettyJson({ "ke\\y": ["va:lue", -1.5e-3, true, null], n: { m: "\"" } });
  assert.equal(jsonTokens(json).map(({ text }) => text).join(""), json);
  assert.deepEqual(
    jsonTokens('{"a": "b", "c": [1, null]}').filter(({ kind }) => kind !== "plain").map(({ kind }) => kind),
    ["key", "string", "key", "number", "literal"],
  );
});

test("A_summary_is_cut_without_writing_the_rest", () => {
  let read = 0;
  const item = { get padding(): string { read++; return "x".repeat(50); } };
  const text = summarize(Array.from({ length: 1000 }, () => item), 100);
  assert.ok(text.length <= 110 && text.endsWith("…"), text);
  assert.ok(read <= 3);
  assert.equal(summarize({ a: [1, "two"], b: {} }, 100), '{ "a": [1, "two"], "b": {} }');
});

test("A_failure_is_read_from_whatever_was_thrown", () => {
  const error = Object.assign(new Error("No such process."), { name: "OrielError", code: -32602, data: { pid: 7 } });
  assert.deepEqual(failureOf(error), { name: "OrielError", message: "No such process.", code: -32602, data: { pid: 7 } });
  assert.deepEqual(failureOf("bad"), { name: "Error", message: "bad" });
  assert.deepEqual(failureOf(new DOMException("Stopped.", "AbortError")), { name: "AbortError", message: "Stopped." });
});
