import type { InvokeOptions, StreamOptions } from "../api";
import { Line, type Message } from "../protocol";
import { replaceArguments } from "./arguments";
import { Bodies, type Upload } from "./bodies";
import { createAbort, createError, createTimeout } from "./errors";
import { NativePromise, now, startTimer, stopTimer, stringify } from "./platform";

const DefaultTimeout = 30_000;
const DefaultCredit = 32;
const MaxCredit = 1_024;

interface Pending {
  name: string;
  deadline: number;
  timeout: number;
  settle(message: Message): void;
  fail(error: unknown): void;
}

/** The calls of the page that are not answered yet. */
export class Calls {
  readonly #send: (line: string) => void;
  readonly #pending = new Map<string, Pending>();
  /** The bytes of the calls and of their answers. */
  readonly bodies = new Bodies({ isOpen: (id) => this.#pending.has(id), drop: (id, error) => this.#drop(id, error) });
  #lastId = 0;
  #timer: ReturnType<typeof startTimer> | undefined;
  #timerDue = Infinity;

  constructor(send: (line: string) => void) {
    this.#send = send;
  }

  invoke(name: string, args: unknown, options: InvokeOptions | undefined): Promise<unknown> {
    return new NativePromise((resolve, reject) => {
      const line = this.#write(name, args, 0);
      const signal = options?.signal;
      if (signal?.aborted) {
        throw createAbort(signal.reason);
      }

      const id = line.id;
      const abort = () => this.#drop(id, createAbort(signal!.reason));
      signal?.addEventListener("abort", abort, { once: true });

      this.#begin(id, name, options?.timeout ?? DefaultTimeout, {
        settle: (message) => {
          this.#end(id);
          signal?.removeEventListener("abort", abort);
          if (message.error) {
            reject(createError(message.error.code, message.error.message, message.error.data));
          } else {
            resolve(message.data);
          }
        },
        fail: (error) => {
          signal?.removeEventListener("abort", abort);
          reject(error);
        },
      });
      this.#send(line.text);
      this.bodies.send(id, line.uploads);
    });
  }

  stream(name: string, args: unknown, options: StreamOptions | undefined): AsyncIterable<unknown> {
    const wanted = options?.credit ?? DefaultCredit;
    const credit = wanted > 0 ? Math.min(MaxCredit, Math.max(1, Math.trunc(wanted))) : DefaultCredit;
    return { [Symbol.asyncIterator]: () => this.#open(name, args, credit, options?.signal) };
  }

  /** Takes a message of C#. */
  settle(message: Message): void {
    if (typeof message.id === "string") {
      this.#pending.get(message.id)?.settle(message);
    }
  }

  /** Calls that failed on the way. */
  fail(ids: string[], code: number, text: string): void {
    for (const id of ids) {
      const pending = this.#pending.get(id);
      this.#end(id);
      pending?.fail(createError(code, text));
    }
  }

  async *#open(name: string, args: unknown, credit: number, signal: AbortSignal | undefined): AsyncGenerator<unknown> {
    const line = this.#write(name, args, credit);
    const id = line.id;
    let items: unknown[] = [];
    let failure: { error: unknown } | undefined;
    let isDone = false;
    let wake: (() => void) | undefined;
    const notify = () => {
      wake?.();
      wake = undefined;
    };
    const end = (error?: { error: unknown }) => {
      failure = error;
      isDone = true;
      notify();
    };
    const abort = () => this.#drop(id, createAbort(signal!.reason));

    if (signal?.aborted) {
      throw createAbort(signal.reason);
    }

    signal?.addEventListener("abort", abort, { once: true });
    this.#begin(id, name, 0, {
      settle: (message) => {
        if (message.error) {
          this.#end(id);
          end({ error: createError(message.error.code, message.error.message, message.error.data) });
        } else if (message.type === "done") {
          this.#end(id);
          end();
        } else {
          items.push(message.data);
          if (message.type === "response") {
            // A command with a single answer is a stream of one item.
            this.#end(id);
            isDone = true;
          }

          notify();
        }
      },
      fail: (error) => end({ error }),
    });
    this.#send(line.text);
    this.bodies.send(id, line.uploads);

    // Credit is renewed by halves, so that C# never waits for a page that keeps up.
    const renewal = Math.max(1, credit >> 1);
    let consumed = 0;
    try {
      for (;;) {
        while (items.length > 0) {
          const batch = items;
          items = [];
          for (const item of batch) {
            yield item;
            if (++consumed === renewal) {
              consumed = 0;
              this.#control(id, `{"type":"credit","id":"${id}","data":${renewal}}`);
            }
          }
        }

        if (isDone) {
          if (failure) {
            throw failure.error;
          }

          return;
        }

        await new NativePromise<void>((resolve) => (wake = resolve));
      }
    } finally {
      signal?.removeEventListener("abort", abort);
      if (this.#end(id)) {
        this.#control(id, `{"type":"cancel","id":"${id}"}`);
      }
    }
  }

  #write(name: string, args: unknown, credit: number): { id: string; text: string; uploads: Upload[] } {
    if (typeof name !== "string") {
      throw new TypeError("The name of a command is a string.");
    }

    const uploads: Upload[] = [];
    const sent = replaceArguments(args, (value) => this.bodies.replace(value, uploads));
    const data = sent === undefined ? "null" : stringify(sent);
    if (data === undefined) {
      throw new TypeError("The arguments of a command are what JSON can write.");
    }

    const id = String(++this.#lastId);
    const flow = credit > 0 ? `,"credit":${credit}` : "";
    return { id, uploads, text: `${Line.Request}${id} {"type":"request","id":"${id}","method":${stringify(name)}${flow},"data":${data}}` };
  }

  #begin(id: string, name: string, timeout: number, handlers: Pick<Pending, "settle" | "fail">): void {
    const deadline = timeout > 0 ? now() + timeout : Infinity;
    this.#pending.set(id, { name, timeout, deadline, ...handlers });
    this.#arm(deadline);
  }

  // One timer for all calls, set for the earliest: a timer each would cost more than the call.
  #arm(deadline: number): void {
    if (deadline >= this.#timerDue) {
      return;
    }

    stopTimer(this.#timer);
    this.#timerDue = deadline;
    this.#timer = startTimer(() => this.#sweep(), Math.min(deadline - now() + 1, 0x7fffffff));
  }

  #sweep(): void {
    const time = now();
    let next = Infinity;
    for (const [id, pending] of this.#pending) {
      if (pending.deadline <= time) {
        this.#drop(id, createTimeout(pending.name, pending.timeout));
      } else {
        next = Math.min(next, pending.deadline);
      }
    }

    this.#timerDue = Infinity;
    this.#timer = undefined;
    this.#arm(next);
  }

  #drop(id: string, error: unknown): void {
    const pending = this.#pending.get(id);
    if (pending) {
      this.#end(id);
      this.#control(id, `{"type":"cancel","id":"${id}"}`);
      pending.fail(error);
    }
  }

  // The call is under way no more, and neither are its bytes.
  #end(id: string): boolean {
    this.bodies.end(id);
    return this.#pending.delete(id);
  }

  #control(id: string, message: string): void {
    this.#send(`${Line.Control}${id} ${message}`);
  }
}

