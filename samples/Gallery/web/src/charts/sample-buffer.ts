/** The last samples of a quantity: a time and a fixed number of values each, the oldest overwritten first. */
export class SampleBuffer {
  readonly #times: Float64Array;
  readonly #values: Float64Array;
  #next = 0;
  #length = 0;

  /**
   * @param width The number of values a sample.
   * @param capacity The number of samples kept.
   */
  constructor(
    readonly width: number,
    readonly capacity: number,
  ) {
    this.#times = new Float64Array(capacity);
    this.#values = new Float64Array(capacity * width);
  }

  get length(): number {
    return this.#length;
  }

  push(time: number, values: ArrayLike<number>): void {
    this.#times[this.#next] = time;
    for (let column = 0; column < this.width; column++) {
      this.#values[this.#next * this.width + column] = values[column] ?? 0;
    }

    this.#next = (this.#next + 1) % this.capacity;
    this.#length = Math.min(this.#length + 1, this.capacity);
  }

  /** The time of a sample, 0 being the oldest. */
  time(index: number): number {
    return this.#times[this.#slot(index)]!;
  }

  /** A value of a sample, 0 being the oldest. */
  value(index: number, column: number): number {
    return this.#values[this.#slot(index) * this.width + column]!;
  }

  /** The newest value; 0 before there is one. */
  last(column: number): number {
    return this.#length === 0 ? 0 : this.value(this.#length - 1, column);
  }

  /** The index of the first sample at or after a time; the length when there is none. */
  indexFrom(time: number): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.time(middle) < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }

    return low;
  }

  #slot(index: number): number {
    return (this.#next - this.#length + index + this.capacity) % this.capacity;
  }
}
