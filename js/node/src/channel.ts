import type { Readable, Writable } from "node:stream";
import { IpcError, IpcErrorCode } from "./errors.js";
import { FrameReader, FramingError, writeBinaryHeader, writeLine } from "./frames.js";
import { MaxUnreadable, type Limits } from "./limits.js";
import type { Message } from "./message.js";

/** Beyond so many bytes that wait to be sent nothing more is read, and senders that wait are kept waiting. */
const HighWater = 1024 * 1024;

/**
 * What an application sends of its own accord, without a bound of its own. Answers, cancels and credit are bounded by the calls in flight,
 * and whoever waits for one that was dropped would wait for its time-out.
 */
const Refusable = new Set(["request", "event", "next"]);

/** How long the last messages may take to leave when a channel is closed, in milliseconds. */
const FarewellTime = 2_000;

/** What a channel does with what it receives. */
export interface ChannelEvents {
  onMessage(message: Message): void;
  /** Once, when nothing more comes. */
  onClosed(): void;
}

/** Messages over a pair of streams: a socket, or standard input and output. */
export class Channel {
  readonly #input: Readable;
  readonly #output: Writable;
  readonly #limits: Limits;
  readonly #events: ChannelEvents;
  readonly #reader: FrameReader;
  #lines = "";
  #isFlushing = false;
  #isClosed = false;
  #unreadable = 0;

  constructor(input: Readable, output: Writable, hasBinary: boolean, limits: Limits, events: ChannelEvents) {
    this.#input = input;
    this.#output = output;
    this.#limits = limits;
    this.#events = events;
    this.#reader = new FrameReader(limits.maxMessageBytes, hasBinary);

    input.on("data", (chunk: Buffer) => this.#read(chunk));
    output.on("drain", () => input.resume());
    for (const name of ["end", "close", "error"]) {
      input.on(name, () => this.close());
      output.on(name, () => this.close());
    }
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /**
   * Sends a message; what is sent in one turn leaves in one write. Bytes leave as a binary frame, and are the channel's until
   * `sent` is called.
   */
  send(message: Message, sent?: (error?: unknown) => void): void {
    if (this.#isClosed) {
      throw new IpcError(IpcErrorCode.Disconnected, "The other side is gone.");
    }

    const queued = this.#output.writableLength + this.#lines.length;
    if (queued > this.#limits.maxQueuedBytes && Refusable.has(message.type)) {
      throw new IpcError(IpcErrorCode.Busy, `${queued} bytes wait for the other side to read them, which is the limit. Wait for what "emit" returns.`);
    }

    if (message.data instanceof Uint8Array) {
      this.#sendBinary(message, message.data, sent);
      return;
    }

    const line = writeLine(message);
    this.#checkSize(line.length > this.#limits.maxMessageBytes / 3 ? Buffer.byteLength(line) : line.length);
    this.#lines += `${line}\n`;
    if (!this.#isFlushing) {
      this.#isFlushing = true;
      queueMicrotask(() => this.#flush());
    }

    sent?.();
  }

  /** Resolves when the other side keeps up; at once when it does, or when the channel is closed. */
  async drained(): Promise<void> {
    if (this.#output.writableLength <= HighWater || this.#isClosed) {
      return;
    }

    await new Promise<void>((resolve) => {
      const done = () => {
        this.#output.off("drain", done);
        this.#output.off("close", done);
        resolve();
      };
      this.#output.on("drain", done);
      this.#output.on("close", done);
    });
  }

  /** Sends what waits, and ends the channel. */
  close(): void {
    if (this.#isClosed) {
      return;
    }

    this.#flush();
    this.#isClosed = true;
    if (this.#output === process.stdout) {
      this.#input.destroy();
    } else {
      // Somebody who reads nothing does not keep this process alive.
      const limit = setTimeout(() => this.#output.destroy(), FarewellTime);
      this.#output.once("close", () => clearTimeout(limit));
      this.#output.end(() => this.#output.destroy());
    }

    this.#events.onClosed();
  }

  #read(chunk: Buffer): void {
    try {
      for (const frame of this.#reader.read(chunk)) {
        if (this.#isClosed) {
          return;
        }

        if ("message" in frame) {
          this.#events.onMessage(frame.message);
        } else {
          this.#refuse(frame.error);
        }
      }
    } catch (error) {
      if (!(error instanceof FramingError)) {
        throw error;
      }

      this.#send(error);
      this.close();
    }

    // Who does not read the answers gets no more of its requests read.
    if (this.#output.writableLength > HighWater) {
      this.#input.pause();
    }
  }

  #refuse(error: IpcError): void {
    this.#send(error);
    if (++this.#unreadable >= MaxUnreadable) {
      this.close();
    }
  }

  #send(error: IpcError): void {
    try {
      this.send({ type: "response", error: { code: error.code, message: error.message } });
    } catch {
      // Closed, or the other side reads nothing: nobody is left to tell.
    }
  }

  #sendBinary(message: Message, payload: Uint8Array, sent?: (error?: unknown) => void): void {
    const header = writeBinaryHeader(message, payload);
    this.#checkSize(payload.length + header.length);
    this.#flush();
    this.#output.cork();
    this.#output.write(header);
    this.#output.write(payload, sent);
    this.#output.uncork();
  }

  #checkSize(bytes: number): void {
    if (bytes > this.#limits.maxMessageBytes) {
      throw new IpcError(IpcErrorCode.PayloadTooLarge, `A message of ${bytes} bytes is beyond the limit of ${this.#limits.maxMessageBytes}.`);
    }
  }

  #flush(): void {
    this.#isFlushing = false;
    const lines = this.#lines;
    if (lines !== "" && !this.#isClosed) {
      this.#lines = "";
      this.#output.write(lines);
    }
  }
}
