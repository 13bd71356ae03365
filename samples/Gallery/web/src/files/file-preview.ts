import type { FileEntry } from "../oriel";
import { element } from "../dom";
import { failureOf, isAbort } from "../errors";
import { formatBytes, formatCount, formatDateTime, formatDuration } from "../format";
import { icon } from "../icons";
import { entryIcon, previewKind } from "./file-kinds";
import { typeName } from "./file-order";
import { fileAddress } from "./paths";
import { readTextStart } from "./text-preview";

/** Media larger than this are not fetched whole when the engine cannot play them from their address. */
const fetchedMediaLimit = 64 * 1024 * 1024;

/** The pane that shows the selected file. */
export class FilePreview {
  readonly element: HTMLElement;
  readonly #title = element("h2", { class: "cut" });
  readonly #stage = element("div", { class: "preview-stage" });
  readonly #facts = element("dl", { class: "facts" });
  readonly #open = element("button", { class: "button", type: "button" }, icon("folder"), "Open");
  #entry: FileEntry | null = null;
  #loading = new AbortController();
  #objectAddress: string | null = null;

  /**
   * @param onOpen Called when the user opens the folder or link on show.
   * @param onClose Called when the user closes the pane.
   */
  constructor(onOpen: (entry: FileEntry) => void, onClose: () => void) {
    const close = element("button", { class: "icon-button", type: "button", "aria-label": "Close preview" }, icon("close"));
    close.addEventListener("click", onClose);
    this.#open.addEventListener("click", () => this.#entry && onOpen(this.#entry));
    this.element = element(
      "aside",
      { class: "card panel file-preview", "aria-label": "Preview", hidden: true },
      element("header", { class: "panel-head" }, this.#title, close),
      element("div", { class: "pane-scroll" }, this.#stage, this.#facts, this.#open),
    );
  }

  /** Shows an entry, or with null hides the pane. */
  show(entry: FileEntry | null): void {
    this.#leave();
    this.#entry = entry;
    this.element.hidden = entry === null;
    if (!entry) {
      return;
    }

    this.#title.textContent = entry.name;
    this.#title.title = entry.name;
    this.#open.hidden = entry.kind !== "directory" && entry.kind !== "link";
    this.#facts.replaceChildren();
    this.#addFact("Type", typeName(entry));
    if (entry.kind === "file") {
      this.#addFact("Size", `${formatBytes(entry.size)} (${formatCount(entry.size)} bytes)`);
    }

    this.#addFact("Modified", formatDateTime(entry.modified));
    this.#addFact("Path", entry.path);
    this.#showContent(entry, this.#loading.signal);
  }

  /** Stops what is being loaded or played. */
  #leave(): void {
    this.#loading.abort();
    this.#loading = new AbortController();
    const media = this.#stage.querySelector<HTMLMediaElement>("video, audio");
    if (media) {
      // Removed from the document, it would play on and keep its connection.
      media.pause();
      media.removeAttribute("src");
      media.load();
    }

    if (this.#objectAddress !== null) {
      URL.revokeObjectURL(this.#objectAddress);
      this.#objectAddress = null;
    }
  }

  #showContent(entry: FileEntry, signal: AbortSignal): void {
    switch (previewKind(entry)) {
      case "image":
        this.#showImage(entry);
        break;
      case "video":
      case "audio":
        this.#showMedia(entry, signal);
        break;
      case "text":
        void this.#showText(entry, signal);
        break;
      case "none":
        this.#showEmblem(entry);
        break;
    }
  }

  #showImage(entry: FileEntry): void {
    const image = element("img", { class: "preview-image", alt: entry.name, decoding: "async" });
    image.addEventListener("load", () => {
      if (image.isConnected && image.naturalWidth > 0) {
        this.#addFact("Dimensions", `${image.naturalWidth} × ${image.naturalHeight}`, 2);
      }
    });
    image.addEventListener("error", () => {
      if (image.isConnected) {
        this.#showEmblem(entry, "This image cannot be shown.");
      }
    });
    image.src = fileAddress(entry.path);
    this.#stage.replaceChildren(image);
  }

  #showMedia(entry: FileEntry, signal: AbortSignal): void {
    const kind = previewKind(entry) === "video" ? "video" : "audio";
    const media = element(kind, { class: `preview-${kind}`, controls: true, preload: "metadata", "aria-label": entry.name });
    media.addEventListener("loadedmetadata", () => {
      if (Number.isFinite(media.duration)) {
        this.#addFact("Length", formatDuration(media.duration), 2);
      }
    });
    media.addEventListener("error", () => {
      if (!signal.aborted) {
        void this.#retryMedia(media, entry, signal);
      }
    });
    media.src = fileAddress(entry.path);
    this.#stage.replaceChildren(media);
  }

  /** Some engines hand media to a player that knows http and blob addresses only; those get the file as a blob. */
  async #retryMedia(media: HTMLMediaElement, entry: FileEntry, signal: AbortSignal): Promise<void> {
    if (this.#objectAddress !== null || entry.size > fetchedMediaLimit) {
      this.#showEmblem(entry, "This engine cannot play the file.");
      return;
    }

    try {
      const response = await fetch(fileAddress(entry.path), { signal });
      if (!response.ok) {
        throw new Error(`The file could not be read: ${response.status}`);
      }

      this.#objectAddress = URL.createObjectURL(await response.blob());
      media.src = this.#objectAddress;
    } catch (error) {
      if (!isAbort(error)) {
        this.#showEmblem(entry, failureOf(error).message);
      }
    }
  }

  async #showText(entry: FileEntry, signal: AbortSignal): Promise<void> {
    this.#showEmblem(entry);
    try {
      const start = await readTextStart(fileAddress(entry.path), entry.size, signal);
      if (signal.aborted) {
        return;
      }

      if (start === null || start.text === "") {
        this.#showEmblem(entry, start === null ? "No preview of binary files." : "This file is empty.");
        return;
      }

      const view = element("pre", { class: "preview-text", tabindex: 0, "aria-label": "Content" }, start.text);
      this.#stage.replaceChildren(view);
      if (start.cut) {
        this.#stage.append(element("p", { class: "muted preview-cut" }, "Only the beginning is shown."));
      }
    } catch (error) {
      if (!isAbort(error) && !signal.aborted) {
        this.#showEmblem(entry, failureOf(error).message);
      }
    }
  }

  #showEmblem(entry: FileEntry, message = ""): void {
    const emblem = element("div", { class: "preview-emblem" }, icon(entryIcon(entry)));
    if (message) {
      emblem.append(element("p", { class: "muted" }, message));
    }

    this.#stage.replaceChildren(emblem);
  }

  #addFact(name: string, value: string, position = this.#facts.childElementCount): void {
    const fact = element("div", {}, element("dt", {}, name), element("dd", {}, value));
    this.#facts.insertBefore(fact, this.#facts.children[position] ?? null);
  }
}
