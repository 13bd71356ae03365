import { connect } from "node:net";
import type { Readable, Writable } from "node:stream";
import { Answers, type Handler } from "./answers.js";
import { Calls, type CallOptions, type StreamOptions } from "./calls.js";
import { Channel } from "./channel.js";
import { IpcError, IpcErrorCode } from "./errors.js";
import { DefaultLimits, type Limits } from "./limits.js";
import { checkName, type Message } from "./message.js";
import { checkOwner, locate, resolve } from "./place.js";

/** Options of {@link App.connect}. */
export interface ConnectOptions extends Partial<Limits> {
  /** A channel's name or absolute path; by default what the environment names. */
  channel?: string;
  /** Told of what went wrong with nobody waiting for it; written to standard error by default. */
  onError?: (error: unknown) => void;
}

/** Called with the data of an event: any JSON value, or a Buffer. */
export type EventHandler = (data: any) => unknown;

/** The connection of a back end with the program that shows its window. */
export class App {
  readonly #channel: Channel;
  readonly #calls: Calls;
  readonly #answers: Answers;
  readonly #listeners = new Map<string, Set<EventHandler>>();
  readonly #hasBinary: boolean;
  readonly #onError: (error: unknown) => void;
  readonly #closed: Promise<void>;
  #peerReadsBinary = false;
  #isReady = false;
  #hasOffered = false;

