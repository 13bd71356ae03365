import { element, setText } from "../dom";
import { failureOf, isAbort } from "../errors";
import { formatBytes, formatCount, formatDateTime } from "../format";
import { icon, type IconName } from "../icons";
import type { SortOrder } from "../ordering";
import { files, type FileEntry, type FileListing, type FilePlace } from "../oriel";
import type { Page } from "../page";
import { store, stored } from "../storage";
import { VirtualGrid } from "../virtual-grid";
import { entryIcon } from "./file-kinds";
import { arrangeFiles, fileOrders, typeName } from "./file-order";
import { FilePreview } from "./file-preview";
import { FolderHistory } from "./folder-history";
import { crumbsOf } from "./paths";

/** The files of the machine: places, folders, and a preview. */
export class FilesPage implements Page {
  readonly element: HTMLElement;
  readonly loaded: Promise<void>;
  readonly #back = toolButton("back", "Back (Alt+Left)");
  readonly #forward = toolButton("forward", "Forward (Alt+Right)");
  readonly #up = toolButton("up", "Parent folder (Alt+Up)");
  readonly #reload = toolButton("refresh", "Read again (F5)");
  readonly #crumbs = element("ol", { class: "crumbs" });
  readonly #places = element("ul", { class: "places" });
  readonly #filter = element("input", {
    type: "search",
    placeholder: "Filter",
    "aria-label": "Filter files",
    "data-find": true,
    spellcheck: "false",
  });
  readonly #hidden = element("input", { type: "checkbox" });
  readonly #count = element("span", { class: "muted count", role: "status" });
  readonly #failure = element("div", { class: "failure", role: "alert", hidden: true });
  readonly #grid: VirtualGrid<FileEntry>;
  readonly #preview: FilePreview;
  readonly #history = new FolderHistory();
  #order: SortOrder = { column: "name", descending: false };
  #folder: FileListing | null = null;
  /** The folder in the path bar: also one that could not be opened. */
  #path: string | null = null;
  #loading = new AbortController();
  #started = false;
  #markLoaded = (): void => {};

  constructor() {
    this.loaded = new Promise(resolve => (this.#markLoaded = resolve));
    this.#preview = new FilePreview(
      entry => void this.#open(entry.path),
      () => this.#select(null),
    );
    this.#grid = new VirtualGrid<FileEntry>({
      label: "Files",
      className: "file-grid",
      key: entry => entry.path,
      empty: "This folder is empty.",
      order: this.#order,
      onOrder: order => {
        this.#order = order;
        this.#arrange();
      },
      onSelect: entry => this.#preview.show(entry),
      onActivate: entry => this.#activate(entry),
      columns: [
        { id: "name", title: "Name", text: entry => entry.name, icon: entryIcon, compare: fileOrders.name },
        {
          id: "size",
          title: "Size",
          numeric: true,
          text: entry => (entry.kind === "file" ? formatBytes(entry.size) : ""),
          compare: fileOrders.size,
          descendingFirst: true,
        },
        {
          id: "modified",
          title: "Modified",
          text: entry => formatDateTime(entry.modified),
          compare: fileOrders.modified,
          descendingFirst: true,
        },
        { id: "type", title: "Type", text: typeName, compare: fileOrders.type },
      ],
    });

    this.#hidden.checked = stored("hidden-files") === "true";
    this.element = this.#layOut();
    this.#listen();
  }

  show(): void {
    if (!this.#started) {
      this.#started = true;
      void this.#start();
    }
  }

  hide(): void {}

  #layOut(): HTMLElement {
    return element(
      "section",
      { class: "page files-page", "aria-labelledby": "files-title" },
      element(
        "header",
        { class: "page-head" },
        element("h1", { id: "files-title" }, "Files"),
        element(
          "div",
          { class: "tool-group", role: "group", "aria-label": "Folders" },
          this.#back,
          this.#forward,
          this.#up,
          this.#reload,
        ),
        element("nav", { class: "crumb-bar", "aria-label": "Path" }, this.#crumbs),
      ),
      element("nav", { class: "card panel places-pane", "aria-label": "Places" }, this.#places),
      element(
        "section",
        { class: "card panel files-pane", "aria-label": "Folder" },
        element(
          "header",
          { class: "panel-head" },
          this.#count,
          element("label", { class: "check" }, this.#hidden, "Hidden files"),
          element("label", { class: "search" }, icon("search"), this.#filter),
        ),
        this.#failure,
        this.#grid.element,
      ),
      this.#preview.element,
    );
  }

  #listen(): void {
    this.#back.addEventListener("click", () => this.#step(-1));
    this.#forward.addEventListener("click", () => this.#step(1));
    this.#up.addEventListener("click", () => this.#goUp());
    this.#reload.addEventListener("click", () => this.#readAgain());
    this.#filter.addEventListener("input", () => this.#arrange());
    this.#hidden.addEventListener("change", () => {
      store("hidden-files", String(this.#hidden.checked));
      this.#arrange();
    });
    this.#filter.addEventListener("keydown", event => {
      if (event.key === "ArrowDown") {
        event.preventDefault();
        this.#grid.element.focus();
      }
    });
    this.element.addEventListener("keydown", event => this.#onKey(event));
  }

  #onKey(event: KeyboardEvent): void {
    const inList = event.target === this.#grid.element;
    const actions: Record<string, () => void> = {
      "Alt+ArrowLeft": () => this.#step(-1),
      "Alt+ArrowRight": () => this.#step(1),
      "Alt+ArrowUp": () => this.#goUp(),
      F5: () => this.#readAgain(),
      ...(inList ? { Backspace: () => this.#goUp() } : {}),
    };
    const action = actions[event.altKey ? `Alt+${event.key}` : event.key];
    if (action) {
      event.preventDefault();
      action();
    }
  }

  async #start(): Promise<void> {
    const address = new URLSearchParams(location.search);
    const preset = address.get("path");
    if (preset) {
      void this.#open(preset).then(() => this.#selectPath(address.get("file")));
    }

    try {
      const places = await files.places();
      this.#showPlaces(places);
      if (!preset) {
        void this.#open(places[0]?.path ?? "/");
      }
    } catch (error) {
      this.#fail("The places could not be listed.", error, () => void this.#start());
    }
  }

  /** Opens a folder. The one on show stays until the answer is there, so that nothing flickers. */
  async #open(path: string): Promise<void> {
    this.#loading.abort();
    const loading = new AbortController();
    this.#loading = loading;
    this.element.setAttribute("aria-busy", "true");
    try {
      const folder = await files.list({ path }, { signal: loading.signal });
      if (!loading.signal.aborted) {
        this.#history.visit(folder.path);
        this.#showFolder(folder);
      }
    } catch (error) {
      if (!isAbort(error) && !loading.signal.aborted) {
        this.#history.visit(path);
        this.#showPath(path, crumbsOf(path).at(-2)?.path ?? null);
        this.#fail("This folder cannot be opened.", error, () => void this.#open(path));
      }
    } finally {
      if (this.#loading === loading) {
        this.element.removeAttribute("aria-busy");
        this.#markLoaded();
      }
    }
  }

  #showFolder(folder: FileListing): void {
    const moved = this.#folder?.path !== folder.path;
    this.#folder = folder;
    this.#failure.hidden = true;
    this.#grid.element.hidden = false;
    if (moved) {
      this.#filter.value = "";
      this.#grid.scrollToStart();
      this.#select(null);
    }

    this.#showPath(folder.path, folder.parent);
    this.#arrange();
  }

  #showPath(path: string, parent: string | null): void {
    this.#path = path;
    const crumbs = crumbsOf(path);
    this.#crumbs.replaceChildren(
      ...crumbs.map((crumb, i) => {
        const button = element("button", { class: "crumb", type: "button" }, crumb.name);
        button.addEventListener("click", () => void this.#open(crumb.path));
        if (i === crumbs.length - 1) {
          button.setAttribute("aria-current", "location");
        }

        return element("li", {}, button);
      }),
    );
    this.#crumbs.lastElementChild?.scrollIntoView({ block: "nearest", inline: "end" });
    this.#back.disabled = !this.#history.canGoBack;
    this.#forward.disabled = !this.#history.canGoForward;
    this.#up.disabled = parent === null;
    this.#up.dataset["path"] = parent ?? "";
    for (const place of this.#places.querySelectorAll<HTMLElement>("[data-path]")) {
      place.setAttribute("aria-current", String(place.dataset["path"] === path));
    }
  }

  #showPlaces(places: readonly FilePlace[]): void {
    this.#places.replaceChildren(
      ...places.map(({ name, path }) => {
        const button = element(
          "button",
          { class: "place", type: "button", title: path, "data-path": path },
          icon(placeIcon(name, path)),
          element("span", { class: "cut" }, name),
        );
        button.setAttribute("aria-current", String(path === this.#path));
        button.addEventListener("click", () => void this.#open(path));
        return element("li", {}, button);
      }),
    );
  }

  #arrange(): void {
    if (!this.#folder) {
      return;
    }

    const { entries, truncated } = this.#folder;
    const filter = { query: this.#filter.value, hidden: this.#hidden.checked };
    const shown = arrangeFiles(entries, filter, this.#order);
    this.#grid.emptyText = entries.length === 0 ? "This folder is empty." : "Nothing here matches the filter.";
    this.#grid.items = shown;
    const all = `${formatCount(entries.length)}${truncated ? "+" : ""} ${entries.length === 1 ? "item" : "items"}`;
    const first = truncated ? ` (only the first ${formatCount(entries.length)} are listed)` : "";
    setText(this.#count, (shown.length === entries.length ? all : `${formatCount(shown.length)} of ${all}`) + first);
  }

  #select(entry: FileEntry | null): void {
    this.#grid.selectKey(entry?.path ?? null);
    this.#preview.show(entry);
  }

  /** Selects the entry of that path, if the folder on show has one. */
  #selectPath(path: string | null): void {
    const entry = this.#folder?.entries.find(candidate => candidate.path === path);
    if (entry) {
      this.#select(entry);
    }
  }

  #activate(entry: FileEntry): void {
    if (entry.kind === "directory" || entry.kind === "link") {
      void this.#open(entry.path);
    }
  }

  #step(direction: -1 | 1): void {
    const path = this.#history.step(direction);
    if (path !== null) {
      void this.#open(path);
    }
  }

  #goUp(): void {
    const parent = this.#up.dataset["path"];
    if (parent && !this.#up.disabled) {
      void this.#open(parent);
    }
  }

  #readAgain(): void {
    if (this.#path !== null) {
      void this.#open(this.#path);
    }
  }

  #fail(attempt: string, error: unknown, retry: () => void): void {
    const again = element("button", { class: "button", type: "button" }, icon("refresh"), "Try again");
    again.addEventListener("click", retry);
    this.#failure.replaceChildren(
      icon("warning"),
      element("h3", {}, attempt),
      element("p", { class: "muted" }, failureOf(error).message),
      again,
    );
    this.#failure.hidden = false;
    this.#grid.element.hidden = true;
    this.#select(null);
    setText(this.#count, "");
  }
}

function toolButton(name: IconName, label: string): HTMLButtonElement {
  return element("button", { class: "icon-button", type: "button", title: label, "aria-label": label }, icon(name));
}

function placeIcon(name: string, path: string): IconName {
  const lowered = name.toLowerCase();
  if (lowered.includes("home")) {
    return "home";
  }

  if (lowered.includes("temp")) {
    return "clock";
  }

  if (lowered.includes("sample") || lowered.includes("gallery")) {
    return "star";
  }

  return crumbsOf(path).length === 1 ? "drive" : "folder";
}
