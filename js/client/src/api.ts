/** What may stand for bytes in the arguments of a command. */
export type BinarySource = ArrayBufferView | ArrayBuffer | Blob | ReadableStream<Uint8Array>;

/** Options of a call. */
export interface InvokeOptions {
  /** Cancels the call: C# sees its CancellationToken cancelled, the promise rejects with an `AbortError`. */
  signal?: AbortSignal;
  /** Milliseconds until the call is cancelled and rejects with a `TimeoutError`; 30,000 by default, 0 for none. */
  timeout?: number;
}

/** Options of a stream. */
export interface StreamOptions {
  /** Ends the stream: the producer in C# is cancelled, the iteration throws an `AbortError`. */
  signal?: AbortSignal;
  /** How many items C# may send ahead of the reader, 1 to 1,024; 32 by default. */
  credit?: number;
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

/** The bridge between this page and the C# code of the application, at `window.oriel`. */
export interface Oriel {
  /** Calls a command. Rejects with an {@link OrielError} when the command fails. */
  invoke<T = unknown>(name: string, args?: unknown, options?: InvokeOptions): Promise<T>;
  /** Calls a command whose result is a stream; leaving the loop cancels it. */
  stream<T = unknown>(name: string, args?: unknown, options?: StreamOptions): AsyncIterable<T>;
  /** Listens for an event that C# emits; the result stops listening. */
  on<T = any>(name: string, handler: EventHandler<T>): () => void;
  /** Listens for the next event of that name alone. */
  once<T = any>(name: string, handler: EventHandler<T>): () => void;
  /** Stops listening. */
  off(name: string, handler: EventHandler): void;
  /** Emits an event to C#; resolves when C# has accepted it. Events are handled there one at a time, in order. */
  emit(name: string, data?: unknown): Promise<void>;
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
