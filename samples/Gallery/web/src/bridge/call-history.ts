import { element, setText } from "../dom";
import { formatClock, formatMilliseconds } from "../format";
import { icon } from "../icons";
import { RingBuffer } from "../ring-buffer";
import { VirtualGrid } from "../virtual-grid";
import type { Call } from "./call";

const keptCalls = 200;

/** The calls that were made, the newest first. */
export class CallHistory {
  readonly element: HTMLElement;
  readonly #calls = new RingBuffer<Call>(keptCalls);
  readonly #count = element("span", { class: "muted count" });
  readonly #grid: VirtualGrid<Call>;

  /** @param onSelect Called when the user has chosen a call. */
  constructor(onSelect: (call: Call) => void) {
    this.#grid = new VirtualGrid<Call>({
      label: "Calls made",
      className: "history-grid",
      key: call => call.id,
      empty: "No calls yet.",
      onSelect: call => call && onSelect(call),
      columns: [
        { id: "time", title: "Time", text: call => formatClock(call.startedAt) },
        {
          id: "command",
          title: "Command",
          text: call => call.request.command,
          decorate: (cell, call) => {
            cell.dataset["state"] = call.state;
          },
        },
        {
          id: "elapsed",
          title: "Took",
          numeric: true,
          text: call => (call.state === "running" ? "…" : formatMilliseconds(call.elapsed)),
        },
      ],
    });

    const clear = element("button", { class: "icon-button", type: "button", title: "Clear", "aria-label": "Clear history" }, icon("clear"));
    clear.addEventListener("click", () => {
      this.#calls.clear();
      this.refresh();
    });
    this.element = element(
      "section",
      { class: "card panel history-pane", "aria-label": "History" },
      element("header", { class: "panel-head" }, element("h2", {}, "History"), this.#count, clear),
      this.#grid.element,
    );
    this.refresh();
  }

  add(call: Call): void {
    this.#calls.push(call);
    this.#grid.selectKey(call.id);
    this.refresh();
    this.#grid.scrollToStart();
  }

  /** Shows the states that calls have by now. */
  refresh(): void {
    this.#grid.items = this.#calls.toArray().reverse();
    setText(this.#count, this.#calls.length === 0 ? "" : String(this.#calls.length));
  }
}
