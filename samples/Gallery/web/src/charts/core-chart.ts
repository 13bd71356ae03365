import { formatPercent } from "../format";
import { Chart, chartSpan } from "./chart";
import { columnsFor } from "./core-layout";
import { drawCurve } from "./curve";
import { themeColor } from "./palette";
import type { SampleBuffer } from "./sample-buffer";

const gap = 4;
/** A cell narrower than this has no room for its text. */
const labelledWidth = 44;

/** A small chart for every core, in one canvas. */
export class CoreChart extends Chart {
  readonly #samples: SampleBuffer;
  readonly #firstColumn: number;

  /** @param firstColumn The column of core 0; those of the other cores follow. */
  constructor(samples: SampleBuffer, firstColumn: number) {
    super("core-chart", "CPU use by core");
    this.#samples = samples;
    this.#firstColumn = firstColumn;
  }

  override draw(): void {
    const shares = Array.from({ length: this.#cores }, (_, core) => this.#samples.last(this.#firstColumn + core));
    this.label = `CPU use by core: ${shares.map(share => formatPercent(share)).join(", ")}`;
    super.draw();
  }

  protected override paint(context: CanvasRenderingContext2D, width: number, height: number): void {
    const columns = columnsFor(this.#cores, width, height);
    const rows = Math.ceil(this.#cores / columns);
    const cellWidth = (width - gap * (columns - 1)) / columns;
    const cellHeight = (height - gap * (rows - 1)) / rows;
    context.font = `10px ${getComputedStyle(this.element).fontFamily}`;
    context.textBaseline = "top";
    for (let core = 0; core < this.#cores; core++) {
      const left = (core % columns) * (cellWidth + gap);
      const top = Math.floor(core / columns) * (cellHeight + gap);
      this.#paintCore(context, core, left, top, cellWidth, cellHeight);
    }
  }

  #paintCore(
    context: CanvasRenderingContext2D,
    core: number,
    left: number,
    top: number,
    width: number,
    height: number,
  ): void {
    const column = this.#firstColumn + core;
    const share = this.#samples.last(column);
    const newest = this.#samples.length === 0 ? 0 : this.#samples.time(this.#samples.length - 1);

    context.strokeStyle = themeColor("--chart-grid");
    context.lineWidth = 1;
    context.strokeRect(left + 0.5, top + 0.5, width - 1, height - 1);
    // The frame fills up with the load: it is seen at a glance which cores work.
    context.globalAlpha = 0.14 * share;
    context.fillStyle = themeColor("--chart-cpu");
    context.fillRect(left + 1, top + 1, width - 2, height - 2);
    context.globalAlpha = 1;

    const plot = {
      left: left + 1,
      top: top + 2,
      width: width - 2,
      height: height - 3,
      from: newest - chartSpan,
      to: newest,
      maximum: 1,
    };
    drawCurve(context, this.#samples, column, plot, themeColor("--chart-cpu"), 1.2, 0.2);

    if (width >= labelledWidth && height >= 18) {
      context.textAlign = "left";
      paintText(context, String(core), left + 5, top + 4, "--text-muted");
      context.textAlign = "right";
      paintText(context, formatPercent(share), left + width - 5, top + 4, "--text");
    }
  }

  get #cores(): number {
    return this.#samples.width - this.#firstColumn;
  }
}

/** Text with a rim in the colour of the card, so that it can be read where a line passes behind it. */
function paintText(context: CanvasRenderingContext2D, text: string, x: number, y: number, color: string): void {
  context.strokeStyle = themeColor("--surface");
  context.lineWidth = 3;
  context.lineJoin = "round";
  context.strokeText(text, x, y);
  context.fillStyle = themeColor(color);
  context.fillText(text, x, y);
}
