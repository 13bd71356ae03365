/** Scrolled elements that are remembered before those that are gone are sorted out. */
const MaxScrolled = 64;

/** Keeps what a person would lose when an element is moved in the document: focus, selection, scroll positions. */
export class Keeper {
  /** Whether focus is being given back. */
  busy = false;
  /** The element that had the focus when the frame began. */
  focused: Element | null = null;

  private readonly scrolled = new Set<Element>();
  private positions: { element: Element; top: number; left: number }[] | null = null;
  private selection: { start: number; end: number; direction: "forward" | "backward" | "none" | undefined } | null = null;

  constructor() {
    // Only what has been scrolled has a position to lose: nothing else needs to be measured.
    document.addEventListener(
      "scroll",
      (event) => {
        if (event.target instanceof Element) {
          this.scrolled.add(event.target);
          if (this.scrolled.size > MaxScrolled) {
            this.measure();
          }
        }
      },
      { capture: true, passive: true },
    );
  }

  begin(): void {
    const active = document.activeElement;
    this.focused = active && active !== document.body ? active : null;
    this.selection = this.focused ? selectionOf(this.focused) : null;
  }

  /** Moves a node within its parent. */
  move(container: Node, node: ChildNode, before: ChildNode | null): void {
    const moving = container as Node & { moveBefore?: (node: Node, before: Node | null) => void };
    if (moving.moveBefore && node.isConnected) {
      moving.moveBefore(node, before);
      return;
    }

    this.positions ??= this.measure();
    container.insertBefore(node, before);
  }

  end(): void {
    for (const { element, top, left } of this.positions ?? []) {
      if (element.scrollTop !== top || element.scrollLeft !== left) {
        element.scrollTop = top;
        element.scrollLeft = left;
      }
    }

    this.positions = null;
    const focused = this.focused;
    this.focused = null;
    if (focused?.isConnected && document.activeElement !== focused && (document.activeElement === document.body || !document.activeElement)) {
      this.busy = true;
      try {
        (focused as HTMLElement).focus({ preventScroll: true });
        if (this.selection) {
          (focused as HTMLInputElement).setSelectionRange(this.selection.start, this.selection.end, this.selection.direction);
        }
      } finally {
        this.busy = false;
      }
    }
  }

  private measure(): { element: Element; top: number; left: number }[] {
    const positions = [];
    for (const element of this.scrolled) {
      if (!element.isConnected || (element.scrollTop === 0 && element.scrollLeft === 0)) {
        this.scrolled.delete(element);
      } else {
        positions.push({ element, top: element.scrollTop, left: element.scrollLeft });
      }
    }

    return positions;
  }
}

function selectionOf(element: Element): { start: number; end: number; direction: "forward" | "backward" | "none" | undefined } | null {
  if (!(element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) || element.selectionStart === null || element.selectionEnd === null) {
    return null;
  }

  return { start: element.selectionStart, end: element.selectionEnd, direction: element.selectionDirection ?? undefined };
}
