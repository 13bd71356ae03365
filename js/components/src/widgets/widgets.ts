import { closeModal, showModal } from "./dialogs";
import { handleKeys } from "./keys";
import { focus, openMenu } from "./menus";
import { handleTooltips } from "./tooltips";

/** What the widgets of C# cannot do from there: `orielWidgets` for their calls, and the keyboard. */
export function startWidgets(window: Window & typeof globalThis): void {
  Object.defineProperty(window, "orielWidgets", { value: Object.freeze({ showModal, closeModal, openMenu, focus }) });
  handleKeys(window.document);
  handleTooltips(window.document);
}
