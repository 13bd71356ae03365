/** Keeps the last items that were pushed, up to its capacity. */
export class RingBuffer<T> {
  readonly #items: T[] = [];
  #start = 0;

  constructor(readonly capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 1) {
      throw new RangeError(`A ring buffer holds at least one item; its capacity was ${capacity}.`);
    }
  }

  get length(): number {
    return this.#items.length;
  }

  /** Adds an item; the oldest gives way when the buffer is full. */
  push(item: T): void {
    if (this.#items.length < this.capacity) {
      this.#items.push(item);
      return;
    }

    this.#items[this.#start] = item;
    this.#start = (this.#start + 1) % this.capacity;
  }

  /** The item at an index, 0 being the oldest; undefined outside. */
  at(index: number): T | undefined {
    return index < 0 || index >= this.#items.length
      ? undefined
      : this.#items[(this.#start + index) % this.#items.length];
  }

  /** All items, the oldest first. */
  toArray(): T[] {
    return [...this.#items.slice(this.#start), ...this.#items.slice(0, this.#start)];
  }

  clear(): void {
    this.#items.length = 0;
    this.#start = 0;
  }
}
