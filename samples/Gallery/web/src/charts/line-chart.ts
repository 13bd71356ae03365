import { element, setText } from "../dom";
import { Chart, chartSpan } from "./chart";
import { drawCurve, plotX, plotY, type Plot } from "./curve";
import { themeColor } from "./palette";
import type { SampleBuffer } from "./sample-buffer";
import type { Scale } from "./scale";

/** One line of a {@link LineChart}. */
export interface Line {
  readonly name: string;
  readonly samples: SampleBuffer;
  readonly column: number;
  /** A custom property of the style sheet. */
  readonly color: string;
  readonly filled: boolean;
}

const gridSeconds = 15;
const inset = 1;

/** Lines over the last minute, the newest sample at the right edge. */
export class LineChart extends Chart {
  readonly #name: string;
  readonly #scale: Scale;
  readonly #tooltip = element("div", { class: "chart-tooltip", hidden: true });
  #lines: readonly Line[] = [];
  #pointerX: number | null = null;

  constructor(name: string, scale: Scale) {
    super("line-chart", name);
    this.#name = name;
    this.#scale = scale;
    this.element.append(this.#tooltip);
    this.element.addEventListener("pointermove", event => this.#point(event.offsetX));
    this.element.addEventListener("pointerleave", () => this.#point(null));
  }

  set lines(lines: readonly Line[]) {
    this.#lines = lines;
    this.draw();
  }

  override draw(): void {
    this.label = [this.#name, ...this.#lines.map(line => `${line.name} ${this.#valueOf(line)}`)].join(", ");
    super.draw();
  }

  protected override paint(context: CanvasRenderingContext2D, width: number, height: number): void {
    const to = Math.max(0, ...this.#lines.map(line => lastTime(line.samples)));
    const plot: Plot = {
      left: inset,
      top: inset + 1,
      width: width - 2 * inset,
      height: height - 2 * inset - 1,
      from: to - chartSpan,
      to,
      maximum: this.#scale.maximum(this.#peak(to - chartSpan)),
    };

    this.#paintGrid(context, plot);
    for (const line of this.#lines) {
      drawCurve(context, line.samples, line.column, plot, themeColor(line.color), 1.6, line.filled ? 0.16 : 0);
    }

    this.#paintScale(context, plot);
    this.#paintPointer(context, plot);
  }

  #paintGrid(context: CanvasRenderingContext2D, plot: Plot): void {
    context.strokeStyle = themeColor("--chart-grid");
    context.lineWidth = 1;
    context.beginPath();
    for (const share of [0, 0.25, 0.5, 0.75, 1]) {
      const y = Math.round(plot.top + share * plot.height - 0.5) + 0.5;
      context.moveTo(plot.left, y);
      context.lineTo(plot.left + plot.width, y);
    }

    // Fixed to the clock, not to the edge: they move with the lines.
    const step = gridSeconds * 1000;
    for (let time = Math.ceil(plot.from / step) * step; time < plot.to; time += step) {
      const x = Math.round(plotX(plot, time)) + 0.5;
      context.moveTo(x, plot.top);
      context.lineTo(x, plot.top + plot.height);
    }

    context.stroke();
  }

  #paintScale(context: CanvasRenderingContext2D, plot: Plot): void {
    context.font = `10px ${getComputedStyle(this.element).fontFamily}`;
    context.textBaseline = "top";
    context.fillStyle = themeColor("--text-muted");
    context.fillText(this.#scale.format(plot.maximum), plot.left + 5, plot.top + 4);
  }

  #paintPointer(context: CanvasRenderingContext2D, plot: Plot): void {
    const pointed = this.#pointerX === null ? null : this.#sampleAt(plot, this.#pointerX);
    this.#tooltip.hidden = pointed === null;
    if (pointed === null) {
      return;
    }

    const x = plotX(plot, pointed);
    context.strokeStyle = themeColor("--text-muted");
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(Math.round(x) + 0.5, plot.top);
    context.lineTo(Math.round(x) + 0.5, plot.top + plot.height);
    context.stroke();

    const parts: string[] = [];
    for (const line of this.#lines) {
      const index = Math.min(line.samples.indexFrom(pointed), line.samples.length - 1);
      if (index >= 0) {
        const value = line.samples.value(index, line.column);
        parts.push(`${line.name} ${this.#scale.format(value)}`);
        context.fillStyle = themeColor(line.color);
        context.beginPath();
        context.arc(x, plotY(plot, value), 3, 0, 2 * Math.PI);
        context.fill();
      }
    }

    setText(this.#tooltip, `${parts.join("\n")}\n${Math.round((plot.to - pointed) / 1000)} s ago`);
    const beyondMiddle = x > plot.left + plot.width / 2;
    this.#tooltip.style.left = beyondMiddle ? "auto" : `${x + 8}px`;
    this.#tooltip.style.right = beyondMiddle ? `${plot.left + plot.width - x + 8}px` : "auto";
  }

  /** The time of the sample nearest to a place; null where there are none yet. */
  #sampleAt(plot: Plot, x: number): number | null {
    const samples = this.#lines[0]?.samples;
    if (!samples || samples.length === 0) {
      return null;
    }

    const time = plot.from + ((x - plot.left) / plot.width) * (plot.to - plot.from);
    const after = Math.min(samples.indexFrom(time), samples.length - 1);
    const before = Math.max(0, after - 1);
    const nearest = time - samples.time(before) < samples.time(after) - time ? before : after;
    return Math.max(plot.from, samples.time(nearest));
  }

  #peak(from: number): number {
    let peak = 0;
    for (const { samples, column } of this.#lines) {
      for (let i = samples.indexFrom(from); i < samples.length; i++) {
        peak = Math.max(peak, samples.value(i, column));
      }
    }

    return peak;
  }

  #valueOf(line: Line): string {
    return this.#scale.format(line.samples.last(line.column));
  }

  #point(x: number | null): void {
    this.#pointerX = x;
    this.draw();
  }
}

function lastTime(samples: SampleBuffer): number {
  return samples.length === 0 ? 0 : samples.time(samples.length - 1);
}
