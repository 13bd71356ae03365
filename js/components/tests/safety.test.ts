import { logged } from "./world";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Fields } from "../src/page/fields";
import { Page } from "../src/page/page";
import { attribute, child, component, define, element, handler, insert, into, markup, move, noAttribute, out, remove, setMarkup, setText, template, text, use } from "./frames";

let page: Page;

beforeEach(() => {
  document.body.replaceChildren();
  logged.warnings.length = 0;
  page = new Page(new Fields(), { listen: () => undefined });
  page.addRoot(0, document.body);
  apply(insert(0, element("div", {}, text("a"), element("p"))));
});

function apply(...ops: unknown[][]): void {
  page.apply([...component(0), ...ops.flat()], 0, 0);
}

const nested = (depth: number): unknown[] => (depth === 0 ? text("x") : element("i", {}, nested(depth - 1)));

const unfit: Record<string, () => unknown[][]> = {
  "an unknown component": () => [component(9)],
  "a component that is there already": () => [insert(0, child(0))],
  "an index beyond the children to insert at": () => [insert(2, text("x"))],
  "an index beyond the children to remove": () => [remove(1)],
  "an index beyond the children to enter": () => [into(1)],
  "the attribute of a text": () => [into(0), attribute(0, "title", "x")],
  "the children of a text": () => [into(0), into(0)],
  "the text of an element": () => [setText(0, "x")],
  "the markup of an element": () => [setMarkup(0, "x")],
  "more leaving than entering": () => [into(0), out(), out()],
  "an unknown operation": () => [[15]],
  "an operation that is no number": () => [["1"]],
  "a negative index": () => [[1, -1, 2, "x"]],
  "an index that is no integer": () => [[1, 0.5, 2, "x"]],
  "an unknown kind of node": () => [[1, 0, 9]],
  "an end in the middle": () => [[1, 0, 1, "p", 1, "title"]],
  "a count beyond the message": () => [[1, 0, 1, "p", 1_000_000_000]],
  "an unknown name": () => [[1, 0, 1, 99, 0, 0, 0, 0]],
  "an unknown string": () => [setText(0, 3)],
  "a string that is none": () => [into(0), setText(0, { a: 1 })],
  "the name of an impossible element": () => [insert(0, element("a b"))],
  "the name of an impossible attribute": () => [attribute(0, "a b", "x")],
  "a handler without a name": () => [handler(0, "", 1)],
  "a move beyond the children": () => [into(0), move([1, 0, 2, 1])],
  "a move that is no order": () => [into(0), move([0, 1, 1, 1])],
  "a move to a place twice": () => [into(0), move([0, 1, 1, 1], [1, 1, 1, 1])],
  "a move to in front of the first": () => [into(0), move([0, 0, 2, -1])],
  "a move with another step": () => [into(0), move([0, 0, 1, 2])],
  "an unknown template": () => [[1, 0, ...use(0)]],
  "a slot that is not filled": () => [template(text(null as never)), [1, 0, ...use(0)]],
  "a slot outside of a template": () => [insert(0, text(null as never))],
  "a template in a template": () => [template(text("x")), template(use(0))],
  "a template of too many nodes": () => [template(element("p", {}, ...Array.from({ length: 512 }, () => text(""))))],
  "too many templates": () => Array.from({ length: 257 }, () => template(text(""))),
  "a string for the table that is too long": () => [define("x".repeat(257))],
  "too many strings": () => Array.from({ length: 4097 }, () => define("x")),
  "elements nested too deep": () => [insert(0, nested(600))],
};

for (const [what, ops] of Object.entries(unfit)) {
  test(`A frame does not fit with ${what}`, () => {
    assert.throws(() => apply(...ops()));
  });
}

test("A frame has to begin with a component", () => {
  assert.throws(() => page.apply(insert(0, text("x")), 0, 0), /outside of a component/);
});

