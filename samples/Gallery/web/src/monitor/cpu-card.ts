import { SampleBuffer } from "../charts/sample-buffer";
import { CoreChart } from "../charts/core-chart";
import { LineChart } from "../charts/line-chart";
import { shareScale } from "../charts/scale";
import type { SystemSample } from "../oriel";
import { element } from "../dom";
import { formatPercent } from "../format";
import { MetricCard } from "./metric-card";
import { keptSamples } from "./kept-samples";

/** The use of the processor: all of it, and core by core. */
export class CpuCard {
  readonly #card = new MetricCard("Processor", "metric-cpu", [
    { name: "Busiest core" },
    { name: "Cores" },
    { name: "Load 1, 5, 15 min" },
  ]);
  readonly #total = new LineChart("CPU use", shareScale);
  readonly #coreArea = element("div", { class: "core-area" });
  // The first column is the total; made anew when the number of cores changes.
  #samples = new SampleBuffer(1, keptSamples);
  #cores: CoreChart | null = null;

  constructor() {
    this.#card.body.append(this.#total.element, this.#coreArea);
  }

  get element(): HTMLElement {
    return this.#card.element;
  }

  add(sample: SystemSample): void {
    const { total, cores } = sample.cpu;
    if (this.#cores === null || this.#samples.width !== cores.length + 1) {
      this.#samples = new SampleBuffer(cores.length + 1, keptSamples);
      this.#cores = new CoreChart(this.#samples, 1);
      this.#coreArea.replaceChildren(this.#cores.element);
      this.#total.lines = [{ name: "Total", samples: this.#samples, column: 0, color: "--chart-cpu", filled: true }];
    }

    this.#samples.push(sample.time, [total, ...cores]);
    this.#card.value = formatPercent(total);
    const busiest = cores.reduce((best, share, core) => (share > cores[best]! ? core : best), 0);
    this.#card.figures = [
      cores.length === 0 ? "–" : `${busiest} at ${formatPercent(cores[busiest]!)}`,
      String(cores.length),
      sample.load.map(load => load.toFixed(2)).join("  "),
    ];
  }

  draw(): void {
    this.#total.draw();
    this.#cores?.draw();
  }
}
