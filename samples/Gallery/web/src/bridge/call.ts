import { failureOf, isAbort, type Failure } from "../errors";

export type CallState = "running" | "done" | "failed" | "cancelled";

/** What is to be called. */
export interface CallRequest {
  readonly command: string;
  /** The arguments as JSON text; empty: none. */
  readonly argumentsText: string;
  readonly stream: boolean;
  /** Milliseconds; 0: none. */
  readonly timeout: number;
}

/** Of a long stream, the last items are kept. */
const keptItems = 1000;

/** One call of a command, from its start to its answer. */
export class Call {
  readonly startedAt = Date.now();
  state: CallState = "running";
  /** From the call to the answer, in milliseconds. */
  elapsed = 0;
  /** The answer; of a stream, the items so far. */
  result: unknown = undefined;
  failure: Failure | null = null;
  /** The number of items that a stream has sent. */
  items = 0;
  readonly #abort = new AbortController();

  constructor(
    readonly id: number,
    readonly request: CallRequest,
  ) {}

  cancel(): void {
    this.#abort.abort();
  }

  /** Makes the call; resolves when it has ended, however it did. `onItem` is called after every item of a stream. */
  async run(onItem: () => void): Promise<void> {
    const started = performance.now();
    try {
      const { command, argumentsText } = this.request;
      const argumentsValue: unknown = argumentsText.trim() ? JSON.parse(argumentsText) : undefined;
      this.result = this.request.stream
        ? await this.#readStream(command, argumentsValue, onItem)
        : await oriel.invoke(command, argumentsValue, { signal: this.#abort.signal, timeout: this.request.timeout });
      this.state = "done";
    } catch (error) {
      this.failure = failureOf(error);
      this.state = isAbort(error) ? "cancelled" : "failed";
    } finally {
      this.elapsed = performance.now() - started;
    }
  }

  async #readStream(command: string, argumentsValue: unknown, onItem: () => void): Promise<unknown[]> {
    const items: unknown[] = [];
    this.result = items;
    for await (const item of oriel.stream(command, argumentsValue, { signal: this.#abort.signal })) {
      this.items++;
      items.push(item);
      if (items.length > keptItems) {
        items.shift();
      }

      onItem();
    }

    return items;
  }
}
