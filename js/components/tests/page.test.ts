import "./world";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Fields } from "../src/page/fields";
import type { ElementNode } from "../src/page/nodes";
import { Page } from "../src/page/page";
import { attribute, child, component, define, element, gone, handler, insert, into, markup, move, noAttribute, out, remove, setMarkup, setText, template, text, use } from "./frames";

let page: Page;
let listened: ElementNode[];

beforeEach(() => {
  document.body.replaceChildren();
  document.head.replaceChildren();
  listened = [];
  page = new Page(new Fields(), { listen: (node) => void listened.push(node) });
  page.addRoot(0, document.body);
});

/** Applies ops to the children of the root. */
function apply(...ops: unknown[][]): void {
  page.apply([...component(0), ...ops.flat()], 0, 0);
}

/** The page without the comments that mark places. */
const html = (of: Element = document.body): string => of.innerHTML.replace(/<!---->/g, "");

test("Elements, texts and markup are inserted where the index says", () => {
  apply(insert(0, element("p", { class: "a" }, text("one"))), insert(0, text("<b>")), insert(1, markup("<i>x</i>y")));

  assert.equal(html(), '&lt;b&gt;<i>x</i>y<p class="a">one</p>');
});

test("A text that looks like markup stays a text", () => {
  apply(insert(0, element("p", { title: '"><script>' }, text("<script>alert(1)</script>"))));

  assert.equal(document.querySelectorAll("script").length, 0);
  assert.equal(document.querySelector("p")!.textContent, "<script>alert(1)</script>");
  assert.equal(document.querySelector("p")!.title, '"><script>');
});

test("Components fill their places in any order", () => {
  apply(insert(0, child(2)), insert(1, element("hr")), insert(2, child(3)), insert(3, child(4)));
  page.apply([...component(4), ...insert(0, text("4")), ...component(3), ...insert(0, child(5)), ...component(2), ...insert(0, text("2"))], 0, 0);
  page.apply([...component(5), ...insert(0, text("5")), ...insert(1, text("6"))], 0, 0);

  assert.equal(html(), "2<hr>564");
});

test("A thousand empty components are filled in their order", () => {
  apply(...Array.from({ length: 1000 }, (_, i) => insert(i, child(i + 2))));
  const order = Array.from({ length: 1000 }, (_, i) => (i * 7) % 1000);
  page.apply(order.flatMap((i) => [...component(i + 2), ...insert(0, text(`${i} `))]), 0, 0);

  assert.equal(document.body.textContent, Array.from({ length: 1000 }, (_, i) => `${i} `).join(""));
});

test("Edits reach into elements and out again", () => {
  apply(insert(0, element("ul", {}, element("li", {}, text("a")), element("li", {}, text("b")))));
  apply(into(0), into(1), setText(0, "B"), out(), into(0), setText(0, "A"), insert(1, element("b")), out(), remove(1), out(), insert(1, text("end")));

  assert.equal(html(), "<ul><li>A<b></b></li></ul>end");
});

test("Removing a component removes all of its nodes", () => {
  apply(insert(0, child(2)), insert(1, element("hr")));
  page.apply([...component(2), ...insert(0, text("a")), ...insert(1, child(3)), ...component(3), ...insert(0, markup("<i></i><b></b>"))], 0, 0);
  apply(remove(0), gone(2, 3));

  assert.equal(html(), "<hr>");
});

test("A component that is gone cannot be changed", () => {
  apply(insert(0, child(2)));
  apply(remove(0), gone(2));

  assert.throws(() => page.apply([...component(2), ...insert(0, text("x"))], 0, 0), /component 2/);
});

test("Markup is replaced, and may have no node", () => {
  apply(insert(0, markup("<i></i>a")), insert(1, element("hr")));
  apply(setMarkup(0, ""));
  assert.equal(html(), "<hr>");

  apply(setMarkup(0, "<u>x</u>"));

  assert.equal(html(), "<u>x</u><hr>");
});

test("Attributes are set, changed and removed", () => {
  apply(insert(0, element("button", { disabled: true, title: "a" })));
  const button = document.querySelector("button")!;
  assert.ok(button.disabled);

  apply(noAttribute(0, "disabled"), attribute(0, "title", "b"));

  assert.equal(html(), '<button title="b"></button>');
});

