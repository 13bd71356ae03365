import { formatPercent, formatRate } from "../format";

/** How a chart's height is divided. */
export interface Scale {
  /** The value of the upper edge, given the largest value in view. */
  maximum(peak: number): number;
  format(value: number): string;
}

/** From 0 to all, whatever is in view. */
export const shareScale: Scale = {
  maximum: () => 1,
  format: value => formatPercent(value),
};

/** Grows with the largest rate in view. */
export const rateScale: Scale = {
  maximum: rateCeiling,
  format: formatRate,
};

/** The next step of 1, 2, 5, 10, 20, 50, 100, 200, 500 of a binary unit that a rate fits under; 10 KiB/s at least. */
export function rateCeiling(rate: number): number {
  let unit = 1024;
  for (;;) {
    for (const step of [1, 2, 5, 10, 20, 50, 100, 200, 500]) {
      const ceiling = step * unit;
      if (ceiling >= rate && ceiling >= 10_240) {
        return ceiling;
      }
    }

    unit *= 1024;
    if (!Number.isFinite(unit)) {
      return Number.MAX_VALUE;
    }
  }
}
