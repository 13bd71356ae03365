import { element, setText } from "./dom";
import { onNextFrame } from "./frames";
import { icon, type IconName } from "./icons";
import { nextOrder, type Comparer, type SortOrder } from "./ordering";

/** A column of a {@link VirtualGrid}. */
export interface GridColumn<T> {
  readonly id: string;
  readonly title: string;
  /** Aligned at the right, in tabular numbers. */
  readonly numeric?: boolean;
  text(item: T): string;
  icon?(item: T): IconName;
  /** Absent when the list cannot be sorted by this column. */
  readonly compare?: Comparer<T>;
  /** The direction of the first click on the heading: numbers mostly want the largest first. */
  readonly descendingFirst?: boolean;
  /** Marks the cell beyond its text; called each time the row is filled. */
  decorate?(cell: HTMLElement, item: T): void;
}

export interface GridOptions<T> {
  /** The accessible name. */
  readonly label: string;
  /** The class that gives the rows their column widths. */
  readonly className: string;
  readonly columns: readonly GridColumn<T>[];
  /** What an item is known by from one update to the next. */
  key(item: T): unknown;
  /** Shown in place of the rows when there are none. */
  readonly empty: string;
  readonly order?: SortOrder;
  onOrder?(order: SortOrder): void;
  /** The selection changed by the user's hand; null: nothing is selected. */
  onSelect?(item: T | null): void;
  /** Enter or a double click. */
  onActivate?(item: T): void;
}

interface Row {
  readonly element: HTMLElement;
  readonly cells: readonly Cell[];
  top: number;
}

interface Cell {
  readonly element: HTMLElement;
  readonly text: Text;
  iconName?: IconName;
}

/** The height of a row, as in style.css. */
const rowHeight = 28;
/** Rows beyond the visible ones, so that a small scroll shows no gap before the next frame. */
const overscan = 6;

let gridCount = 0;

/**
 * A list in columns that has elements for its visible rows only, and keeps them: an update writes the cells whose text
 * differs. Scroll position and selection stay across updates.
 */
export class VirtualGrid<T> {
  readonly element: HTMLElement;
  readonly #options: GridOptions<T>;
  readonly #head: HTMLElement;
  readonly #body: HTMLElement;
  readonly #empty: HTMLElement;
  readonly #headings = new Map<string, HTMLElement>();
  readonly #id = `grid-${++gridCount}`;
  readonly #render = () => this.#renderNow();
  #rows: Row[] = [];
  #items: readonly T[] = [];
  #order: SortOrder | undefined;
  #selectedKey: unknown = null;