test("Styles are set by the object model, which a strict policy allows", () => {
  const texts: string[] = [];
  const style = Object.getPrototypeOf(document.body.style) as CSSStyleDeclaration;
  const original = Object.getOwnPropertyDescriptor(style, "cssText")!;
  Object.defineProperty(style, "cssText", {
    ...original,
    set(value: string) {
      texts.push(value);
      original.set!.call(this, value);
    },
  });
  try {
    apply(insert(0, element("p", { style: "color: red" })), insert(1, markup('<i style="color: blue"></i>')));
  } finally {
    Object.defineProperty(style, "cssText", original);
  }

  assert.deepEqual(texts, ["color: red", "color: blue"]);
  assert.equal(document.querySelector("p")!.style.color, "red");
});

test("Strings that were defined stand for themselves by number", () => {
  apply(define("hello"), insert(0, text("x")), setText(0, 0), insert(1, element("p", { title: 0 })));

  assert.equal(html(), 'hello<p title="hello"></p>');
});

test("Names are known by number from their second use on", () => {
  apply(insert(0, element("p", { title: "a" })), [1, 1, 1, 0, 1, 1, "b", 0, 0, 0]);

  assert.equal(html(), '<p title="a"></p><p title="b"></p>');
});

test("A template is filled at each use", () => {
  const row = element("tr", { class: "row", title: null, "on:click": null, ref: null }, element("td", {}, text(null as never)), [4, null], element("td", {}, text("same"), markup(null as never)));
  apply(insert(0, element("table", {}, element("tbody"))), template(row), into(0), into(0), [1, 0, ...use(0, "t1", 11, "r1", "one", 5, "<b></b>")], [1, 1, ...use(0, "t2", 12, "r2", "two", 6, "")]);
  page.apply([...component(6), ...insert(0, element("th"))], 0, 0);

  assert.equal(
    html(document.querySelector("tbody")!),
    '<tr class="row" title="t1"><td>one</td><td>same<b></b></td></tr><tr class="row" title="t2"><td>two</td><th></th><td>same</td></tr>',
  );
  assert.equal(page.reference("r2"), document.querySelectorAll("tr")[1]);
  assert.deepEqual(listened.map((node) => node.handlers!.get("click")), [11, 12]);
});

test("Edits reach into what a template made", () => {
  apply(template(element("p", {}, markup("<i></i><u></u>"), text(null as never))), [1, 0, ...use(0, "a")], [1, 1, ...use(0, "b")]);
  apply(into(1), setText(1, "B"), setMarkup(0, "<s></s>"), out(), into(0), remove(0), out());

  assert.equal(html(), "<p>a</p><p><s></s>B</p>");
});

test("SVG and MathML elements are of their namespaces, in templates, too", () => {
  const svg = "http://www.w3.org/2000/svg";
  apply(insert(0, element("svg", { viewBox: "0 0 1 1" }, element("foreignObject", {}, element("p")), element("a", { "xlink:href": "/x" }), markup("<circle r='1'></circle>"))), insert(1, element("math", {}, element("mi"))));
  apply(template(element("circle", { r: null })), into(0), [1, 3, ...use(0, "2")], out(), [1, 2, ...use(0, "3")]);

  const [first, second, ...others] = [...document.querySelectorAll("circle")];
  assert.deepEqual([first!.namespaceURI, second!.namespaceURI, others.length], [svg, svg, 1]);
  assert.equal(others[0]!.namespaceURI, "http://www.w3.org/1999/xhtml");
  assert.equal(document.querySelector("p")!.namespaceURI, "http://www.w3.org/1999/xhtml");
  assert.equal(document.querySelector("mi")!.namespaceURI, "http://www.w3.org/1998/Math/MathML");
  assert.equal(document.querySelector("svg")!.getAttribute("viewBox"), "0 0 1 1");
  assert.equal(document.querySelector("svg a")!.getAttributeNS("http://www.w3.org/1999/xlink", "href"), "/x");
});