for (const [name, value] of [
  ["href", "javascript:alert(1)"],
  ["href", " \n\tJava\nScript\t:alert(1)"],
  ["href", "\u0001javascript:alert(1)"],
  ["href", "vbscript:x"],
  ["src", "data:text/html,<script>alert(1)</script>"],
  ["action", "javascript:alert(1)"],
  ["formaction", "JAVASCRIPT:alert(1)"],
  ["data", "data:text/html;base64,AAAA"],
  ["xlink:href", "javascript:alert(1)"],
  ["values", "/a; javascript:alert(1)"],
  ["to", "javascript:alert(1)"],
  ["attributeName", "xlink:href"],
  ["srcdoc", "<p>"],
  ["onclick", "alert(1)"],
  ["ONERROR", "alert(1)"],
] as const) {
  test(`The attribute ${name}=${JSON.stringify(value)} is refused, new, changed and in markup`, () => {
    apply(insert(0, element("a", { [name]: value })), insert(1, markup(`<b ${name}='${value}'></b>`)), attribute(2, name, "/fine"), attribute(2, name, value), template(element("i", { [name]: null })), [1, 3, ...use(0, value)]);

    for (const tag of ["a", "b", "div", "i"]) {
      assert.deepEqual([...document.querySelector(tag)!.attributes].map((attribute) => attribute.value), [], tag);
    }
  });
}

test("Addresses that only look like such are set", () => {
  apply(insert(0, element("a", { href: "/javascript:x" })), insert(1, element("img", { src: "data:image/png;base64,AA" })), insert(2, element("a", { title: "javascript:x", href: "https://a.example/?javascript:" })));

  assert.deepEqual([...document.querySelectorAll("a,img")].map((element) => element.attributes.length), [1, 1, 2]);
});

for (const tag of ["iframe", "frame", "object", "embed", "a", "area"]) {
  for (const address of ["data:image/svg+xml,<svg/>", " DA\nTA:text/xml,x", "data:application/xml,x", "data:,x"]) {
    test(`A ${tag} is given no document of ${JSON.stringify(address)}, which could run scripts`, () => {
      const name = tag === "object" ? "data" : tag.startsWith("a") ? "href" : "src";
      apply(insert(0, element(tag, { [name]: address })));

      assert.equal(document.querySelector(tag)!.attributes.length, 0);
    });
  }
}

test("A form is sent to no document of an address, by its buttons neither", () => {
  apply(insert(0, element("form", { action: "data:image/svg+xml,x" }, element("button", { formaction: "data:text/xml,x" }))));

  assert.deepEqual([...document.querySelectorAll("form,button")].map((item) => item.attributes.length), [0, 0]);
});

test("Images stay what they are in SVG and as a poster", () => {
  apply(insert(0, element("video", { poster: "data:image/svg+xml,x" })), insert(1, element("svg", {}, element("image", { href: "data:image/svg+xml,x" }))));

  assert.deepEqual([...document.querySelectorAll("video,image")].map((item) => item.attributes.length), [1, 1]);
});

for (const name of ["script", "x:script", "svg:SCRIPT"]) {
  test(`A <${name}> in SVG is one of HTML that has been started already`, () => {
    apply(insert(0, element("svg", {}, element(name, {}, text("globalThis.ran = 2")))));

    const script = document.querySelector("svg")!.firstElementChild!;
    assert.deepEqual([script.localName, script.namespaceURI], ["script", "http://www.w3.org/1999/xhtml"]);
  });
}

test("A person who writes a component is told what is not set, once a name", () => {
  apply(insert(0, element("a", { onfocus: "x" })), insert(0, element("a", { onfocus: "y" })));

  assert.equal(logged.warnings.length, 1);
  assert.match(String(logged.warnings[0]![0]), /"onfocus" of <a>/);
});

test("Scripts of markup are taken out, in templates and SVG, too; data stays", () => {
  apply(
    insert(0, markup("<script>globalThis.ran = 1</script><svg><script>globalThis.ran = 1</script></svg>")),
    insert(0, markup("<template><script>x</script></template>")),
    insert(1, markup('<script type="application/json">{"a":1}</script>')),
  );

  const scripts = [...document.querySelectorAll("script")];
  assert.deepEqual(scripts.map((script) => script.type), ["application/json"]);
  assert.equal(document.querySelector("template")!.content.childNodes.length, 0);
  assert.equal((globalThis as Record<string, unknown>)["ran"], undefined);
});

test("Attributes go as they came, the refused ones included", () => {
  apply(attribute(0, "href", "javascript:x"), noAttribute(0, "href"));

  assert.equal(document.querySelector("div")!.attributes.length, 0);
});
