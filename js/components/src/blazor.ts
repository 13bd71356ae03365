import type { CustomEventType } from "./events/events";
import { inputFile } from "./files";
import type { Navigation } from "./navigation";
import type { Session } from "./session";
import { virtualize } from "./virtualize";

type Listener = (event: unknown) => void;

/** Puts the object there that component libraries know: `window.Blazor`. */
export function attach(session: Session, sendJSDataStream: (content: ArrayBuffer | ArrayBufferView | Blob, id: number) => void): void {
  // Titles that components render come later. They are not the document's own.
  const titles = [...document.head.querySelectorAll("title")];
  const listeners = new Map<string, Set<Listener>>();
  const prompts = new Set<string>();
  addEventListener("beforeunload", (event) => {
    if (prompts.size > 0) {
      event.preventDefault();
      event.returnValue = true;
    }
  });

  Object.assign(window, {
    Blazor: {
      registerCustomEventType: (name: string, type: CustomEventType) => session.events.register(name, type),
      addEventListener(name: string, listener: Listener) {
        listeners.set(name, (listeners.get(name) ?? new Set()).add(listener));
      },
      removeEventListener: (name: string, listener: Listener) => void listeners.get(name)?.delete(listener),
      // The page begins by itself. Libraries that begin it on their own find it begun.
      start: () => Promise.resolve(),
      _internal: {
        domWrapper: { focus, focusBySelector },
        InputFile: inputFile,
        NavigationLock: {
          enableNavigationPrompt: (id: string) => void prompts.add(id),
          disableNavigationPrompt: (id: string) => void prompts.delete(id),
        },
        PageTitle: { getAndRemoveExistingTitle: () => takeTitle(titles) },
        Virtualize: virtualize(session),
        sendJSDataStream,
      },
    },
  });
}

/** Adds what navigates to `window.Blazor`. */
export function attachNavigation(navigation: Navigation): void {
  const navigateTo = (address: string, options?: boolean | NavigationOptions, replace?: boolean): void => {
    const { forceLoad = false, replaceHistoryEntry = false, historyEntryState = null } =
      typeof options === "object" ? options : { forceLoad: options, replaceHistoryEntry: replace };
    navigation.navigateTo(address, { force: forceLoad, replace: replaceHistoryEntry, state: historyEntryState });
  };
  const { Blazor } = window as unknown as { Blazor: { _internal: object } };
  Object.assign(Blazor, { navigateTo });
  Object.assign(Blazor._internal, {
    navigationManager: { navigateTo, getBaseURI: () => document.baseURI, getLocationHref: () => location.href },
  });
}

interface NavigationOptions {
  forceLoad?: boolean;
  replaceHistoryEntry?: boolean;
  historyEntryState?: string | null;
}

function focus(element: unknown, preventScroll = false): void {
  if (!(element instanceof HTMLElement || element instanceof SVGElement)) {
    throw new Error("An element that is not in the page cannot have the focus.");
  }

  element.focus({ preventScroll });
}

function focusBySelector(selector: string): void {
  const element = document.querySelector<HTMLElement>(selector);
  if (!element) {
    return;
  }

  if (!element.hasAttribute("tabindex")) {
    // A heading takes the focus only so, and is no stop of the Tab key then.
    element.setAttribute("tabindex", "-1");
  }

  element.focus({ preventScroll: true });
}

function takeTitle(titles: Element[]): string | null {
  const text = titles.at(-1)?.textContent ?? null;
  titles.splice(0).forEach((title) => title.remove());
  return text;
}
