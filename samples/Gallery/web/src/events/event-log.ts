import { element, setText } from "../dom";
import { formatClockExactly, formatCount } from "../format";
import { onNextFrame } from "../frames";
import { icon } from "../icons";
import { prettyJson, summarize } from "../json-text";
import { showJson } from "../json-view";
import { matches } from "../ordering";
import { RingBuffer } from "../ring-buffer";
import { VirtualGrid } from "../virtual-grid";

/** How an event came here or left. */
export type EventRoute = "oriel.on" | "CustomEvent" | "sent";

interface LoggedEvent {
  readonly number: number;
  readonly time: number;
  readonly route: EventRoute;
  readonly name: string;
  readonly data: unknown;
  /** Made when the row first comes into view: most events of a burst never do. */
  summary?: string;
}

const keptEvents = 500;

/** The last events, live. */
export class EventLog {
  readonly element: HTMLElement;
  readonly #events = new RingBuffer<LoggedEvent>(keptEvents);
  readonly #grid: VirtualGrid<LoggedEvent>;
  readonly #count = element("span", { class: "muted count" });
  readonly #filter = element("input", {
    type: "search",
    placeholder: "Filter by name or route",
    "aria-label": "Filter events",
    "data-find": true,
    spellcheck: "false",
  });
  readonly #pause = element("button", { class: "icon-button", type: "button", "aria-pressed": "false" });
  readonly #data = element("pre", { class: "json log-data", tabindex: 0, "aria-label": "Data of the event", hidden: true });
  readonly #update = () => this.#updateNow();
  #total = 0;
  #paused = false;

  constructor() {
    this.#grid = new VirtualGrid<LoggedEvent>({
      label: "Events",
      className: "log-grid",
      key: event => event.number,
      empty: "No events yet.",
      onSelect: event => this.#showData(event),
      columns: [
        { id: "time", title: "Time", text: event => formatClockExactly(event.time) },
        {
          id: "route",
          title: "Route",
          text: event => event.route,
          decorate: (cell, event) => {
            cell.dataset["route"] = event.route;
          },
        },
        { id: "name", title: "Event", text: event => event.name },
        { id: "data", title: "Data", text: event => (event.summary ??= summarize(event.data, 160)) },
      ],
    });

    const clear = element("button", { class: "icon-button", type: "button", title: "Clear", "aria-label": "Clear log" }, icon("clear"));
    clear.addEventListener("click", () => this.#clear());
    this.#pause.addEventListener("click", () => this.#setPaused(!this.#paused));
    this.#filter.addEventListener("input", () => this.#updateNow());
    this.#setPaused(false);
    this.element = element(
      "section",
      { class: "card panel log-pane", "aria-label": "Log" },
      element(
        "header",
        { class: "panel-head" },
        element("h2", {}, "Log"),
        this.#count,
        element("label", { class: "search" }, icon("search"), this.#filter),
        this.#pause,
        clear,
      ),
      this.#grid.element,
      this.#data,
    );
  }

  add(route: EventRoute, name: string, data: unknown): void {
    this.#total++;
    if (!this.#paused) {
      this.#events.push({ number: this.#total, time: Date.now(), route, name, data });
      onNextFrame(this.#update);
    }
  }

  #updateNow(): void {
    const follow = this.#grid.isAtEnd;
    const query = this.#filter.value;
    const events = this.#events.toArray();
    this.#grid.items = query.trim() ? events.filter(event => matches(query, event.name, event.route)) : events;
    this.#grid.emptyText = this.#events.length === 0 ? "No events yet." : "No event matches the filter.";
    const kept = this.#total > this.#events.length ? `last ${this.#events.length} of ` : "";
    setText(this.#count, this.#total === 0 ? "" : kept + formatCount(this.#total));
    if (follow) {
      this.#grid.scrollToEnd();
    }
  }

  #clear(): void {
    this.#events.clear();
    this.#total = 0;
    this.#grid.selectKey(null);
    this.#showData(null);
    this.#updateNow();
  }

  #setPaused(paused: boolean): void {
    this.#paused = paused;
    const label = paused ? "Resume the log" : "Pause the log";
    this.#pause.setAttribute("aria-pressed", String(paused));
    this.#pause.setAttribute("aria-label", label);
    this.#pause.title = label;
    this.#pause.replaceChildren(icon(paused ? "play" : "pause"));
  }

  #showData(event: LoggedEvent | null): void {
    this.#data.hidden = event === null;
    if (event) {
      showJson(this.#data, prettyJson(event.data));
    }
  }
}
