import { element, setText } from "../dom";

/** One stop of the tour: what it is, how it is written, and what is to be tried. */
export function tourCard(name: string, title: string, hint: string, code: string, ...content: Node[]): HTMLElement {
  return element(
    "section",
    { class: "card tour-card", "aria-label": title, "data-tour": name },
    element("header", {}, element("h2", {}, title), element("p", { class: "muted" }, hint)),
    element("code", { class: "tour-code" }, code),
    ...content,
  );
}

/** A row of what can be clicked and filled in. */
export function tourRow(...content: Node[]): HTMLElement {
  return element("div", { class: "tour-row" }, ...content);
}

/** Where a large figure stands, with its unit, as soon as there is one. */
export function tourFigure(unit: string): { readonly row: HTMLElement; readonly showFigure: (text: string) => void } {
  const figure = element("output", { class: "burst-rate" });
  const row = element("p", { class: "burst-result tour-figure", hidden: true }, figure, element("span", { class: "muted" }, unit));
  const showFigure = (text: string): void => {
    row.hidden = false;
    setText(figure, text);
  };

  return { row, showFigure };
}

/** Where a card says what came of it. */
export function tourFacts(text: string): HTMLElement {
  return element("p", { class: "muted tour-facts", role: "status" }, text);
}
