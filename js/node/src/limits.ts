/** What a channel takes. All but `maxDepth` and `maxNameBytes` can be set in {@link ConnectOptions}. */
export interface Limits {
  /** Bytes of one message; 64 MiB by default. */
  maxMessageBytes: number;
  /** Calls that may be under way at once, each way; 65,536 by default. */
  maxCallsInFlight: number;
  /** Bytes that may wait to be sent before an `emit`, a `call` or an item of a stream is refused; 128 MiB by default. Answers never are. */
  maxQueuedBytes: number;
}

export const DefaultLimits: Limits = {
  maxMessageBytes: 64 * 1024 * 1024,
  maxCallsInFlight: 65_536,
  maxQueuedBytes: 128 * 1024 * 1024,
};

/** Levels of nesting of one message, the envelope included. */
export const MaxDepth = 128;

/** Bytes of UTF-8 of the name of a method or an event. */
export const MaxNameBytes = 256;

/** Bytes of UTF-8 of an id. */
export const MaxIdBytes = 128;

/** Items of a stream that a reader may allow at once. */
export const MaxCredit = 1_024;

/** Lines that are no message, after which a channel is closed. */
export const MaxUnreadable = 16;
