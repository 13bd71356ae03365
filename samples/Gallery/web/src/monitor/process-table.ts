import type { ProcessSample } from "../oriel";
import { element, setText } from "../dom";
import { formatBytes, formatCount } from "../format";
import { icon } from "../icons";
import type { SortOrder } from "../ordering";
import { store, stored } from "../storage";
import { VirtualGrid } from "../virtual-grid";
import { arrangeProcesses, processOrders, stateName, type ProcessColumn } from "./process-order";

/** The table of processes, with its filter. */
export class ProcessTable {
  readonly element: HTMLElement;
  readonly #filter = element("input", {
    type: "search",
    placeholder: "Filter by name, command, user or PID",
    "aria-label": "Filter processes",
    "data-find": true,
    spellcheck: "false",
  });
  readonly #count = element("span", { class: "muted count", role: "status" });
  readonly #grid: VirtualGrid<ProcessSample>;
  #processes: readonly ProcessSample[] = [];
  #order: SortOrder = storedOrder();

  /** @param onSelect Called when another process is selected, or none. */
  constructor(onSelect: (process: ProcessSample | null) => void) {
    this.#grid = new VirtualGrid<ProcessSample>({
      label: "Processes",
      className: "process-grid",
      key: process => process.pid,
      empty: "Waiting for the first list of processes …",
      order: this.#order,
      onOrder: order => this.#sortBy(order),
      onSelect,
      columns: [
        { id: "name", title: "Name", text: process => process.name, compare: processOrders.name },
        { id: "pid", title: "PID", numeric: true, text: process => String(process.pid), compare: processOrders.pid },
        { id: "user", title: "User", text: process => process.user, compare: processOrders.user },
        {
          id: "state",
          title: "State",
          text: process => stateName(process.state),
          compare: processOrders.state,
          decorate: (cell, process) => mark(cell, "state", process.state),
        },
        {
          id: "cpu",
          title: "CPU %",
          numeric: true,
          text: process => (process.cpu * 100).toFixed(1),
          compare: processOrders.cpu,
          descendingFirst: true,
          decorate: (cell, process) => mark(cell, "heat", heat(process.cpu)),
        },
        {
          id: "memory",
          title: "Memory",
          numeric: true,
          text: process => formatBytes(process.memory),
          compare: processOrders.memory,
          descendingFirst: true,
        },
        {
          id: "threads",
          title: "Threads",
          numeric: true,
          text: process => formatCount(process.threads),
          compare: processOrders.threads,
          descendingFirst: true,
        },
        { id: "command", title: "Command", text: process => process.command, compare: processOrders.command },
      ],
    });

    this.#filter.addEventListener("input", () => {
      this.#arrange();
      this.#grid.scrollToStart();
    });
    this.#filter.addEventListener("keydown", event => {
      if (event.key === "ArrowDown") {
        event.preventDefault();
        this.#grid.element.focus();
      }
    });
    this.element = element(
      "section",
      { class: "card panel process-table", "aria-label": "Processes" },
      element(
        "header",
        { class: "panel-head" },
        element("h2", {}, "Processes"),
        this.#count,
        element("label", { class: "search" }, icon("search"), this.#filter),
      ),
      this.#grid.element,
    );
  }

  set processes(processes: readonly ProcessSample[]) {
    this.#processes = processes;
    this.#grid.emptyText = "No process matches the filter.";
    this.#arrange();
  }

  /** Takes the selection back. */
  clearSelection(): void {
    this.#grid.selectKey(null);
  }

  #sortBy(order: SortOrder): void {
    this.#order = order;
    store("process-order", JSON.stringify(order));
    this.#arrange();
    this.#grid.scrollToStart();
  }

  #arrange(): void {
    const shown = arrangeProcesses(this.#processes, this.#filter.value, this.#order);
    this.#grid.items = shown;
    const all = formatCount(this.#processes.length);
    setText(this.#count, shown.length === this.#processes.length ? all : `${formatCount(shown.length)} of ${all}`);
  }
}

/** How strongly a cell is tinted, from 0 (idle) to 4 (a core and more). */
function heat(cpu: number): string {
  return String([0.02, 0.15, 0.4, 0.8].filter(limit => cpu >= limit).length);
}

function mark(cell: HTMLElement, name: string, value: string): void {
  if (cell.dataset[name] !== value) {
    cell.dataset[name] = value;
  }
}

function storedOrder(): SortOrder {
  const fallback: SortOrder = { column: "cpu", descending: true };
  try {
    const order = JSON.parse(stored("process-order") ?? "null") as Partial<SortOrder> | null;
    return order?.column !== undefined && (order.column as ProcessColumn) in processOrders
      ? { column: order.column, descending: order.descending === true }
      : fallback;
  } catch {
    return fallback;
  }
}
