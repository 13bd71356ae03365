import { IpcError, IpcErrorCode } from "./errors.js";
import { MaxCredit } from "./limits.js";
import type { Message } from "./message.js";

const DefaultTimeout = 30_000;
const DefaultCredit = 32;

/** Options of {@link App.call}. */
export interface CallOptions {
  /** Milliseconds until the call is cancelled and rejects with the code of a time-out; 30,000 by default, 0 for none. */
  timeout?: number;
  /** Cancels the call, at the other side too. */
  signal?: AbortSignal;
}

/** Options of {@link App.stream}. */
export interface StreamOptions {
  /** How many items the other side may send ahead of the reader, 1 to 1,024; 32 by default. */
  credit?: number;
  /** Ends the stream, at the other side too. */
  signal?: AbortSignal;
}

interface Pending {
  settle(message: Message): void;
  fail(error: IpcError): void;
}

/** Our calls that are not answered yet. */
export class Calls {
  readonly #send: (message: Message) => void;
  readonly #limit: number;
  readonly #pending = new Map<string, Pending>();
  #lastId = 0;

  constructor(send: (message: Message) => void, limit: number) {
    this.#send = send;
    this.#limit = limit;
  }

  call(method: string, data: unknown, { timeout = DefaultTimeout, signal }: CallOptions): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        throw cancelled(method, signal);
      }

      const id = this.#begin({ type: "request", method, data }, {
        settle: (message) => {
          if (message.type === "next") {
            this.#cancel(id, new IpcError(IpcErrorCode.InvalidRequest, `"${method}" answers with a stream: call it by "stream".`));
          } else {
            finish();
            this.#pending.delete(id);
            if (message.error) {
              reject(errorOf(message));
            } else {
              resolve(message.data);
            }
          }
        },
        fail: (error) => {
          finish();
          reject(error);
        },
      });

      const abort = () => this.#cancel(id, cancelled(method, signal!));
      const expire = () => this.#cancel(id, new IpcError(IpcErrorCode.Timeout, `"${method}" did not answer within ${timeout} ms.`));
      const timer = timeout > 0 ? setTimeout(expire, Math.min(timeout, 0x7fffffff)) : undefined;
      const finish = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", abort);
      };
      signal?.addEventListener("abort", abort, { once: true });
    });
  }

  async *stream(method: string, data: unknown, { credit = DefaultCredit, signal }: StreamOptions): AsyncGenerator<unknown, void, undefined> {
    if (!Number.isInteger(credit) || credit < 1 || credit > MaxCredit) {
      throw new RangeError(`"credit" is a whole number from 1 to ${MaxCredit}.`);
    }

    if (signal?.aborted) {
      throw cancelled(method, signal);
    }

    let items: unknown[] = [];
    let failure: IpcError | undefined;
    let isDone = false;
    // The last report of a call may come beyond the credit.
    let outstanding = credit + 1;
    let wake = () => {};
    const end = (error?: IpcError) => {
      failure = error;
      isDone = true;
      wake();
    };

    const id = this.#begin({ type: "request", method, data, credit }, {
      settle: (message) => {
        if (message.type === "next" && outstanding-- === 0) {
          this.#cancel(id, new IpcError(IpcErrorCode.InvalidRequest, "The other side sent more items of a stream than it was allowed."));
          return;
        }

        if (message.type !== "next") {
          this.#pending.delete(id);
        }

        if (message.error) {
          end(errorOf(message));
        } else if (message.type === "done") {
          end();
        } else {
          // A method with a single answer is a stream of one item.
          items.push(message.data);
          isDone ||= message.type === "response";
          wake();
        }
      },
      fail: end,
    });
    const abort = () => this.#cancel(id, cancelled(method, signal!));
    signal?.addEventListener("abort", abort, { once: true });

    // Credit is renewed by halves, so that the other side never waits for a reader that keeps up.
    const renewal = Math.max(1, credit >> 1);
    let consumed = 0;
    try {
      for (;;) {
        const batch = items;
        items = [];
        for (const item of batch) {
          yield item;
          if (++consumed === renewal && this.#pending.has(id)) {
            consumed = 0;
            outstanding += renewal;
            this.#send({ type: "credit", id, data: renewal });
          }
        }

        if (items.length === 0) {
          if (failure) {
            throw failure;
          }

          if (isDone) {
            return;
          }

          await new Promise<void>((resolve) => (wake = resolve));
        }
      }
    } finally {
      signal?.removeEventListener("abort", abort);
      this.#cancel(id);
    }
  }

  /** Takes an answer. One that nobody waits for came too late; there is nothing to do about it. */
  settle(message: Message): void {
    if (message.id !== undefined) {
      this.#pending.get(message.id)?.settle(message);
    }
  }

  /** The other side is gone. */
  failAll(error: IpcError): void {
    const all = [...this.#pending.values()];
    this.#pending.clear();
    for (const pending of all) {
      pending.fail(error);
    }
  }

  #begin(request: Message, pending: Pending): string {
    if (this.#pending.size >= this.#limit) {
      throw new IpcError(IpcErrorCode.Busy, `${this.#pending.size} calls are under way, which is the limit.`);
    }

    const id = String(++this.#lastId);
    this.#send({ ...request, id });
    this.#pending.set(id, pending);
    return id;
  }

  #cancel(id: string, error?: IpcError): void {
    const pending = this.#pending.get(id);
    if (!pending) {
      return;
    }

    this.#pending.delete(id);
    if (error) {
      pending.fail(error);
    }

    try {
      this.#send({ type: "cancel", id });
    } catch {
      // The channel closed, which cancels the call as well.
    }
  }
}

function errorOf(message: Message): IpcError {
  return new IpcError(message.error!.code, message.error!.message, message.error!.data);
}

function cancelled(method: string, signal: AbortSignal): IpcError {
  return new IpcError(IpcErrorCode.Cancelled, `The call of "${method}" was cancelled.`, undefined, { cause: signal.reason });
}
