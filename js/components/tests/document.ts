// A document for tests: import it before anything of the page's scripts, some of which look for the document when they are loaded.
import { Window } from "happy-dom";

export const dom = new Window({ url: "https://app/start" });

const names = [
  "document",
  "location",
  "history",
  "Element",
  "HTMLElement",
  "SVGElement",
  "HTMLAnchorElement",
  "Event",
  "MouseEvent",
  "addEventListener",
  "removeEventListener",
  "getComputedStyle",
  "innerHeight",
  "scrollTo",
] as const;

Object.assign(globalThis, { window: dom });
for (const name of names) {
  const value = (dom as unknown as Record<string, unknown>)[name];
  Object.defineProperty(globalThis, name, {
    value: typeof value === "function" && /^[a-z]/.test(name) ? value.bind(dom) : value,
    writable: true,
    configurable: true,
  });
}
