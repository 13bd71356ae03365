import { LineChart } from "../charts/line-chart";
import { SampleBuffer } from "../charts/sample-buffer";
import type { Scale } from "../charts/scale";
import { processes, type ProcessDetails, type ProcessSample } from "../oriel";
import { element, setText } from "../dom";
import { failureOf, isAbort } from "../errors";
import { formatBytes, formatCount, formatDateTime, formatDuration, formatPercent, noValue } from "../format";
import { icon } from "../icons";
import { stateName } from "./process-order";

const fields: readonly [name: string, text: (details: ProcessDetails) => string][] = [
  ["State", details => stateName(details.state)],
  ["User", details => details.user],
  ["Parent", details => String(details.ppid)],
  ["Started", details => formatDateTime(details.startTime)],
  ["CPU time", details => formatDuration(details.cpuTime)],
  ["Memory", details => formatBytes(details.memory)],
  ["Virtual", details => formatBytes(details.virtualMemory)],
  ["Threads", details => formatCount(details.threads)],
  ["Open files", details => (details.openFiles === null ? noValue : formatCount(details.openFiles))],
  ["Priority", details => `${details.priority} (nice ${details.nice})`],
];

const paths: readonly [name: string, text: (details: ProcessDetails) => string][] = [
  ["Executable", details => details.executable ?? noValue],
  ["Directory", details => details.directory ?? noValue],
  ["Command", details => details.command || noValue],
];

/** One core, or as many as the process has used at most. */
const coreScale: Scale = {
  maximum: peak => Math.max(1, Math.ceil(peak)),
  format: share => formatPercent(share, share < 0.1 ? 1 : 0),
};

/** The pane that shows one process, brought up to date for as long as it is selected. */
export class ProcessDetailsPane {
  readonly element: HTMLElement;
  readonly #title = element("h2", { class: "cut" });
  readonly #note = element("p", { class: "pane-note", role: "status", hidden: true });
  readonly #values = new Map<string, HTMLElement>();
  readonly #chart = new LineChart("CPU use of the process", coreScale);
  #pid: number | null = null;
  #request: AbortController | null = null;
  #samples = new SampleBuffer(1, 64);

  /** @param onClose Called when the user closes the pane. */
  constructor(onClose: () => void) {
    const close = element("button", { class: "icon-button", type: "button", "aria-label": "Close details" }, icon("close"));
    close.addEventListener("click", onClose);
    this.element = element(
      "aside",
      { class: "card panel process-details", "aria-label": "Details of the process", hidden: true },
      element("header", { class: "panel-head" }, this.#title, close),
      element(
        "div",
        { class: "pane-scroll" },
        this.#note,
        this.#chart.element,
        this.#list("facts", fields),
        this.#list("facts stacked", paths),
      ),
    );
  }

  /** Shows a process, or with null hides the pane. */
  show(process: ProcessSample | null): void {
    if (process?.pid === this.#pid) {
      return;
    }

    this.#request?.abort();
    this.#request = null;
    this.#pid = process?.pid ?? null;
    this.element.hidden = process === null;
    if (process) {
      this.#samples = new SampleBuffer(1, 64);
      this.#chart.lines = [
        { name: "CPU", samples: this.#samples, column: 0, color: "--chart-cpu", filled: true },
      ];
      setText(this.#title, `${process.name} · ${process.pid}`);
      this.#title.title = process.name;
      this.#note.hidden = true;
      for (const value of this.#values.values()) {
        setText(value, noValue);
      }

      void this.#refresh();
    }
  }

  /** Takes in a new list of processes. */
  update(time: number, processes: readonly ProcessSample[]): void {
    if (this.#pid === null) {
      return;
    }

    const process = processes.find(candidate => candidate.pid === this.#pid);
    if (!process) {
      this.#tell("This process has ended.");
      return;
    }

    this.#samples.push(time, [process.cpu]);
    this.#chart.draw();
    void this.#refresh();
  }

  async #refresh(): Promise<void> {
    // An answer that takes longer than a second is waited for, not asked for again.
    if (this.#request) {
      return;
    }

    const request = new AbortController();
    this.#request = request;
    try {
      const details = await processes.details({ pid: this.#pid! }, { signal: request.signal });
      if (this.#request === request) {
        this.#note.hidden = true;
        for (const [name, text] of [...fields, ...paths]) {
          setText(this.#values.get(name)!, text(details));
        }
      }
    } catch (error) {
      if (!isAbort(error) && this.#request === request) {
        this.#tell(failureOf(error).message);
      }
    } finally {
      if (this.#request === request) {
        this.#request = null;
      }
    }
  }

  #tell(text: string): void {
    this.#note.hidden = false;
    setText(this.#note, text);
  }

  #list(className: string, entries: readonly [string, unknown][]): HTMLElement {
    const list = element("dl", { class: className });
    for (const [name] of entries) {
      const value = element("dd", {}, noValue);
      this.#values.set(name, value);
      list.append(element("div", {}, element("dt", {}, name), value));
    }

    return list;
  }
}
