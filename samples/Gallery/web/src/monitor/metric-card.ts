import { element, setText } from "../dom";

/** A figure below a chart. */
export interface Stat {
  readonly name: string;
  /** The custom property of the line that the figure belongs to. */
  readonly color?: string;
}

/** The frame of one quantity: its name, its value now, room for a chart, and figures below. */
export class MetricCard {
  readonly element: HTMLElement;
  readonly body = element("div", { class: "metric-body" });
  readonly head: HTMLElement;
  readonly #value = element("output", { class: "metric-value", "aria-live": "off" });
  readonly #stats: HTMLElement[];

  constructor(title: string, className: string, stats: readonly Stat[]) {
    this.head = element("header", { class: "metric-head" }, element("h2", {}, title), this.#value);
    const list = element("dl", { class: "metric-stats" });
    this.#stats = stats.map(stat => {
      const name = element("dt", {}, stat.name);
      if (stat.color) {
        const swatch = element("span", { class: "swatch" });
        swatch.style.background = `var(${stat.color})`;
        name.prepend(swatch);
      }

      const figure = element("dd", {}, "–");
      list.append(element("div", {}, name, figure));
      return figure;
    });

    this.element = element(
      "section",
      { class: `card metric ${className}`, "aria-label": title },
      this.head,
      this.body,
      list,
    );
  }

  set value(text: string) {
    setText(this.#value, text);
  }

  /** The figures, in the order of the constructor's. */
  set figures(texts: readonly string[]) {
    texts.forEach((text, i) => {
      const figure = this.#stats[i];
      if (figure) {
        setText(figure, text);
      }
    });
  }
}
