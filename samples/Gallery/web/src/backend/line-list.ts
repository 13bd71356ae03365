import { element, setText } from "../dom";
import { formatClock, formatCount } from "../format";
import { onNextFrame } from "../frames";
import { icon } from "../icons";

const keptLines = 200;

/** What a line is, for its colour. */
export type LineKind = "plain" | "error" | "event" | "state";

/** The last lines of something, live; it follows its end while that is in view. */
export class LineList {
  readonly element: HTMLElement;
  readonly head: HTMLElement;
  readonly #list: HTMLElement;
  readonly #count = element("span", { class: "muted count" });
  readonly #append = () => this.#appendNow();
  #waiting: HTMLElement[] = [];
  #total = 0;

  constructor(title: string, empty: string) {
    this.#list = element("ol", { class: "line-list", role: "log", tabindex: 0, "aria-label": title, "data-empty": empty });
    const clear = element("button", { class: "icon-button", type: "button", title: "Clear", "aria-label": `Clear ${title.toLowerCase()}` }, icon("clear"));
    clear.addEventListener("click", () => this.#clear());
    this.head = element("header", { class: "panel-head" }, element("h2", {}, title), this.#count, clear);
    this.element = element("section", { class: "card panel lines-pane", "aria-label": title }, this.head, this.#list);
  }

  add(time: number, text: string, kind: LineKind): void {
    this.#total++;
    this.#waiting.push(
      element("li", { "data-kind": kind }, element("time", { class: "muted" }, formatClock(time)), element("span", {}, text)),
    );
    if (this.#waiting.length > keptLines) {
      this.#waiting.shift();
    }

    onNextFrame(this.#append);
  }

  #appendNow(): void {
    const list = this.#list;
    const follows = list.scrollTop + list.clientHeight >= list.scrollHeight - 8;
    list.append(...this.#waiting);
    this.#waiting = [];
    while (list.childElementCount > keptLines) {
      list.firstElementChild?.remove();
    }

    setText(this.#count, this.#total > keptLines ? `last ${keptLines} of ${formatCount(this.#total)}` : this.#total === 0 ? "" : formatCount(this.#total));
    if (follows) {
      list.scrollTop = list.scrollHeight;
    }
  }

  #clear(): void {
    this.#total = 0;
    this.#waiting = [];
    this.#list.replaceChildren();
    this.#appendNow();
  }
}
