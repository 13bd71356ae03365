import type { SampleBuffer } from "./sample-buffer";

/** Where and how samples become points. */
export interface Plot {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** The times of the left and the right edge. */
  readonly from: number;
  readonly to: number;
  /** The value of the upper edge; the lower one is 0. */
  readonly maximum: number;
}

/** A line through the samples of one column, and below it an area when `fill` is above 0 (its opacity). */
export function drawCurve(
  context: CanvasRenderingContext2D,
  samples: SampleBuffer,
  column: number,
  plot: Plot,
  color: string,
  lineWidth: number,
  fill: number,
): void {
  // One sample before the left edge, so that the line enters from outside.
  const first = Math.max(0, samples.indexFrom(plot.from) - 1);
  if (samples.length - first < 2) {
    return;
  }

  const x = (index: number): number => plotX(plot, samples.time(index));
  const y = (index: number): number => plotY(plot, samples.value(index, column));

  // Curves between the middles of neighbours are smooth and never rise above a sample, as splines through them would.
  const path = new Path2D();
  path.moveTo(x(first), y(first));
  for (let i = first + 1; i < samples.length - 1; i++) {
    path.quadraticCurveTo(x(i), y(i), (x(i) + x(i + 1)) / 2, (y(i) + y(i + 1)) / 2);
  }

  path.lineTo(x(samples.length - 1), y(samples.length - 1));

  context.save();
  context.beginPath();
  context.rect(plot.left, plot.top - lineWidth, plot.width, plot.height + 2 * lineWidth);
  context.clip();
  if (fill > 0) {
    const bottom = plot.top + plot.height;
    const area = new Path2D(path);
    area.lineTo(x(samples.length - 1), bottom);
    area.lineTo(x(first), bottom);
    area.closePath();
    context.globalAlpha = fill;
    context.fillStyle = color;
    context.fill(area);
  }

  context.globalAlpha = 1;
  context.strokeStyle = color;
  context.lineWidth = lineWidth;
  context.lineJoin = "round";
  context.stroke(path);
  context.restore();
}

export function plotX(plot: Plot, time: number): number {
  return plot.left + ((time - plot.from) / (plot.to - plot.from)) * plot.width;
}

export function plotY(plot: Plot, value: number): number {
  const share = Math.max(0, Math.min(1, value / plot.maximum));
  return plot.top + (1 - share) * plot.height;
}
