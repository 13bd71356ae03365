import { element, setText } from "../dom";
import { failureOf } from "../errors";
import { formatCount } from "../format";
import { icon } from "../icons";
import { states, tour, type BoardColor } from "../oriel";
import { tourCard, tourFacts, tourRow } from "./tour-card";

const colors: readonly BoardColor[] = ["blue", "green", "amber", "purple"];

/** A state that all windows share and write. */
export function createBoardCard(): HTMLElement {
  const text = element("textarea", { class: "tour-board", rows: 2, maxlength: 200, "aria-label": "What all windows show", spellcheck: "false" });
  const windows = element("span", { class: "badge" });
  const facts = tourFacts("The value lives in C#: a new window has it at once.");
  const swatches = colors.map(color => {
    const swatch = element("button", { class: "tour-swatch", type: "button", "data-color": color, title: color, "aria-label": color });
    swatch.addEventListener("click", () => write(() => states.board.set(board => ({ ...board, color }))));
    return swatch;
  });
  const open = element("button", { class: "button primary", type: "button" }, icon("star"), "Another window");
  open.addEventListener("click", () => write(() => tour.openWindow({ guest: false })));
  text.addEventListener("input", () => write(() => states.board.set(board => ({ ...board, text: text.value }))));

  states.board.subscribe(board => {
    // The caret would jump to the end.
    if (text.value !== board.text) {
      text.value = board.text;
    }

    text.dataset["color"] = board.color;
    for (const swatch of swatches) {
      swatch.setAttribute("aria-pressed", String(swatch.dataset["color"] === board.color));
    }
  });
  states.openWindows.subscribe(count => setText(windows, `${formatCount(count)} ${count === 1 ? "window" : "windows"}`));

  function write(work: () => Promise<void>): void {
    work().catch((error: unknown) => setText(facts, failureOf(error).message));
  }

  return tourCard(
    "board",
    "A shared state",
    "Write here: all windows show it, and C# has checked it.",
    "states.board.set({ ...board, text })",
    text,
    tourRow(...swatches, open, windows),
    facts,
  );
}