  private constructor(input: Readable, output: Writable, hasBinary: boolean, options: ConnectOptions) {
    const limits: Limits = {
      maxMessageBytes: options.maxMessageBytes ?? DefaultLimits.maxMessageBytes,
      maxCallsInFlight: options.maxCallsInFlight ?? DefaultLimits.maxCallsInFlight,
      maxQueuedBytes: options.maxQueuedBytes ?? DefaultLimits.maxQueuedBytes,
    };
    this.#hasBinary = hasBinary;
    this.#onError = options.onError ?? console.error;

    let close = () => {};
    this.#closed = new Promise((resolve) => (close = resolve));
    this.#channel = new Channel(input, output, hasBinary, limits, {
      onMessage: (message) => this.#receive(message),
      onClosed: () => {
        this.#calls.failAll(new IpcError(IpcErrorCode.Disconnected, "The other side is gone."));
        this.#answers.cancelAll();
        close();
      },
    });

    const send = (message: Message) => this.#send(message);
    this.#calls = new Calls(send, limits.maxCallsInFlight);
    this.#answers = new Answers({ send, drained: () => this.#channel.drained() }, limits.maxCallsInFlight);
  }

  /** Connects to the channel that the environment names: Oriel's variables first, then AuroraView's. */
  static async connect(options: ConnectOptions = {}): Promise<App> {
    const place = options.channel === undefined ? locate() : resolve(options.channel);
    if (place.kind === "stdio") {
      return new App(process.stdin, process.stdout, false, options);
    }

    const path = await checkOwner(place.path);
    const socket = connect(path);
    await new Promise<void>((resolve, reject) => {
      socket.once("connect", resolve);
      socket.once("error", (error: NodeJS.ErrnoException) => {
        reject(new IpcError(IpcErrorCode.Disconnected, `Nobody answers at "${path}" (${error.code}). Is the program that listens there running?`, undefined, { cause: error }));
      });
    });
    return new App(socket, socket, true, options);
  }

  /** Makes a method callable by the other side. */
  expose(name: string, handler: Handler): void {
    checkName(name, "method");
    this.#answers.add(name, handler);
    if (this.#isReady) {
      this.#offer();
    }
  }

  /**
   * Listens for an event; the result stops listening. Handlers are called in the order in which events arrive; a promise that one
   * returns is not waited for.
   */
  on(name: string, handler: EventHandler): () => void {
    checkName(name, "event");
    let listeners = this.#listeners.get(name);
    if (!listeners) {
      this.#listeners.set(name, (listeners = new Set()));
    }

    listeners.add(handler);
    return () => {
      listeners.delete(handler);
    };
  }

  /**
   * Emits an event. Resolves when the other side keeps up, and bytes (a Uint8Array) may be changed again; rejects when it is gone.
   * Whoever emits much waits for it.
   */
  emit(name: string, data?: unknown): Promise<void> {
    checkName(name, "event");
    let settle: (error?: unknown) => void = () => {};
    const done = new Promise<void>((resolve, reject) => {
      settle = (error) => (error ? reject(error) : resolve());
    }).then(() => this.#channel.drained());

    // An event that nobody waits for, on a channel that has closed, is no reason to end the process.
    done.catch(() => {});
    try {
      this.#send({ type: "event", event: name, data }, settle);
    } catch (error) {
      if (!(error instanceof IpcError)) {
        throw error;
      }

      settle(error);
    }

    return done;
  }

  /** Calls a method of the other side. Rejects with an {@link IpcError}. */
  call<T = unknown>(method: string, data?: unknown, options: CallOptions = {}): Promise<T> {
    checkName(method, "method");
    return this.#calls.call(method, data, options) as Promise<T>;
  }

  /** Calls a method of the other side whose result is a stream; leaving the loop cancels it. */
  stream<T = unknown>(method: string, data?: unknown, options: StreamOptions = {}): AsyncGenerator<T, void, undefined> {
    checkName(method, "method");
    return this.#calls.stream(method, data, options) as AsyncGenerator<T, void, undefined>;
  }

  /** Says that everything is exposed; resolves when the channel has ended. */
  run(): Promise<void> {
    this.#isReady = true;
    if (!this.#channel.isClosed) {
      this.#offer();
    }

    return this.#closed;
  }

  /** Ends the channel: calls under way are cancelled, on both sides. */
  close(): void {
    this.#channel.close();
  }

  #receive(message: Message): void {
    switch (message.type) {
      case "request":
        this.#answers.begin(message);
        break;

      case "response":
        if (message.id === undefined) {
          this.#onError(new IpcError(message.error?.code ?? IpcErrorCode.InternalError, `The other side could not read a message: ${message.error?.message}`));
          break;
        }

        this.#calls.settle(message);
        break;

      case "next":
      case "done":
        this.#calls.settle(message);
        break;

      case "event":
        this.#dispatch(message.event!, message.data);
        break;

      case "cancel":
        this.#answers.cancel(message.id);
        break;

      case "credit":
        this.#answers.addCredit(message.id, message.data);
        break;

      case "ping":
        this.#reply({ type: "pong", id: message.id, data: message.data });
        break;

      case "ready":
        this.#takeOffer(message.data as { wire?: unknown } | null);
        break;
    }
  }

  #takeOffer(offer: { wire?: unknown } | null): void {
    const wire = offer?.wire;
    if (!Array.isArray(wire)) {
      return;
    }

    this.#peerReadsBinary = this.#hasBinary && wire.includes("bin1");
    if (!this.#hasOffered) {
      this.#offer();
    }
  }

  #offer(): void {
    this.#hasOffered = true;
    this.#reply({ type: "ready", data: { handlers: this.#answers.names, wire: this.#hasBinary ? ["bin1"] : [] } });
  }

  #dispatch(name: string, data: unknown): void {
    for (const listener of this.#listeners.get(name) ?? []) {
      try {
        Promise.resolve(listener(data)).catch(this.#onError);
      } catch (error) {
        this.#onError(error);
      }
    }
  }

  #reply(message: Message): void {
    try {
      this.#send(message);
    } catch (error) {
      if (!this.#channel.isClosed) {
        this.#onError(error);
      }
    }
  }

  #send(message: Message, sent?: (error?: unknown) => void): void {
    if (message.data instanceof Uint8Array && !this.#peerReadsBinary) {
      throw new IpcError(IpcErrorCode.InvalidRequest, 'The other side takes no bytes: it did not offer "bin1". Send text, such as base64, instead.');
    }

    this.#channel.send(message, sent);
  }
}
