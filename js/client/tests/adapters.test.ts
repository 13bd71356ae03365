// The adapters as they are published, with the real libraries. These look for a document when they are loaded.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { after, before, beforeEach, test } from "node:test";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { Window } from "happy-dom";
import { compile } from "svelte/compiler";
import type * as Client from "../src/index";
import { FakeStates, turn } from "./fake-states";

const dom = new Window({ url: "http://localhost/" });
let client: typeof Client;
let fake: FakeStates;

before(async () => {
  for (const name of ["document", "navigator", "HTMLElement", "Element", "SVGElement", "MathMLElement", "Node", "Text", "Comment", "DocumentFragment", "Event", "MutationObserver", "HTMLTemplateElement", "HTMLMediaElement", "HTMLInputElement", "HTMLIFrameElement", "Document", "ShadowRoot"]) {
    Object.defineProperty(globalThis, name, { value: (dom as unknown as Record<string, unknown>)[name], configurable: true });
  }

  Object.defineProperty(globalThis, "window", { value: dom, configurable: true });
  client = await import("@oriel/client");
});

after(() => dom.close());

beforeEach(() => {
  dom.document.body.innerHTML = "";
  fake = new FakeStates({ count: 1 });
  client.setMock({ state: (key) => fake.get(key) });
});

/** An element, and what it comes to say. */
function place() {
  const element = dom.document.createElement("div");
  dom.document.body.append(element);
  return { element: element as unknown as HTMLElement, text: () => element.textContent };
}

test("React follows a state while the component is mounted", async () => {
  const { act, createElement, StrictMode } = await import("react");
  const { createRoot } = await import("react-dom/client");
  const { useOrielState } = await import("@oriel/client/react");
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  const { element, text } = place();
  let renders = 0;
  function Counter() {
    const [count, state] = useOrielState<number>("count");
    renders++;
    return createElement("button", { onClick: () => state.set((value) => value + 1) }, count === undefined ? "none" : String(count));
  }

  const root = createRoot(element);
  await act(() => root.render(createElement(StrictMode, null, createElement(Counter))));
  await act(turn);
  assert.equal(text(), "1");
  assert.deepEqual(fake.log, ["open count"]);

  await act(() => fake.change("count", 5));
  assert.equal(text(), "5");
  await act(async () => {
    (element.firstChild as HTMLElement).click();
    await turn();
  });
  assert.equal(text(), "6");
  assert.equal(fake.values.get("count")!.value, 6);
  assert.ok(renders < 20, `${renders} renders`);

  await act(() => root.unmount());
  await turn();
  assert.equal(fake.log.at(-1), "close count");
});

test("React goes over to another key", async () => {
  const { act, createElement } = await import("react");
  const { createRoot } = await import("react-dom/client");
  const { useOrielState } = await import("@oriel/client/react");
  fake.values.set("other", { version: 1, value: 70 });
  const { element, text } = place();
  const Counter = ({ of }: { of: string }) => createElement("p", null, String(useOrielState<number>(of)[0]));

  const root = createRoot(element);
  await act(async () => {
    root.render(createElement(Counter, { of: "count" }));
    await turn();
  });
  await act(async () => {
    root.render(createElement(Counter, { of: "other" }));
    await turn();
  });
  await act(turn);
  assert.equal(text(), "70");
  assert.ok(fake.log.includes("close count"));
  await act(() => root.unmount());
});

test("Vue follows a state while the component is mounted", async () => {
  const { createApp, h, nextTick } = await import("vue");
  const { useOrielState } = await import("@oriel/client/vue");
  const { element, text } = place();
  const app = createApp({
    setup() {
      const [count, state] = useOrielState<number>("count");
      return () => h("button", { onClick: () => state.set((value) => value + 1) }, String(count.value));
    },
  });

  app.mount(element);
  await turn();
  await nextTick();
  assert.equal(text(), "1");

  fake.change("count", 5);
  await nextTick();
  assert.equal(text(), "5");
  (element.firstChild as HTMLElement).click();
  await turn();
  await nextTick();
  assert.equal(text(), "6");
  assert.equal(fake.values.get("count")!.value, 6);

  app.unmount();
  await turn();
  assert.equal(fake.log.at(-1), "close count");
});

