/** A message: `[n, ack, ...]`, numbered from 1 in its direction. */
export type Message = [n: number, ack: number, ...rest: unknown[]];

/** What a session begins with. */
export interface Start {
  url: string;
  scheme: "light" | "dark";
  /** The session to go on with, and the last message of it that was applied. */
  resume?: { session: string; applied: number };
}

/** The way between this page and the components in C#. */
export interface Transport {
  /** Begins a session. Messages may arrive in another order than they were sent in. */
  open(start: Start, onMessage: (message: Message) => void, onClosed: (reason?: unknown) => void): void;
  /** Sends a message of at most that many bytes. */
  send(message: Message, size: number): void;
  /** Sends bytes that a later message names. */
  upload(id: number, content: Uint8Array | ReadableStream<Uint8Array> | Blob): Promise<void>;
}