  constructor(options: GridOptions<T>) {
    this.#options = options;
    this.#order = options.order;
    this.#head = element("div", { class: "grid-row grid-head", role: "row", "aria-rowindex": 1 });
    this.#body = element("div", { class: "grid-body", role: "rowgroup" });
    this.#empty = element("p", { class: "grid-empty" }, options.empty);
    this.element = element(
      "div",
      {
        class: `grid ${options.className}`,
        role: "grid",
        tabindex: 0,
        "aria-label": options.label,
        "aria-colcount": options.columns.length,
      },
      element("div", { role: "rowgroup", class: "grid-head-group" }, this.#head),
      this.#body,
      this.#empty,
    );

    this.#head.append(...options.columns.map(column => this.#createHeading(column)));
    this.#showOrder();
    this.element.addEventListener("scroll", () => onNextFrame(this.#render), { passive: true });
    this.element.addEventListener("keydown", event => this.#onKey(event));
    // Not click: a row may change its place between press and release.
    this.#body.addEventListener("pointerdown", event => this.#onPress(event));
    this.#body.addEventListener("dblclick", event => this.#onDoubleClick(event));
    this.#body.addEventListener("pointerover", event => showCutText(event.target));
    new ResizeObserver(() => onNextFrame(this.#render)).observe(this.element);
  }

  get items(): readonly T[] {
    return this.#items;
  }

  /** The items to show, filtered and in order. */
  set items(items: readonly T[]) {
    this.#items = items;
    this.#empty.hidden = items.length > 0;
    this.#body.hidden = items.length === 0;
    this.#body.style.height = `${items.length * rowHeight}px`;
    this.element.setAttribute("aria-rowcount", String(items.length + 1));
    onNextFrame(this.#render);
  }

  get order(): SortOrder | undefined {
    return this.#order;
  }

  get selectedKey(): unknown {
    return this.#selectedKey;
  }

  /** The text in place of the rows when there are none. */
  set emptyText(text: string) {
    setText(this.#empty, text);
  }

  /** Selects the item with that key, or nothing, without calling `onSelect`. */
  selectKey(key: unknown): void {
    this.#selectedKey = key;
    onNextFrame(this.#render);
  }

  /** Whether the last row is in view. */
  get isAtEnd(): boolean {
    const { scrollTop, clientHeight, scrollHeight } = this.element;
    return scrollTop + clientHeight >= scrollHeight - rowHeight;
  }

  scrollToEnd(): void {
    this.element.scrollTop = this.element.scrollHeight;
  }

  scrollToStart(): void {
    this.element.scrollTop = 0;
  }

  #createHeading(column: GridColumn<T>): HTMLElement {
    const heading = element("div", {
      class: column.numeric ? "grid-cell numeric" : "grid-cell",
      role: "columnheader",
      "data-column": column.id,
    });
    this.#headings.set(column.id, heading);
    if (!column.compare) {
      heading.append(element("span", { class: "grid-heading" }, column.title));
      return heading;
    }

    const button = element("button", { class: "grid-heading", type: "button" }, column.title);
    button.addEventListener("click", () => {
      const current = this.#order ?? { column: "", descending: false };
      this.#order = nextOrder(current, column.id, column.descendingFirst ?? false);
      this.#showOrder();
      this.#options.onOrder?.(this.#order);
    });
    heading.append(button);
    return heading;
  }

  #showOrder(): void {
    for (const [id, heading] of this.#headings) {
      if (id === this.#order?.column) {
        heading.setAttribute("aria-sort", this.#order.descending ? "descending" : "ascending");
      } else {
        heading.removeAttribute("aria-sort");
      }
    }
  }

  #renderNow(): void {
    const viewport = this.element.clientHeight;
    if (viewport === 0) {
      return;
    }

    const needed = Math.ceil(viewport / rowHeight) + 2 * overscan;
    while (this.#rows.length < needed) {
      this.#rows.push(this.#createRow());
    }

    const first = Math.max(0, Math.floor(this.element.scrollTop / rowHeight) - overscan);
    let active: string | null = null;
    // A row element shows the indices that leave the same remainder: scrolling by one row refills one element.
    for (let index = first; index < first + this.#rows.length; index++) {
      const row = this.#rows[index % this.#rows.length]!;
      const item = this.#items[index];
      row.element.hidden = item === undefined;
      if (item !== undefined && this.#fill(row, item, index)) {
        active = row.element.id;
      }
    }

    if (active === null) {
      this.element.removeAttribute("aria-activedescendant");
    } else if (this.element.getAttribute("aria-activedescendant") !== active) {
      this.element.setAttribute("aria-activedescendant", active);
    }
  }

  #createRow(): Row {
    const cells = this.#options.columns.map((column): Cell => {
      const text = document.createTextNode("");
      const cell = element(
        "div",
        {
          class: column.numeric ? "grid-cell numeric" : "grid-cell",
          role: "gridcell",
          "data-column": column.id,
        },
        element("span", { class: "grid-text" }, text),
      );
      return { element: cell, text };
    });

    const row = element("div", { class: "grid-row", role: "row", "aria-selected": "false", id: `${this.#id}-${this.#rows.length}` });
    row.append(...cells.map(cell => cell.element));
    this.#body.append(row);
    return { element: row, cells, top: -1 };
  }

  /** Writes an item into a row; true when it is the selected one. */
  #fill(row: Row, item: T, index: number): boolean {
    const top = index * rowHeight;
    if (row.top !== top) {
      row.top = top;
      row.element.style.transform = `translateY(${top}px)`;
      row.element.setAttribute("aria-rowindex", String(index + 2));
      row.element.classList.toggle("odd", index % 2 === 1);
    }

    const selected = this.#selectedKey !== null && this.#options.key(item) === this.#selectedKey;
    if ((row.element.getAttribute("aria-selected") === "true") !== selected) {
      row.element.setAttribute("aria-selected", String(selected));
    }

    this.#options.columns.forEach((column, i) => {
      const cell = row.cells[i]!;
      const text = column.text(item);
      if (cell.text.data !== text) {
        cell.text.data = text;
      }

      const iconName = column.icon?.(item);
      if (iconName && cell.iconName !== iconName) {
        cell.iconName = iconName;
        cell.element.querySelector("svg")?.remove();
        cell.element.prepend(icon(iconName));
        cell.element.dataset["icon"] = iconName;
      }

      column.decorate?.(cell.element, item);
    });
    return selected;
  }

  #onPress(event: PointerEvent): void {
    const index = this.#indexAt(event.clientY);
    if (event.button === 0 && index !== null) {
      this.#select(index);
    }
  }

