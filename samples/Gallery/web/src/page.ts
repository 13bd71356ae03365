import { element } from "./dom";

/** One page of the sidebar. It is built once and kept; only one is shown at a time. */
export interface Page {
  readonly element: HTMLElement;
  /** Resolves when the page shows its data for the first time, or why it has none. */
  readonly loaded: Promise<void>;
  /** Called when the page comes into view. */
  show(): void;
  /** Called when another page takes its place. */
  hide(): void;
}

/** What the head of a page says and holds. */
export interface PageHead {
  /** The page's name in the address. */
  readonly name: string;
  readonly title: string;
  readonly subtitle: string;
  /** Below the subtitle. */
  readonly notes?: readonly HTMLElement[];
  /** At the end of the head. */
  readonly actions?: readonly HTMLElement[];
}

/** The frame of a page: its head, and what stands below. */
export function pageSection({ name, title, subtitle, notes = [], actions = [] }: PageHead, ...content: Node[]): HTMLElement {
  const id = `${name}-title`;
  return element(
    "section",
    { class: `page ${name}-page`, "aria-labelledby": id },
    element(
      "header",
      { class: "page-head" },
      element("div", { class: "page-title" }, element("h1", { id }, title), element("p", { class: "muted cut" }, subtitle), ...notes),
      ...(actions.length > 0 ? [element("div", { class: "actions" }, ...actions)] : []),
    ),
    ...content,
  );
}