test("Children of a template element go into its content", () => {
  apply(insert(0, element("template", {}, element("p"))));

  assert.equal(document.querySelector("template")!.content.childNodes.length, 1);
});

test("Children are moved to an order of theirs, those of components included", () => {
  apply(...["a", "b", "c"].map((letter, i) => insert(i, element(letter))), insert(3, child(2)), insert(4, text("e")));
  page.apply([...component(2), ...insert(0, element("d")), ...insert(1, element("dd"))], 0, 0);
  const nodes = new Map([...document.body.children].map((node) => [node.localName, node]));
  apply(move([0, 4, 5, -1]));
  assert.equal(html(), "e<d></d><dd></dd><c></c><b></b><a></a>");

  apply(move([0, 1, 1, 1], [1, 0, 1, 1]), setText(1, "E"));

  assert.equal(html(), "<d></d><dd></dd>E<c></c><b></b><a></a>");
  assert.ok([...document.body.children].every((node) => nodes.get(node.localName) === node));
});

test("A move touches only the nodes that must move", () => {
  apply(...Array.from({ length: 100 }, (_, i) => insert(i, element("p", { id: `p${i}` }))));
  let moves = 0;
  const original = document.body.insertBefore;
  document.body.insertBefore = function <T extends Node>(node: T, before: Node | null): T {
    moves++;
    return original.call(this, node, before) as T;
  };
  apply(move([99, 0, 1, 1], [0, 1, 99, 1]));
  document.body.insertBefore = original;

  assert.equal(moves, 1);
  assert.equal(document.body.firstElementChild!.id, "p99");
});

test("A moved row with the focus stays where it is, the others go around it", () => {
  apply(...Array.from({ length: 5 }, (_, i) => insert(i, element("p", {}, element("input", { id: `i${i}` })))));
  const input = document.getElementById("i2") as HTMLInputElement;
  input.focus();
  let blurs = 0;
  input.addEventListener("blur", () => blurs++);
  apply(move([0, 4, 5, -1]));
  apply(move([0, 1, 4, 1], [4, 0, 1, 1]));

  assert.deepEqual([...document.querySelectorAll("input")].map((element) => element.id), ["i0", "i4", "i3", "i2", "i1"]);
  assert.equal(document.activeElement, input);
  assert.equal(blurs, 0);
});

test("A row keeps how far it was scrolled when it is moved", () => {
  apply(...Array.from({ length: 3 }, (_, i) => insert(i, element("p", { id: `p${i}` }))));
  const row = document.getElementById("p2")!;
  row.scrollTop = 40;
  row.dispatchEvent(new Event("scroll"));
  const original = document.body.insertBefore;
  let moves = 0;
  document.body.insertBefore = function <T extends Node>(node: T, before: Node | null): T {
    moves += node === (row as Node) ? 1 : 0;
    // As browsers do with what leaves the document for a moment.
    (node as unknown as Element).scrollTop = 0;
    return original.call(this, node, before) as T;
  };
  apply(move([0, 2, 3, -1]));
  document.body.insertBefore = original;

  assert.equal(moves, 1);
  assert.equal(row.scrollTop, 40);
});

test("A modal dialog is closed, not only hidden", () => {
  apply(insert(0, element("dialog", { open: true })));
  const dialog = document.querySelector("dialog")!;
  let closed = 0;
  dialog.close = () => void closed++;
  dialog.matches = ((selector: string) => selector === ":modal") as typeof dialog.matches;
  apply(noAttribute(0, "open"));

  assert.equal(closed, 1);
});

test("A popup that was moved to the body stays a part of its component", () => {
  apply(insert(0, element("div", {}, element("span"), element("section", {}, text("popup")), element("b"))));
  const popup = document.querySelector("section")!;
  document.body.append(popup);
  apply(into(0), insert(1, element("i")), into(2), setText(0, "changed"), out(), out());
  assert.equal(document.querySelector("div")!.innerHTML, "<span></span><i></i><b></b>");
  assert.equal(popup.textContent, "changed");

  apply(remove(0));

  assert.equal(html(), "");
});