  #onDoubleClick(event: MouseEvent): void {
    const item = this.#items[this.#indexAt(event.clientY) ?? -1];
    if (item !== undefined) {
      this.#options.onActivate?.(item);
    }
  }

  #indexAt(clientY: number): number | null {
    const index = Math.floor((clientY - this.#body.getBoundingClientRect().top) / rowHeight);
    return index >= 0 && index < this.#items.length ? index : null;
  }

  #onKey(event: KeyboardEvent): void {
    if (event.target !== this.element || event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }

    const selected = this.#items.findIndex(item => this.#options.key(item) === this.#selectedKey);
    const target = this.#targetOf(event.key, selected);
    if (target !== null) {
      event.preventDefault();
      this.#select(Math.max(0, Math.min(this.#items.length - 1, target)));
    } else if (event.key === "Enter" && selected >= 0) {
      event.preventDefault();
      this.#options.onActivate?.(this.#items[selected]!);
    } else if (event.key === "Escape" && this.#selectedKey !== null) {
      event.preventDefault();
      this.selectKey(null);
      this.#options.onSelect?.(null);
    }
  }

  /** The row that a key moves the selection to, before it is kept inside the list; null for other keys. */
  #targetOf(key: string, selected: number): number | null {
    const pageRows = Math.max(1, Math.floor((this.element.clientHeight - this.#head.offsetHeight) / rowHeight) - 1);
    switch (key) {
      case "ArrowDown":
        return selected + 1;
      case "ArrowUp":
        return selected < 0 ? 0 : selected - 1;
      case "PageDown":
        return selected + pageRows;
      case "PageUp":
        return selected - pageRows;
      case "Home":
        return 0;
      case "End":
        return this.#items.length - 1;
      default:
        return null;
    }
  }

  #select(index: number): void {
    const item = this.#items[index];
    if (item === undefined) {
      return;
    }

    this.#reveal(index);
    this.selectKey(this.#options.key(item));
    this.#options.onSelect?.(item);
  }

  #reveal(index: number): void {
    const top = index * rowHeight;
    const visible = this.element.clientHeight - this.#head.offsetHeight;
    if (top < this.element.scrollTop) {
      this.element.scrollTop = top;
    } else if (top + rowHeight > this.element.scrollTop + visible) {
      this.element.scrollTop = top + rowHeight - visible;
    }
  }
}

/** Gives a cell whose text is cut off a tooltip with all of it. */
function showCutText(target: EventTarget | null): void {
  const text = target instanceof Element ? target.closest(".grid-cell")?.querySelector<HTMLElement>(".grid-text") : null;
  if (text) {
    text.title = text.scrollWidth > text.clientWidth ? (text.textContent ?? "") : "";
  }
}
