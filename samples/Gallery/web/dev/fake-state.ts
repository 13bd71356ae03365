import type { OrielState } from "../src/oriel";

/** A state that nobody else writes. */
export class FakeState<T> implements OrielState<T> {
  readonly #handlers = new Set<(value: T) => void>();
  #value: T;

  /** @param onChange Called with the value, now and whenever it changes. */
  constructor(value: T, onChange: (value: T) => void = () => {}) {
    this.#value = value;
    this.subscribe(onChange);
  }

  get ready(): Promise<T> {
    return Promise.resolve(this.#value);
  }

  get(): T {
    return this.#value;
  }

  async set(next: T | ((value: T) => T)): Promise<void> {
    this.#value = typeof next === "function" ? (next as (value: T) => T)(this.#value) : next;
    for (const handler of this.#handlers) {
      handler(this.#value);
    }
  }

  async patch(): Promise<void> {
    throw new Error("The page patches nothing.");
  }

  subscribe(handler: (value: T) => void): () => void {
    this.#handlers.add(handler);
    handler(this.#value);
    return () => void this.#handlers.delete(handler);
  }

  close(): void {}
}