test("Svelte follows a state while the component is mounted", async () => {
  const source = `
    <script>
      import { orielState } from "@oriel/client/svelte";
      export { mount, unmount, flushSync } from "svelte";
      const count = orielState("count");
    </script>
    <button onclick={() => $count++}>{$count}</button>`.replace(/^\s*export \{.*\n/m, "");
  const component = compile(source, { generate: "client", name: "Counter" }).js.code;
  mkdirSync("dist/tests", { recursive: true });
  writeFileSync("dist/tests/Counter.js", `${component}\nexport { mount, unmount, flushSync } from "svelte";`);
  // In Node svelte is its server's side: the browser's is bundled.
  await build({ entryPoints: ["dist/tests/Counter.js"], outfile: "dist/tests/Counter.mjs", bundle: true, format: "esm", conditions: ["browser"], external: ["@oriel/client/*"], logLevel: "warning" });
  const { default: Counter, mount, unmount, flushSync } = await import(pathToFileURL("dist/tests/Counter.mjs").href);
  const { element, text } = place();

  const mounted = mount(Counter, { target: element });
  await turn();
  flushSync();
  assert.equal(text(), "1");

  fake.change("count", 5);
  flushSync();
  assert.equal(text(), "5");
  element.querySelector("button")!.click();
  await turn();
  flushSync();
  assert.equal(text(), "6");
  assert.equal(fake.values.get("count")!.value, 6);

  await unmount(mounted);
  await turn();
  assert.equal(fake.log.at(-1), "close count");
});

test("a write of a Svelte store that is refused is reported, and no unhandled rejection", async () => {
  const { orielState } = await import("@oriel/client/svelte");
  const reported: unknown[] = [];
  const unhandled: unknown[] = [];
  const onUnhandled = (error: unknown) => unhandled.push(error);
  process.on("unhandledRejection", onUnhandled);
  Object.defineProperty(globalThis, "reportError", { value: (error: unknown) => reported.push(error), configurable: true });
  try {
    const count = orielState<unknown>("count");
    const stop = count.subscribe(() => {});
    await turn();
    count.set("refused");
    await turn();
    count.update(() => "refused");
    await turn();
    stop();
    await turn();

    assert.deepEqual([reported.map((error) => (error as { code: number }).code), unhandled], [[-32602, -32602], []]);
  } finally {
    process.off("unhandledRejection", onUnhandled);
    delete (globalThis as { reportError?: unknown }).reportError;
  }
});

test("a state is a store of Svelte", async () => {
  const { derived, get } = await import("svelte/store");
  const { orielState } = await import("@oriel/client/svelte");
  const count = orielState<number>("count");
  const seen: unknown[] = [];

  const stop = derived(count, (value) => (value ?? 0) * 2).subscribe((value) => seen.push(value));
  await turn();
  count.update((value) => value! + 1);
  await turn();
  count.set(10);
  await turn();
  assert.equal(get(count), 10);
  stop();
  await turn();
  assert.deepEqual(seen, [0, 2, 4, 20]);
  assert.equal(fake.log.at(-1), "close count");
});

test("a state is followed like its key, also one that pages only read", async () => {
  const { act, createElement } = await import("react");
  const { createRoot } = await import("react-dom/client");
  const { get } = await import("svelte/store");
  const { effectScope } = await import("vue");
  const react = await import("@oriel/client/react");
  const svelte = await import("@oriel/client/svelte");
  const vue = await import("@oriel/client/vue");
  const count = client.state<number>("count");
  const fixed: Omit<typeof count, "set" | "patch"> = count;

  const { element, text } = place();
  const Counter = () => {
    const [value] = react.useOrielState(fixed);
    return createElement("p", null, value?.toFixed(1));
  };
  const root = createRoot(element);
  await act(async () => {
    root.render(createElement(Counter));
    await turn();
  });
  const scope = effectScope();
  const [value, state] = scope.run(() => vue.useOrielState(count))!;
  await state.set((value) => value + 1);
  await act(turn);

  assert.deepEqual([text(), value.value?.toFixed(1), get(svelte.orielState(fixed))?.toFixed(1)], ["2.0", "2.0", "2.0"]);
  scope.stop();
  await act(() => root.unmount());
  await turn();
  assert.equal(fake.log.at(-1), "close count");
});
