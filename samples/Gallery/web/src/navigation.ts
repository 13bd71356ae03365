import { framePainted } from "./frames";
import { events } from "./oriel";
import type { Page } from "./page";

/** Shows the page that the address's fragment names, and marks its link in the sidebar. */
export class Navigation {
  readonly #pages: Readonly<Record<string, Page>>;
  readonly #names: readonly string[];
  #current: string | null = null;

  constructor(main: HTMLElement, pages: Readonly<Record<string, Page>>) {
    this.#pages = pages;
    this.#names = Object.keys(pages);
    for (const { element } of Object.values(pages)) {
      element.hidden = true;
      main.append(element);
    }

    addEventListener("hashchange", () => this.#follow());
    addEventListener("keydown", event => this.#onKey(event));
    this.#follow();
  }

  #follow(): void {
    const named = location.hash.slice(1);
    const name = named in this.#pages ? named : this.#names[0]!;
    if (name === this.#current) {
      return;
    }

    if (this.#current !== null) {
      const left = this.#pages[this.#current]!;
      left.hide();
      left.element.hidden = true;
    }

    this.#current = name;
    const page = this.#pages[name]!;
    page.element.hidden = false;
    page.show();

    const link = document.querySelector<HTMLAnchorElement>(`.nav a[href="#${name}"]`);
    for (const other of document.querySelectorAll(".nav a")) {
      other.removeAttribute("aria-current");
    }

    link?.setAttribute("aria-current", "page");
    void page.loaded.then(framePainted).then(() => events.emitPagePainted({ page: name }));
    document.title = `${link?.textContent?.trim() ?? name} – Gallery`;
  }

  /** Control and a digit go to a page; Control+F, and a slash outside of fields, to the filter of the page on show. */
  #onKey(event: KeyboardEvent): void {
    const command = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    const named = command ? this.#names[Number(event.key) - 1] : undefined;
    if (named) {
      event.preventDefault();
      location.hash = named;
    } else if ((command && event.key === "f") || (event.key === "/" && !isField(event.target))) {
      const filter = this.#pages[this.#current!]!.element.querySelector<HTMLInputElement>("[data-find]");
      if (filter) {
        event.preventDefault();
        filter.focus();
        filter.select();
      }
    }
  }
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
