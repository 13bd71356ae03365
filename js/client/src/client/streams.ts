import { NativePromise, NativeStream, report } from "./platform";

/** How a stream of C# reaches its call. */
export interface StreamCall {
  /** Sends the call, when the first item is asked for. */
  begin(): void;
  /** Allows so many items more. */
  renew(count: number): void;
  /** Tells C# that nobody reads any more, unless it has ended. */
  leave(): void;
}

/** The items of one call, as they are asked for. */
export class StreamReader implements AsyncIterableIterator<unknown> {
  readonly #call: StreamCall;
  readonly #renewal: number;
  #items: unknown[] = [];
  #next = 0;
  #waiting: { resolve: (result: IteratorResult<unknown>) => void; reject: (error: unknown) => void }[] = [];
  #failure: { error: unknown } | undefined;
  #isBegun = false;
  #isOver = false;
  #consumed = 0;

  constructor(call: StreamCall, credit: number) {
    this.#call = call;
    // Renewed by halves, so that C# never waits for a page that keeps up.
    this.#renewal = Math.max(1, credit >> 1);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<unknown>> {
    return new NativePromise((resolve, reject) => {
      if (!this.#isBegun && !this.#isOver) {
        this.#isBegun = true;
        this.#isOver = true;
        this.#call.begin();
        this.#isOver = false;
      }

      if (this.#next < this.#items.length) {
        resolve({ value: this.#take(), done: false });
      } else if (this.#failure) {
        const { error } = this.#failure;
        this.#failure = undefined;
        reject(error);
      } else if (this.#isOver) {
        resolve({ value: undefined, done: true });
      } else {
        this.#waiting.push({ resolve, reject });
      }
    });
  }

  return(value?: unknown): Promise<IteratorResult<unknown>> {
    this.#drop();
    this.#failure = undefined;
    this.#end();
    if (this.#isBegun) {
      this.#call.leave();
    }

    return NativePromise.resolve({ value, done: true });
  }

  /** An item has come. */
  push(item: unknown): void {
    if (this.#isOver) {
      return;
    }

    this.#items.push(item);
    this.#waiting.shift()?.resolve({ value: this.#take(), done: false });
  }

  /** Nothing follows; what has come can still be read. */
  finish(): void {
    this.#end();
  }

  /** The stream has failed: behind what has come, or, when the page itself has ended it, at once. */
  fail(error: unknown, isAtOnce: boolean): void {
    if (this.#isOver) {
      return;
    }

    if (isAtOnce) {
      this.#drop();
    }

    const reader = this.#waiting.shift();
    if (reader) {
      reader.reject(error);
    } else {
      this.#failure = { error };
    }

    this.#end();
  }

  #take(): unknown {
    const item = this.#items[this.#next];
    this.#items[this.#next++] = undefined;
    if (this.#next === this.#items.length) {
      this.#drop();
    }

    if (++this.#consumed === this.#renewal) {
      this.#consumed = 0;
      this.#call.renew(this.#renewal);
    }

    return item;
  }

  #drop(): void {
    this.#items = [];
    this.#next = 0;
  }

  #end(): void {
    this.#isOver = true;
    for (const { resolve } of this.#waiting.splice(0)) {
      resolve({ value: undefined, done: true });
    }
  }
}

/** Values that the page passes as a stream: everything with an asynchronous iterator but what travels as bytes. */
export function isStream(value: object): value is AsyncIterable<unknown> {
  return typeof (value as { [Symbol.asyncIterator]?: unknown })[Symbol.asyncIterator] === "function" && !(value instanceof NativeStream);
}

interface Source {
  iterable: AsyncIterable<unknown>;
  iterator?: AsyncIterator<unknown>;
  credit: number;
  isRunning: boolean;
  isOver: boolean;
}

/** Sends a value of a stream; throws when it cannot be written. */
export type SendValue = (id: string, value: unknown) => void;

/** Says that a stream has ended, and why when it failed. */
export type SendEnd = (id: string, failure?: { error: unknown }) => void;

/** The streams among the arguments of calls under way. Their iterators are asked for as much as C# allows. */
export class ArgumentStreams {
  readonly #sources = new Map<string, Source>();
  readonly #ofCall = new Map<string, string[]>();
  readonly #sendValue: SendValue;
  readonly #sendEnd: SendEnd;

  constructor(sendValue: SendValue, sendEnd: SendEnd) {
    this.#sendValue = sendValue;
    this.#sendEnd = sendEnd;
  }

  add(call: string, streams: [id: string, iterable: AsyncIterable<unknown>][]): void {
    if (streams.length > 0) {
      this.#ofCall.set(
        call,
        streams.map(([id]) => id),
      );
    }

    for (const [id, iterable] of streams) {
      this.#sources.set(id, { iterable, credit: 0, isRunning: false, isOver: false });
    }
  }

  /** C# takes so many values more. */
  allow(id: string, count: unknown): void {
    const source = this.#sources.get(id);
    if (!source) {
      // Whoever waits for values of it would wait for ever.
      this.#sendEnd(id, { error: new TypeError("The page has no such stream, or its call has ended.") });
    } else if (typeof count === "number") {
      source.credit += count;
      void this.#run(id, source);
    }
  }

  /** C# reads no more of it. */
  stop(id: string): void {
    const source = this.#sources.get(id);
    if (source) {
      this.#sources.delete(id);
      this.#release(source);
    }
  }

  /** C# could not take a value. */
  fail(id: string, error: unknown): void {
    if (this.#sources.has(id)) {
      this.stop(id);
      this.#sendEnd(id, { error });
    }
  }

  /** The call has ended, and with it its streams. */
  endCall(call: string): void {
    const ids = this.#ofCall.get(call);
    if (ids) {
      this.#ofCall.delete(call);
      ids.forEach((id) => this.stop(id));
    }
  }

  /** The document ends. */
  endAll(): void {
    for (const id of [...this.#sources.keys()]) {
      this.stop(id);
    }
  }

  async #run(id: string, source: Source): Promise<void> {
    if (source.isRunning) {
      return;
    }

    source.isRunning = true;
    let isAsking = true;
    try {
      const iterator = (source.iterator ??= source.iterable[Symbol.asyncIterator]());
      while (source.credit > 0) {
        isAsking = true;
        const { value, done } = await iterator.next();
        isAsking = false;
        if (source.isOver) {
          return;
        }

        if (done) {
          this.#sources.delete(id);
          source.isOver = true;
          this.#sendEnd(id);
          return;
        }

        source.credit--;
        this.#sendValue(id, value);
      }
    } catch (error) {
      if (!source.isOver) {
        this.#sources.delete(id);
        source.isOver = true;
        this.#sendEnd(id, { error });

        // An iterator that throws has ended by itself; one whose value cannot be written has not.
        if (!isAsking) {
          this.#release(source);
        }
      }
    } finally {
      source.isRunning = false;
    }
  }

  #release(source: Source): void {
    source.isOver = true;
    const { iterator } = source;
    if (iterator?.return) {
      new NativePromise((resolve) => resolve(iterator.return!())).catch(report);
    }
  }
}
