import { attachNavigation } from "./blazor";
import type { Session } from "./session";

/** What stands in the state of a history entry: its place among those of this document, and what C# keeps with it. */
interface Entry {
  oriel: number;
  state: string | null;
}

export interface NavigateOptions {
  replace?: boolean;
  force?: boolean;
  state?: string | null;
}

/** The address of this page: links, history, and what C# decides about them. */
export function attach(session: Session): void {
  attachNavigation(new Navigation(session));
}

export class Navigation {
  private readonly base = new URL(".", document.baseURI).href;
  private index = 0;
  private intercepting = false;
  private locked = false;
  private questions = 0;
  private answer: ((allowed: boolean) => void) | undefined;
  private travelled: (() => void) | undefined;
  private top = 0;

  constructor(private readonly session: Session) {
    const entry = entryOf(history.state);
    if (entry) {
      this.index = entry.oriel;
      if (entry.state !== null) {
        session.send("moved", location.href, entry.state, false);
      }
    } else {
      this.write("replaceState", location.href, null);
    }

    session.on("go", (address: string, options: NavigateOptions) => this.go(address, options));
    session.on("pass", (question: number, allowed: boolean) => this.pass(question, allowed));
    session.on("intercept", () => void (this.intercepting = true));
    session.on("lock", (locked: boolean) => void (this.locked = locked));
    session.on("hash", (id: string) => this.scrollTo(id));
    session.onApplied(() => this.resetScroll());
    session.onEnded(() => this.settle(false));
    // The window's listeners run behind those of the document: what a component prevents is known by then.
    addEventListener("click", (event) => this.click(event));
    addEventListener("popstate", () => void this.pop());
  }

  /** Navigates as a script of the page wants it. */
  navigateTo(address: string, options: NavigateOptions): void {
    const url = new URL(address, document.baseURI).href;
    if (options.force || !this.isWithin(url)) {
      this.load(url, options);
    } else {
      void this.route(url, options, false);
    }
  }

  private go(address: string, options: NavigateOptions): void {
    if (options.force || !this.isWithin(address)) {
      this.load(address, options);
    } else {
      this.move(address, options, false);
    }
  }

  private async route(url: string, options: NavigateOptions, intercepted: boolean): Promise<void> {
    if (!this.locked || (await this.ask(url, options.state ?? null, intercepted))) {
      this.move(url, options, intercepted);
    }
  }

  private move(url: string, { replace = false, state = null }: NavigateOptions, intercepted: boolean): void {
    const before = new URL(location.href);
    if (!replace) {
      this.index++;
    }

    this.write(replace ? "replaceState" : "pushState", url, state);
    const number = this.session.send("moved", location.href, state, intercepted);
    if (location.hash) {
      this.scrollTo(decoded(location.hash.slice(1)));
    } else if (before.pathname !== location.pathname) {
      this.top = number;
    }
  }

  private load(address: string, { replace = false }: NavigateOptions): void {
    const url = new URL(address, document.baseURI);
    if (!["http:", "https:", "mailto:", "tel:", location.protocol].includes(url.protocol)) {
      throw new Error(`A page does not navigate to an address of the scheme "${url.protocol}".`);
    }

    if (withoutHash(url.href) === withoutHash(location.href)) {
      // To the same address a browser would only scroll.
      this.write("replaceState", url.href, entryOf(history.state)?.state ?? null);
      location.reload();
    } else if (replace) {
      location.replace(url.href);
    } else {
      location.assign(url.href);
    }
  }

  private click(event: MouseEvent): void {
    if (!this.intercepting || this.session.ended || event.defaultPrevented || event.button !== 0) {
      return;
    }

    if (event.ctrlKey || event.shiftKey || event.altKey || event.metaKey) {
      return;
    }

    const link = event.composedPath().find((node): node is Element => node instanceof Element && /^a$/i.test(node.localName) && hrefOf(node) !== null);
    const target = link?.getAttribute("target");
    if (!link || (target && target !== "_self") || link.hasAttribute("download")) {
      return;
    }

    const url = URL.canParse(hrefOf(link)!, document.baseURI) ? new URL(hrefOf(link)!, document.baseURI).href : "";
    if (this.isWithin(url)) {
      event.preventDefault();
      this.session.events.flush();
      void this.route(url, {}, true);
    }
  }

  private async pop(): Promise<void> {
    if (this.travelled) {
      this.travelled();
      return;
    }

    let entry = entryOf(history.state);
    if (!entry) {
      // The browser made this entry itself, for another fragment.
      this.index++;
      this.write("replaceState", location.href, null);
      entry = { oriel: this.index, state: null };
    }

    const distance = entry.oriel - this.index;
    if (this.locked && distance !== 0) {
      // The browser has gone there already. It goes back until C# has agreed.
      const { href } = location;
      await this.travel(-distance);
      if (!(await this.ask(href, entry.state, false))) {
        return;
      }

      await this.travel(distance);
    }

    this.index = entry.oriel;
    this.session.send("moved", location.href, entry.state, false);
  }

  private async travel(distance: number): Promise<void> {
    await new Promise<void>((resolve) => {
      this.travelled = resolve;
      history.go(distance);
    });
    this.travelled = undefined;
  }

  // One navigation waits at a time: who wants to go elsewhere meanwhile does not want the first one any more.
  private ask(url: string, state: string | null, intercepted: boolean): Promise<boolean> {
    this.settle(false);
    return new Promise((resolve) => {
      this.answer = resolve;
      if (this.session.send("navigate", ++this.questions, url, state, intercepted) === 0) {
        this.settle(false);
      }
    });
  }

  private pass(question: number, allowed: boolean): void {
    if (question === this.questions) {
      this.settle(allowed);
    }
  }

  private settle(allowed: boolean): void {
    this.answer?.(allowed);
    this.answer = undefined;
  }

  private scrollTo(id: string): void {
    const element = document.getElementById(id) ?? document.getElementsByName(id)[0];
    if (element) {
      this.top = 0;
      element.scrollIntoView();
    }
  }

  // The new page begins at its top, once it is there: the old one stays where it is until then.
  private resetScroll(): void {
    if (this.top > 0 && this.session.fields.handled >= this.top) {
      this.top = 0;
      scrollTo(0, 0);
    }
  }

  private write(how: "pushState" | "replaceState", url: string, state: string | null): void {
    history[how]({ oriel: this.index, state } satisfies Entry, "", url);
  }

  private isWithin(url: string): boolean {
    return url.startsWith(this.base);
  }
}

function entryOf(state: unknown): Entry | undefined {
  const entry = state as Partial<Entry> | null;
  return typeof entry?.oriel === "number" ? { oriel: entry.oriel, state: entry.state ?? null } : undefined;
}

function hrefOf(link: Element): string | null {
  return link.getAttribute("href") ?? link.getAttribute("xlink:href");
}

// An address may hold a percent sign that encodes nothing.
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function withoutHash(url: string): string {
  return url.split("#", 1)[0]!;
}
