import { dom } from "./document";
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import type { DotNet } from "@microsoft/dotnet-js-interop";
import { virtualize } from "../src/virtualize";
import { FakeSession } from "./fake-session";

type Entry = Partial<IntersectionObserverEntry> & { target: Element };

class FakeIntersectionObserver {
  static last: FakeIntersectionObserver;
  readonly observed: Element[] = [];
  disconnected = false;

  constructor(
    readonly callback: (entries: Entry[]) => void,
    readonly options: IntersectionObserverInit,
  ) {
    FakeIntersectionObserver.last = this;
  }

  observe(element: Element): void {
    this.observed.push(element);
  }

  unobserve(): void {}

  disconnect(): void {
    this.disconnected = true;
  }
}

class FakeMutationObserver {
  static last: FakeMutationObserver;
  constructor(readonly callback: (records: { target: Element }[]) => void) {
    FakeMutationObserver.last = this;
  }

  observe(): void {}

  disconnect(): void {}
}

Object.assign(globalThis, { IntersectionObserver: FakeIntersectionObserver, MutationObserver: FakeMutationObserver });

const fake = new FakeSession();
const list = virtualize(fake.session);

class Owner {
  readonly calls: unknown[][] = [];

  constructor(readonly id: number) {}

  serializeAsArg = () => ({ __dotNetObject: this.id });

  invokeMethodAsync = (...args: unknown[]) => {
    this.calls.push(args);
    return Promise.resolve();
  };

  get reference(): DotNet.DotNetObject {
    return this as unknown as DotNet.DotNetObject;
  }
}

function box(top: number, bottom: number): DOMRect {
  return { top, bottom, height: bottom - top } as DOMRect;
}

function spacers(): [HTMLElement, HTMLElement] {
  document.body.innerHTML = '<div id="scroller" style="overflow-y: auto"><div id="before"></div><p></p><div id="after"></div></div>';
  const [before, after] = ["before", "after"].map((id) => document.getElementById(id)!) as [HTMLElement, HTMLElement];
  before.getBoundingClientRect = () => box(-100, 0);
  after.getBoundingClientRect = () => box(300, 900);
  Object.defineProperty(after, "offsetHeight", { value: 600 });
  return [before, after];
}

afterEach(() => (document.body.innerHTML = ""));

test("C# is told how much of the spacers is in sight", () => {
  const owner = new Owner(1);
  const [before, after] = spacers();
  list.init(owner.reference, before, after, 20);
  const sight = FakeIntersectionObserver.last;
  const rootBounds = { height: 250 } as DOMRect;

  sight.callback([
    { target: before, isIntersecting: true, boundingClientRect: box(-100, 0), intersectionRect: box(-20, 0), rootBounds },
    { target: after, isIntersecting: true, boundingClientRect: box(300, 900), intersectionRect: box(300, 320), rootBounds },
    { target: after, isIntersecting: false },
  ]);

  assert.deepEqual(owner.calls, [
    ["OnSpacerBeforeVisible", 80, 300, 250],
    ["OnSpacerAfterVisible", 580, 300, 250],
  ]);
  assert.equal(sight.options.root, document.getElementById("scroller"));
  assert.equal(sight.options.rootMargin, "20px");
});

test("a spacer whose height changes is looked at again", () => {
  const [before, after] = spacers();
  list.init(new Owner(2).reference, before, after);

  FakeMutationObserver.last.callback([{ target: after }, { target: after }]);

  assert.deepEqual(FakeIntersectionObserver.last.observed, [before, after, after]);
});

test("a list that is disposed of is watched no more", () => {
  const [before, after] = spacers();
  list.init(new Owner(3).reference, before, after);

  list.dispose(new Owner(3).reference);

  assert.ok(FakeIntersectionObserver.last.disconnected);
  assert.equal(fake.removals.has(before), false);
});

test("a list whose spacer a frame has removed is watched no more", () => {
  const [before, after] = spacers();
  list.init(new Owner(4).reference, before, after);

  fake.removals.get(before)!();

  assert.ok(FakeIntersectionObserver.last.disconnected);
});

test("without a scroller the viewport is what an item is in sight of", () => {
  const [before, after] = spacers();
  document.body.append(before, after);
  list.init(new Owner(5).reference, before, after);

  assert.equal(FakeIntersectionObserver.last.options.root, null);
  assert.ok(dom.document.documentElement);
});
