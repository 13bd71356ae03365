import { describe, IpcError, IpcErrorCode, type WireError } from "./errors.js";
import { MaxCredit } from "./limits.js";
import { isCredit, type Message } from "./message.js";

/** A call of the other side, while its handler runs. */
export interface Call {
  /** The method that was called. */
  readonly method: string;
  /** Aborted when the caller no longer wants the answer, or is gone. */
  readonly signal: AbortSignal;
  /** Whether the caller takes a stream. */
  readonly acceptsStream: boolean;
}

/**
 * Answers a call: by a value, by a promise of one, or, item by item, by an async generator. `args` is the call's data as it came:
 * any JSON value, or a Buffer. An {@link IpcError} that is thrown crosses with its code.
 */
export type Handler = (args: any, call: Call) => unknown;

/** What answers need of the channel. */
export interface AnswerChannel {
  send(message: Message): void;
  /** Resolves when the other side keeps up. */
  drained(): Promise<void>;
}

/** The other side's calls that we have not answered yet. */
export class Answers {
  readonly #channel: AnswerChannel;
  readonly #limit: number;
  readonly #handlers = new Map<string, Handler>();
  readonly #calls = new Map<string, ActiveCall>();

  constructor(channel: AnswerChannel, limit: number) {
    this.#channel = channel;
    this.#limit = limit;
  }

  get names(): string[] {
    return [...this.#handlers.keys()];
  }

  add(name: string, handler: Handler): void {
    if (this.#handlers.has(name)) {
      throw new Error(`There is a method "${name}" already.`);
    }

    this.#handlers.set(name, handler);
  }

  begin(request: Message): void {
    const id = request.id!;
    const method = request.method!;
    const handler = this.#handlers.get(method);
    if (!handler) {
      this.#answer({ type: "response", id, error: { code: IpcErrorCode.MethodNotFound, message: `There is no method "${method}".` } });
      return;
    }

    if (this.#calls.size >= this.#limit) {
      this.#answer({ type: "response", id, error: { code: IpcErrorCode.Busy, message: `${this.#calls.size} calls are under way, which is the limit.` } });
      return;
    }

    if (this.#calls.has(id)) {
      this.#answer({ type: "response", id, error: { code: IpcErrorCode.InvalidRequest, message: `A call with the id "${id}" is under way already.` } });
      return;
    }

    const call = new ActiveCall(id, method, request.credit ?? 0);
    this.#calls.set(id, call);
    try {
      const result = handler(request.data, call);
      if (isThenable(result)) {
        result.then((value) => this.#settle(call, value, handler), (error) => this.#fail(call, error));
      } else {
        this.#settle(call, result, handler);
      }
    } catch (error) {
      this.#fail(call, error);
    }
  }

  cancel(id: string | undefined): void {
    this.#calls.get(id ?? "")?.cancel();
  }

  addCredit(id: string | undefined, count: unknown): void {
    if (isCredit(count)) {
      this.#calls.get(id ?? "")?.addCredit(count);
    }
  }

  /** The other side is gone. */
  cancelAll(): void {
    const all = [...this.#calls.values()];
    this.#calls.clear();
    for (const call of all) {
      call.cancel();
    }
  }

  #settle(call: ActiveCall, result: unknown, handler: Handler): void {
    if (isStream(result)) {
      void this.#stream(call, result, handler instanceof AsyncGeneratorFunction);
    } else {
      this.#finish(call, { type: "response", id: call.id, data: result });
    }
  }

  async #stream(call: ActiveCall, items: AsyncIterable<unknown>, isGenerator: boolean): Promise<void> {
    const iterator = items[Symbol.asyncIterator]();
    try {
      if (!call.acceptsStream) {
        // Of a generator nothing has run: who is told so may call again, for a stream.
        const data = isGenerator ? { stream: true } : undefined;
        throw new IpcError(IpcErrorCode.InvalidRequest, `"${call.method}" answers with a stream: call it as one.`, data);
      }

      for (;;) {
        // A producer that does not look at the signal must not keep a cancelled call open.
        const { done, value } = await call.orCancelled(iterator.next());
        if (done) {
          break;
        }

        await call.takeCredit();
        this.#channel.send({ type: "next", id: call.id, data: value });
        await call.orCancelled(this.#channel.drained());
      }

      this.#finish(call, { type: "done", id: call.id });
    } catch (error) {
      // Its clean-up runs without being waited for: it may itself be what hangs.
      Promise.resolve(iterator.return?.()).catch(() => {});
      this.#fail(call, error);
    }
  }

  #fail(call: ActiveCall, error: unknown): void {
    const failure: WireError =
      call.isCancelled && error instanceof Error && error.name === "AbortError"
        ? { code: IpcErrorCode.Cancelled, message: `"${call.method}" was cancelled.` }
        : describe(error);
    this.#finish(call, { type: call.acceptsStream ? "done" : "response", id: call.id, error: failure });
  }

  #finish(call: ActiveCall, answer: Message): void {
    // Gone already when the channel closed meanwhile.
    if (this.#calls.delete(call.id)) {
      this.#answer(answer);
    }
  }

  #answer(answer: Message): void {
    try {
      this.#channel.send(answer);
    } catch (error) {
      if (error instanceof IpcError && error.code === IpcErrorCode.Disconnected) {
        return;
      }

      // What JSON cannot write, or too much of it: the caller gets told, not left waiting.
      const { code, message } = describe(error);
      this.#answer({ type: answer.type, id: answer.id, error: { code, message: `The answer cannot be sent: ${message}` } });
    }
  }
}

class ActiveCall implements Call {
  readonly #controller = lazy(() => new AbortController());
  #credit: number;
  #wake = () => {};
  isCancelled = false;
  readonly acceptsStream: boolean;

  constructor(
    readonly id: string,
    readonly method: string,
    credit: number,
  ) {
    this.#credit = credit;
    this.acceptsStream = credit > 0;
  }

  get signal(): AbortSignal {
    const controller = this.#controller();
    if (this.isCancelled && !controller.signal.aborted) {
      controller.abort(this.#reason());
    }

    return controller.signal;
  }

  cancel(): void {
    this.isCancelled = true;
    this.#wake();
    this.#controller.value?.abort(this.#reason());
  }

  addCredit(count: number): void {
    // Who grants more than it may could only flood itself.
    if (this.#credit + count <= MaxCredit) {
      this.#credit += count;
      this.#wake();
    }
  }

  async takeCredit(): Promise<void> {
    while (this.#credit === 0 && !this.isCancelled) {
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }

    if (this.isCancelled) {
      throw this.#reason();
    }

    this.#credit--;
  }

  async orCancelled<T>(promise: Promise<T>): Promise<T> {
    const cancelled = new Promise<never>((_, reject) => {
      this.#wake = () => {
        if (this.isCancelled) {
          reject(this.#reason());
        }
      };
      this.#wake();
    });
    return Promise.race([promise, cancelled]);
  }

  #reason(): IpcError {
    return new IpcError(IpcErrorCode.Cancelled, `"${this.method}" was cancelled.`);
  }
}

/** Most handlers never look at their signal, and a controller costs more than a call. */
function lazy<T>(create: () => T): { (): T; value?: T } {
  const get: { (): T; value?: T } = () => (get.value ??= create());
  return get;
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | null | undefined)?.then === "function";
}

const AsyncGeneratorFunction = Object.getPrototypeOf(async function* () {}).constructor as Function;

function isStream(value: unknown): value is AsyncIterable<unknown> {
  return typeof (value as AsyncIterable<unknown> | null | undefined)?.[Symbol.asyncIterator] === "function";
}
