import type { DotNet } from "@microsoft/dotnet-js-interop";
import type { Session } from "./session";

const DefaultMargin = 50;

/** `Blazor._internal.Virtualize`: tells a list in C# which of its items are in sight, by the two spacers that stand for the others. */
export function virtualize(session: Session) {
  const watched = new Map<number, () => void>();

  const dispose = (owner: DotNet.DotNetObject): void => {
    const id = idOf(owner);
    watched.get(id)?.();
    watched.delete(id);
  };

  return {
    init(owner: DotNet.DotNetObject, before: HTMLElement, after: HTMLElement, margin = DefaultMargin): void {
      dispose(owner);
      const stop = watch(owner, before, after, margin);
      const stopWatching = session.page.onRemoved(before, () => dispose(owner));
      watched.set(idOf(owner), () => {
        stop();
        stopWatching();
      });
    },
    dispose,
  };
}

function watch(owner: DotNet.DotNetObject, before: HTMLElement, after: HTMLElement, margin: number): () => void {
  const root = scrollerOf(before);
  // A browser that anchors what is in sight would scroll again and again while items take the place of a spacer.
  (root ?? document.documentElement).style.overflowAnchor = "none";
  for (const spacer of [before, after]) {
    if (spacer.tagName === "TR") {
      spacer.style.display = "table-row";
    }
  }

  const sight = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (entry.isIntersecting) {
          report(owner, before, after, entry);
        }
      }
    },
    { root, rootMargin: `${margin}px` },
  );
  // A spacer that stays in sight while its height changes is no news to the observer, but it is to the list.
  const size = new MutationObserver((records) => {
    for (const spacer of new Set(records.map((record) => record.target as Element))) {
      sight.unobserve(spacer);
      sight.observe(spacer);
    }
  });
  for (const spacer of [before, after]) {
    sight.observe(spacer);
    size.observe(spacer, { attributes: true, attributeFilter: ["style"] });
  }

  return () => {
    sight.disconnect();
    size.disconnect();
  };
}

function report(owner: DotNet.DotNetObject, before: HTMLElement, after: HTMLElement, entry: IntersectionObserverEntry): void {
  const separation = after.getBoundingClientRect().top - before.getBoundingClientRect().bottom;
  const container = entry.rootBounds?.height ?? innerHeight;
  const { boundingClientRect: whole, intersectionRect: seen } = entry;
  if (entry.target === before) {
    invoke(owner, "OnSpacerBeforeVisible", seen.top - whole.top, separation, container);
  } else if (entry.target === after && after.offsetHeight > 0) {
    invoke(owner, "OnSpacerAfterVisible", whole.bottom - seen.bottom, separation, container);
  }
}

// The list may have gone meanwhile, which nobody needs to know.
function invoke(owner: DotNet.DotNetObject, method: string, size: number, separation: number, container: number): void {
  owner.invokeMethodAsync(method, size, separation, container).catch((error) => console.debug(error));
}

function scrollerOf(element: Element): HTMLElement | null {
  for (let parent = element.parentElement; parent && parent !== document.body && parent !== document.documentElement; parent = parent.parentElement) {
    if (getComputedStyle(parent).overflowY !== "visible") {
      return parent;
    }
  }

  return null;
}

function idOf(owner: DotNet.DotNetObject): number {
  return owner.serializeAsArg().__dotNetObject;
}
