import { RingBuffer } from "../ring-buffer";

/** Times are counted from 2^firstPower to 2^(lastPower + 1) milliseconds, each power of two for itself. */
const firstPower = -6;
const lastPower = 10;

/** The lower edges of the buckets, in milliseconds. What is shorter or longer counts in the first and the last. */
export const bucketEdges: readonly number[] = Array.from({ length: lastPower - firstPower + 1 }, (_, i) => 2 ** (firstPower + i));

/** WebKit's clock has steps of a millisecond: what took less is 0 for it. */
const belowStep = 0.5;

/** The bucket of a time in milliseconds. */
export function bucketOf(milliseconds: number): number {
  const power = Math.floor(Math.log2(milliseconds > 0 ? milliseconds : belowStep));
  return Math.min(Math.max(power, firstPower), lastPower) - firstPower;
}

/** The times of the last calls, and how they are spread. */
export class LatencyHistogram {
  readonly #times: RingBuffer<number>;

  /** @param capacity Of how many calls the times are kept. */
  constructor(capacity = 5000) {
    this.#times = new RingBuffer<number>(capacity);
  }

  get count(): number {
    return this.#times.length;
  }

  /** Adds the time of a call. What is no time is left out. */
  add(milliseconds: number): void {
    if (Number.isFinite(milliseconds) && milliseconds >= 0) {
      this.#times.push(milliseconds);
    }
  }

  /** How many of the calls kept lie in each bucket. */
  get counts(): number[] {
    const counts = bucketEdges.map(() => 0);
    for (const time of this.#times.toArray()) {
      counts[bucketOf(time)]! += 1;
    }

    return counts;
  }

  /** The times that these shares of the calls did not exceed; NaN when there are none. */
  quantiles(...shares: number[]): number[] {
    const sorted = this.#times.toArray().sort((a, b) => a - b);
    return shares.map(share => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN);
  }

  clear(): void {
    this.#times.clear();
  }
}