test("What a library has added is left alone", () => {
  apply(insert(0, element("div", {}, element("p"))));
  const foreign = document.createElement("aside");
  document.querySelector("div")!.prepend(foreign);
  document.body.append(document.createElement("footer"));
  apply(into(0), remove(0), insert(0, element("u")), out(), insert(1, element("hr")));

  assert.equal(html(), "<div><aside></aside><u></u></div><hr><footer></footer>");
});

test("References last as long as their elements", () => {
  apply(insert(0, element("div", {}, element("p", { ref: "r" }))));
  assert.equal(page.reference("r"), document.querySelector("p"));

  apply(remove(0));

  assert.equal(page.reference("r"), undefined);
});

test("Who watches an element is told when a frame has removed it", () => {
  apply(insert(0, element("div", {}, element("p"))));
  let seen = "";
  page.onRemoved(document.querySelector("p")!, () => (seen += html() + "!"));
  apply(remove(0));

  assert.equal(seen, "!");
});

test("Handlers are replaced, and go by their attribute's name or as ids", () => {
  apply(insert(0, element("dialog", { open: true, "on:click": 5, "on:close": 6, "on:open": 7 })));
  const node = listened[0]!;
  apply(handler(0, "click", 8), noAttribute(0, "onclose"), noAttribute(0, "open"));
  assert.deepEqual([...node.handlers!], [["click", 8], ["open", 7]]);

  page.apply([12, 3, 5, 6, 7], 0, 0);

  assert.deepEqual([...node.handlers!], [["click", 8]]);
});

test("The value of a select is one of options that come after it", () => {
  apply(insert(0, element("select", { value: "b" }, child(2))));
  page.apply([...component(2), ...insert(0, element("option", { value: "a" })), ...insert(1, element("option", { value: "b" }))], 0, 0);
  assert.equal(document.querySelector("select")!.value, "b");

  page.apply([...component(2), ...remove(1), ...insert(0, element("option", {}, text("b")))], 0, 0);

  assert.equal(document.querySelector("select")!.value, "b");
});

test("The value of a select of many is a list", () => {
  apply(insert(0, element("select", { multiple: true, value: '["a","c"]' }, ...["a", "b", "c"].map((name) => element("option", { value: name })))));

  assert.deepEqual([...document.querySelector("select")!.options].map((option) => option.selected), [true, false, true]);
});

test("What a person can change is set as a property", () => {
  apply(
    insert(0, element("input", { value: "150", type: "range", max: "200" })),
    insert(1, element("textarea", { value: "a\nb" })),
    insert(2, element("input", { checked: true, type: "checkbox", value: "v" })),
    insert(3, element("video", { muted: true })),
  );

  const [range, check] = [...document.querySelectorAll("input")];
  assert.equal(range!.value, "150");
  assert.equal(document.querySelector("textarea")!.value, "a\nb");
  assert.deepEqual([check!.checked, check!.value], [true, "v"]);
  assert.ok(document.querySelector("video")!.muted);
});

test("An element that wants the focus gets it when it is there", () => {
  apply(insert(0, element("div", {}, element("input", { autofocus: true }))));

  assert.equal(document.activeElement, document.querySelector("input"));
});

test("An element that wants the focus does not take a person away from another", () => {
  apply(insert(0, element("input", { id: "a" })));
  document.getElementById("a")!.focus();
  apply(insert(1, element("input", { autofocus: true })));

  assert.equal(document.activeElement!.id, "a");
});

test("A dialog that opens takes the focus to what wants it, one that was open before does not", () => {
  apply(insert(0, element("input", { id: "a" })));
  document.getElementById("a")!.focus();
  apply(insert(1, element("dialog", { open: true }, element("input", { id: "b", autofocus: true }))));
  assert.equal(document.activeElement!.id, "b");

  document.getElementById("a")!.focus();
  apply(into(1), insert(1, element("input", { autofocus: true })));

  assert.equal(document.activeElement!.id, "a");
});

test("The head has children of its own", () => {
  page.addRoot(1, document.head);
  page.apply([...component(1), ...insert(0, element("meta", { name: "a", content: "b" }))], 0, 0);

  assert.equal(html(document.head), '<meta name="a" content="b">');
});
