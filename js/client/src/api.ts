/** What may stand for bytes in the arguments of a command. */
export type BinarySource = ArrayBufferView | ArrayBuffer | Blob | ReadableStream<Uint8Array>;

/** Options of a call. */
export interface InvokeOptions<P = any> {
  /** Called with what the command reports while it runs, in order, and never behind the answer. A slow page misses reports, not the newest. */
  onProgress?: (value: P) => void;
  /** Cancels the call: C# sees its CancellationToken cancelled, the promise rejects with an `AbortError`. */
  signal?: AbortSignal;
  /** Milliseconds until the call is cancelled and rejects with a `TimeoutError`; 30,000 by default, 0 for none. */
  timeout?: number;
}

/** Options of a stream. */
export interface StreamOptions {
  /** Ends the stream: the producer in C# is cancelled, the iteration throws an `AbortError`. */
  signal?: AbortSignal;
  /** How many items C# may send ahead of the reader, 1 to 1,024; 128 by default. */
  credit?: number;
  /** Milliseconds until the first item, or the end, before the stream is cancelled and throws a `TimeoutError`; 0, the default, for none. */
  timeout?: number;
}

/** Called with the data of an event. */
export type EventHandler<T = any> = (data: T) => void;

/** The window that shows this page. */
export interface OrielWindow {
  close(): Promise<void>;
  setTitle(title: string): Promise<void>;
  setSize(width: number, height: number): Promise<void>;
  minimize(): Promise<void>;
  maximize(): Promise<void>;
  restore(): Promise<void>;
  setFullscreen(enabled: boolean): Promise<void>;
}

/** A change of a JSON patch (RFC 6902). */
export interface PatchOperation {
  /** `replace` and `remove` need what is there; `add` puts in, into an array in front of the index (`-` for its end). */
  op: "replace" | "add" | "remove";
  /** A JSON pointer (RFC 6901): `/items/0/name`; `~1` stands for a slash in a name, `~0` for a tilde. */
  path: string;
  value?: unknown;
}

/**
 * A value that this page shares with C#, and so with other pages. Values are never changed in place: what is shown and what is
 * known to C# would differ.
 *
 * It is followed while somebody subscribes, or from `ready` on until `close`.
 */
export interface OrielState<T> {
  /** The value as this page has it, its own writes included; undefined while the state is not followed. */
  get(): T | undefined;
  /**
   * Writes the value, or what a function makes of it. It is shown at once; the promise resolves when C# has taken it. If the
   * state was changed elsewhere meanwhile a value is rejected (code -32008) and the newer one shown. A function is run again
   * on that, so it must do nothing but return the new value.
   */
  set(next: T | ((value: T) => T)): Promise<void>;
  /** Writes by a JSON patch. Rejects as `set` of a value does. */
  patch(operations: readonly PatchOperation[]): Promise<void>;
  /**
   * Calls the handler with the value, at once if it is there and whenever it changes; the result stops it. A last time with `undefined` when the
   * state can be followed no longer: when there is none of that name any more, or this document may not use it.
   */
  subscribe(handler: (value: T) => void): () => void;
  /** Resolves with the value when it is there; the state is followed from now on, until {@link close}. Rejects when C# has no such state. */
  readonly ready: Promise<T>;
  /** Gives the state up. Who subscribes keeps it. */
  close(): void;
}

/** The bridge between this page and the C# code of the application, at `window.oriel`. */
export interface Oriel {
  /** Calls a command. Rejects with an {@link OrielError} when the command fails. */
  invoke<T = unknown>(name: string, args?: unknown, options?: InvokeOptions): Promise<T>;
  /** Calls a command whose result is a stream; leaving the loop cancels it. */
  stream<T = unknown>(name: string, args?: unknown, options?: StreamOptions): AsyncIterable<T>;
  /**
   * Makes a stream of values of a `ReadableStream` that is passed to a command: as it is it travels as bytes. An async iterable is one
   * already.
   */
  values<T>(stream: ReadableStream<T>): AsyncIterable<T>;
  /** Listens for an event that C# emits; the result stops listening. */
  on<T = any>(name: string, handler: EventHandler<T>): () => void;
  /** Listens for the next event of that name alone. */
  once<T = any>(name: string, handler: EventHandler<T>): () => void;
  /** Stops listening. */
  off(name: string, handler: EventHandler): void;
  /** Emits an event to C#; resolves when C# has accepted it. Events are handled there one at a time, in order. */
  emit(name: string, data?: unknown): Promise<void>;
  /** A value that C# and its pages share, by its key. All who ask for a key use one state. */
  state<T = any>(key: string): OrielState<T>;
  readonly window: OrielWindow;
  /** Resolves when C# has accepted this document. */
  readonly ready: Promise<void>;
}

/** What a failed call rejects with. */
export interface OrielError extends Error {
  readonly name: "OrielError";
  /** JSON-RPC's number (-32601: unknown command, -32602: wrong arguments, -32603: the command threw), or Oriel's own. */
  readonly code: number;
  readonly data?: unknown;
}
