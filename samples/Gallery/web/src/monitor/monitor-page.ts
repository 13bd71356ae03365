import { element, setText } from "../dom";
import { formatDuration } from "../format";
import { icon } from "../icons";
import { showFailure } from "../notices";
import { events, states, type ProcessList, type SystemSample } from "../oriel";
import type { Page } from "../page";
import { store, stored } from "../storage";
import { systemInfo } from "../system-info";
import { CpuCard } from "./cpu-card";
import { DiskCard } from "./disk-card";
import { MemoryCard } from "./memory-card";
import { NetworkCard } from "./network-card";
import { ProcessDetailsPane } from "./process-details";
import { ProcessTable } from "./process-table";

const intervals = [
  { milliseconds: 100, name: "10 a second" },
  { milliseconds: 250, name: "4 a second" },
  { milliseconds: 500, name: "2 a second" },
  { milliseconds: 1000, name: "Every second" },
  { milliseconds: 5000, name: "Every 5 seconds" },
];

/** The state of the machine, live: charts, and the processes. */
export class MonitorPage implements Page {
  readonly element: HTMLElement;
  readonly loaded: Promise<void>;
  readonly #machine = element("span");
  readonly #uptime = element("span");
  readonly #cards = [new CpuCard(), new MemoryCard(), new DiskCard(), new NetworkCard()];
  readonly #table = new ProcessTable(process => this.#details.show(process));
  readonly #details = new ProcessDetailsPane(() => {
    this.#details.show(null);
    this.#table.clearSelection();
  });
  readonly #interval = this.#createInterval();
  readonly #pause = element("button", { class: "button", type: "button", "aria-pressed": "false" });
  #visible = false;
  #paused = false;
  #processes: ProcessList | null = null;

  constructor() {
    this.#pause.addEventListener("click", () => this.#setPaused(!this.#paused));
    this.#setPaused(false);
    this.element = element(
      "section",
      { class: "page monitor-page", "aria-labelledby": "monitor-title" },
      element(
        "header",
        { class: "page-head" },
        element(
          "div",
          { class: "page-title" },
          element("h1", { id: "monitor-title" }, "Monitor"),
          element("p", { class: "muted cut" }, this.#machine, this.#uptime),
        ),
        element(
          "div",
          { class: "actions" },
          element("label", { class: "field-inline" }, element("span", {}, "Update"), this.#interval),
          this.#pause,
        ),
      ),
      element("div", { class: "metrics" }, ...this.#cards.map(card => card.element)),
      element("div", { class: "processes" }, this.#table.element, this.#details.element),
    );

    this.loaded = Promise.all([
      new Promise<void>(resolve => events.onMonitorSample(sample => (this.#onSample(sample), resolve()))),
      new Promise<void>(resolve => events.onMonitorProcesses(list => (this.#onProcesses(list), resolve()))),
    ]).then(() => {});
    void this.#showMachine();
    void this.#shareInterval();
  }

  show(): void {
    this.#visible = true;
    this.#draw();
    this.#showProcesses();
  }

  hide(): void {
    this.#visible = false;
  }

  #onSample(sample: SystemSample): void {
    if (this.#paused) {
      return;
    }

    for (const card of this.#cards) {
      card.add(sample);
    }

    setText(this.#uptime, ` · up ${formatDuration(sample.uptime)}`);
    this.#draw();
  }

  #onProcesses(list: ProcessList): void {
    if (this.#paused) {
      return;
    }

    this.#processes = list;
    this.#showProcesses();
  }

  #draw(): void {
    if (this.#visible) {
      for (const card of this.#cards) {
        card.draw();
      }
    }
  }

  #showProcesses(): void {
    if (this.#visible && this.#processes) {
      this.#table.processes = this.#processes.processes;
      this.#details.update(this.#processes.time, this.#processes.processes);
    }
  }

  #setPaused(paused: boolean): void {
    this.#paused = paused;
    this.#pause.setAttribute("aria-pressed", String(paused));
    this.#pause.replaceChildren(icon(paused ? "play" : "pause"), paused ? "Resume" : "Pause");
  }

  #createInterval(): HTMLSelectElement {
    const select = element(
      "select",
      {},
      ...intervals.map(({ milliseconds, name }) => new Option(name, String(milliseconds))),
    );
    select.addEventListener("change", () => {
      store("interval", select.value);
      void this.#requestInterval(Number(select.value));
    });
    return select;
  }

  /** All windows have one interval: whichever changes it, every list shows it. What was chosen the time before begins. */
  async #shareInterval(): Promise<void> {
    states.monitorInterval.subscribe(({ milliseconds }) => (this.#interval.value = String(milliseconds)));
    const chosen = Number(stored("interval"));
    if (intervals.some(({ milliseconds }) => milliseconds === chosen)) {
      await this.#requestInterval(chosen);
    }
  }

  async #requestInterval(milliseconds: number): Promise<void> {
    try {
      await states.monitorInterval.set(interval => (interval.milliseconds === milliseconds ? interval : { milliseconds }));
    } catch (error) {
      showFailure("The interval could not be changed.", error);
    }
  }

  async #showMachine(): Promise<void> {
    try {
      const { hostname, cpuModel, os } = await systemInfo();
      setText(this.#machine, [hostname, cpuModel, os].filter(Boolean).join(" · "));
    } catch (error) {
      showFailure("The machine could not be described.", error);
    }
  }
}
