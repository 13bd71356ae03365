import { byId, element } from "./dom";
import { failureOf } from "./errors";
import { icon } from "./icons";

const shownFor = 8000;
const shownAtMost = 4;

/** Tells of a failure that no part of the page has a place for. It goes away by itself. */
export function showFailure(attempt: string, thrown: unknown): void {
  const region = byId("notices");
  const dismiss = element("button", { class: "icon-button", type: "button", "aria-label": "Dismiss" }, icon("close"));
  const notice = element(
    "div",
    { class: "notice" },
    icon("warning"),
    element("p", {}, element("strong", {}, attempt), ` ${failureOf(thrown).message}`),
    dismiss,
  );

  dismiss.addEventListener("click", () => notice.remove());
  setTimeout(() => notice.remove(), shownFor);
  region.append(notice);
  while (region.childElementCount > shownAtMost) {
    region.firstElementChild?.remove();
  }
}
