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
