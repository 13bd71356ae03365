import { LineChart } from "../charts/line-chart";
import { SampleBuffer } from "../charts/sample-buffer";
import { shareScale } from "../charts/scale";
import type { SystemSample } from "../oriel";
import { formatBytes, formatPart, formatPercent } from "../format";
import { keptSamples } from "./kept-samples";
import { MetricCard } from "./metric-card";

/** Memory and swap, as shares of what there is. */
export class MemoryCard {
  readonly #card = new MetricCard("Memory", "metric-memory", [
    { name: "Used", color: "--chart-memory" },
    { name: "Cached" },
    { name: "Swap", color: "--chart-swap" },
  ]);
  readonly #chart = new LineChart("Memory use", shareScale);
  readonly #samples = new SampleBuffer(2, keptSamples);

  constructor() {
    this.#card.body.append(this.#chart.element);
    this.#chart.lines = [
      { name: "Used", samples: this.#samples, column: 0, color: "--chart-memory", filled: true },
      { name: "Swap", samples: this.#samples, column: 1, color: "--chart-swap", filled: false },
    ];
  }

  get element(): HTMLElement {
    return this.#card.element;
  }

  add({ time, memory }: SystemSample): void {
    const used = memory.total > 0 ? memory.used / memory.total : 0;
    const swap = memory.swapTotal > 0 ? memory.swapUsed / memory.swapTotal : 0;
    this.#samples.push(time, [used, swap]);
    this.#card.value = formatPercent(used);
    this.#card.figures = [
      formatPart(memory.used, memory.total),
      formatBytes(memory.cached),
      memory.swapTotal > 0 ? formatPart(memory.swapUsed, memory.swapTotal) : "none",
    ];
  }

  draw(): void {
    this.#chart.draw();
  }
}
