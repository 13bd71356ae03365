import type { InvokeOptions, StreamOptions } from "../api";
import { ErrorCode, Line, MaxMessage, type Message } from "../protocol";
import { replaceArguments } from "./arguments";
import { Bodies, type Upload } from "./bodies";
import { createAbort, createError, createTimeout } from "./errors";
import { NativePromise, now, report, startTimer, stopTimer, stringify } from "./platform";
import { ArgumentStreams, StreamReader, isStream } from "./streams";

const DefaultTimeout = 30_000;

// Measured with items of 50 bytes on two busy cores: 32 -> 35,000 items/s, 64 -> 87,000, 128 -> 132,000, 256 -> 164,000, 1,024 -> 100,000.
// What a page that does not read has to keep grows with it.
const DefaultCredit = 128;
const MaxCredit = 1_024;

// Of an error that the page's own iterator has thrown.
const MaxErrorText = 10_000;

// Reports are handled as they come: this covers a round trip, and C# keeps the newest alone beyond it.
const ProgressCredit = 32;

interface Pending {
  name: string;
  deadline: number;
  timeout: number;
  settle(message: Message, pending: Pending): void;
  fail(error: unknown): void;
}

/** The calls of the page that are not answered yet. */
export class Calls {
  readonly #send: (line: string) => void;
  readonly #pending = new Map<string, Pending>();
  /** The bytes of the calls and of their answers. */
  readonly bodies = new Bodies({ isOpen: (id) => this.#pending.has(id), drop: (id, error) => this.#drop(id, error) });
  readonly #streams = new ArgumentStreams(
    (id, value) => this.#sendValue(id, value),
    (id, failure) => this.#sendEnd(id, failure),
  );
  #lastId = 0;
  #timer: ReturnType<typeof startTimer> | undefined;
  #timerDue = Infinity;

  constructor(send: (line: string) => void) {
    this.#send = send;
  }

  invoke(name: string, args: unknown, options: InvokeOptions | undefined): Promise<unknown> {
    return new NativePromise((resolve, reject) => {
      const { signal, onProgress } = options ?? {};
      if (onProgress !== undefined && typeof onProgress !== "function") {
        throw new TypeError("onProgress is a function.");
      }

      if (signal?.aborted) {
        throw createAbort(signal.reason);
      }

      const line = this.#write(name, args, onProgress ? ProgressCredit : 0);
      let reports = 0;

      const id = line.id;
      const abort = () => this.#drop(id, createAbort(signal!.reason));
      signal?.addEventListener("abort", abort, { once: true });

      this.#begin(id, name, options?.timeout ?? DefaultTimeout, {
        settle: (message) => {
          if (message.type === "next") {
            if (onProgress) {
              if (++reports === ProgressCredit >> 1) {
                reports = 0;
                this.#renew(id, ProgressCredit >> 1);
              }

              try {
                onProgress(message.data);
              } catch (error) {
                report(error);
              }
            }

            return;
          }

          this.#end(id);
          signal?.removeEventListener("abort", abort);
          if (message.error) {
            reject(createError(message.error.code, message.error.message, message.error.data));
          } else if (message.type === "done") {
            reject(createError(ErrorCode.InvalidRequest, `"${name}" answers with a stream: read it with oriel.stream.`));
          } else {
            resolve(message.data);
          }
        },
        fail: (error) => {
          signal?.removeEventListener("abort", abort);
          reject(error);
        },
      });
      this.bodies.add(id, line.uploads);
      this.#send(line.text);
      this.bodies.send(id);
    });
  }

  stream(name: string, args: unknown, options: StreamOptions | undefined): AsyncIterable<unknown> {
    const wanted = options?.credit ?? DefaultCredit;
    const credit = wanted > 0 ? Math.min(MaxCredit, Math.max(1, Math.trunc(wanted))) : DefaultCredit;
    return { [Symbol.asyncIterator]: () => this.#open(name, args, credit, options) };
  }

  /** Takes a message of C#. */
  settle(message: Message): void {
    if (typeof message.id === "string") {
      const pending = this.#pending.get(message.id);
      if (pending) {
        pending.settle(message, pending);
      } else if (message.error) {
        // A value of a stream that C# could not read.
        this.#streams.fail(message.id, createError(message.error.code, message.error.message, message.error.data));
      }
    }
  }

  /** C# takes more of a stream among the arguments. */
  allow(message: Message): void {
    if (typeof message.id === "string") {
      this.#streams.allow(message.id, message.data);
    }
  }

  /** C# reads no more of a stream among the arguments. */
  stop(message: Message): void {
    if (typeof message.id === "string") {
      this.#streams.stop(message.id);
    }
  }

  /** The document ends: iterators of the page may have something to give back. */
  endAll(): void {
    this.#streams.endAll();
  }

  /** Calls that failed on the way. */
  fail(ids: string[], code: number, text: string): void {
    for (const id of ids) {
      const pending = this.#pending.get(id);
      this.#end(id);
      pending?.fail(createError(code, text));
    }
  }

  #open(name: string, args: unknown, credit: number, options: StreamOptions | undefined): StreamReader {
    const signal = options?.signal;
    let id = "";
    const abort = () => this.#drop(id, createAbort(signal!.reason));
    const reader: StreamReader = new StreamReader(
      {
        begin: () => {
          if (signal?.aborted) {
            throw createAbort(signal.reason);
          }

          const line = this.#write(name, args, credit);
          id = line.id;
          signal?.addEventListener("abort", abort, { once: true });
          const end = () => {
            this.#end(id);
            signal?.removeEventListener("abort", abort);
          };
          this.#begin(id, name, options?.timeout ?? 0, {
            settle: (message, pending) => {
              // The time is until C# begins to answer: how long it may take then is the reader's affair, too.
              pending.deadline = Infinity;
              if (message.error) {
                end();
                reader.fail(createError(message.error.code, message.error.message, message.error.data), false);
                return;
              }

              // A single answer is an item, and the end.
              if (message.type !== "done") {
                reader.push(message.data);
              }

              if (message.type !== "next") {
                end();
                reader.finish();
              }
            },
            fail: (error) => {
              end();
              reader.fail(error, true);
            },
          });
          this.bodies.add(id, line.uploads);
          this.#send(line.text);
          this.bodies.send(id);
        },
        renew: (count) => this.#renew(id, count),
        leave: () => {
          signal?.removeEventListener("abort", abort);
          if (this.#end(id)) {
            this.#control(id, `{"type":"cancel","id":"${id}"}`);
          }
        },
      },
      credit,
    );
    return reader;
  }

  #write(name: string, args: unknown, credit: number): { id: string; text: string; uploads: Upload[] } {
    if (typeof name !== "string") {
      throw new TypeError("The name of a command is a string.");
    }

    const id = String(++this.#lastId);
    const streams: [string, AsyncIterable<unknown>][] = [];
    const uploads: Upload[] = [];
    const sent = replaceArguments(args, (value) => {
      if (!isStream(value)) {
        return this.bodies.replace(value, uploads);
      }

      const stream = String(++this.#lastId);
      streams.push([stream, value]);
      return { $stream: stream };
    });

    const data = sent === undefined ? "null" : stringify(sent);
    if (data === undefined) {
      throw new TypeError("The arguments of a command are what JSON can write.");
    }

    this.#streams.add(id, streams);
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

  // The call is under way no more, and neither are its bytes and the streams among its arguments.
  #end(id: string): boolean {
    this.bodies.end(id);
    this.#streams.endCall(id);
    return this.#pending.delete(id);
  }

  #renew(id: string, count: number): void {
    // What has ended needs nothing more.
    if (this.#pending.has(id)) {
      this.#control(id, `{"type":"credit","id":"${id}","data":${count}}`);
    }
  }

  #sendValue(id: string, value: unknown): void {
    const data = value === undefined ? "null" : stringify(value);
    if (data === undefined) {
      throw new TypeError("The values of a stream are what JSON can write.");
    }

    const line = `${Line.Item}{"type":"next","id":"${id}","data":${data}}`;
    if (line.length > MaxMessage) {
      throw createError(ErrorCode.PayloadTooLarge, `A value of a stream is larger than ${MaxMessage} characters.`);
    }

    this.#send(line);
  }

  #sendEnd(id: string, failure: { error: unknown } | undefined): void {
    if (!failure) {
      this.#send(`${Line.Item}{"type":"done","id":"${id}"}`);
      return;
    }

    const { code, message } = (failure.error ?? {}) as { code?: unknown; message?: unknown };
    const error = {
      code: Number.isInteger(code) ? code : ErrorCode.InternalError,
      message: String(message ?? failure.error).slice(0, MaxErrorText),
    };
    this.#send(`${Line.Item}{"type":"done","id":"${id}","error":${stringify(error)}}`);
  }

  #control(id: string, message: string): void {
    this.#send(`${Line.Control}${id} ${message}`);
  }
}

