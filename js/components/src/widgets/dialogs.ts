// Modal dialogs: the browser keeps the focus inside, makes the rest inert and gives the focus back; C# decides what is open.

const Begin = ':is(.o-modal-body, .o-modal-actions) :is(input:not([type="hidden"]), select, textarea, button, a[href], [tabindex="0"]):not(:disabled)';

/** Calls back when an element has been removed. */
export type OnRemoved = (element: Element, callback: () => void) => void;

const prepared = new WeakSet<HTMLDialogElement>();
/** What had the focus before a dialog that is open. */
const openers = new WeakMap<HTMLDialogElement, Element>();
let onRemoved: OnRemoved = () => undefined;

/** Follows the dialogs that are removed while they are open: a browser gives the focus back only when one is closed. */
export function followDialogs(follow: OnRemoved): void {
  onRemoved = follow;
}

/** Shows a dialog above everything, and puts the focus into it. */
export function showModal(dialog: unknown): void {
  if (!(dialog instanceof HTMLDialogElement) || dialog.open || !dialog.isConnected) {
    return;
  }

  if (!prepared.has(dialog)) {
    prepared.add(dialog);
    prepare(dialog);
  }

  if (document.activeElement) {
    openers.set(dialog, document.activeElement);
  }

  dialog.showModal();

  // The browser begins with the first there is. That is the button that closes the dialog, and nobody has opened it for that.
  if (document.activeElement?.hasAttribute("data-oriel-close")) {
    dialog.querySelector<HTMLElement>(Begin)?.focus();
  }
}

/** Closes a dialog; the focus goes back to where it was. */
export function closeModal(dialog: unknown): void {
  if (dialog instanceof HTMLDialogElement && dialog.open) {
    openers.delete(dialog);
    dialog.close();
  }
}

function prepare(dialog: HTMLDialogElement): void {
  onRemoved(dialog, () => {
    const opener = openers.get(dialog);
    if (opener instanceof HTMLElement && opener.isConnected && (!document.activeElement || document.activeElement === document.body)) {
      opener.focus();
    }
  });

  dialog.addEventListener("cancel", (event) => {
    if (event.target === dialog) {
      event.preventDefault();
      dismiss(dialog);
    }
  });

  // A browser closes it by itself when Escape is pressed twice.
  dialog.addEventListener("close", (event) => {
    if (event.target === dialog && dialog.hasAttribute("data-oriel-open") && dialog.isConnected) {
      dialog.showModal();
      dismiss(dialog);
    }
  });

  // A press that began inside, such as one that selects text, dismisses nothing.
  dialog.addEventListener("pointerdown", (event) => {
    if (event.target === dialog && isOutside(dialog, event)) {
      dismiss(dialog);
    }
  });
}

/** Presses the close button: there is none where a decision is needed. */
function dismiss(dialog: HTMLDialogElement): void {
  dialog.querySelector<HTMLElement>("[data-oriel-close]")?.click();
}

function isOutside(dialog: HTMLDialogElement, event: PointerEvent): boolean {
  const box = dialog.getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
}
