// What the two worlds of a page, and C#, agree upon.

/** DOM events between the page's world (the client) and the isolated world (the relay). Their detail is a string. */
export const enum Signal {
  /** Client to relay: a letter of {@link Line}, and the message. */
  Up = "oriel:up",
  /** Relay to client: messages, one a line. */
  Down = "oriel:down",
  /** Relay to client: so many of the oldest events were accepted (`count`), or refused (`count code text`). */
  Accepted = "oriel:accepted",
  /** Relay to client: `id id ... LF code text`: these calls failed before C# could answer. */
  Failed = "oriel:failed",
}

/** The first letter of what the client hands up. */
export const enum Line {
  /** A call: `r<id> <message>`. */
  Request = "r",
  /** An event: `e<message>`. */
  Event = "e",
  /** Cancel or credit of a call: `c<id> <message>`; without an id what belongs to none. */
  Control = "c",
}

export const enum ErrorCode {
  InternalError = -32603,
  Conflict = -32008,
  Disconnected = -32007,
  PayloadTooLarge = -32005,
  Timeout = -32001,
}

/** The largest message, in UTF-16 units: beyond it C# would refuse it all the same. */
export const MaxMessage = 64 * 1024 * 1024;

/** A message of the envelope. */
export interface Message {
  type: "request" | "response" | "event" | "ready" | "cancel" | "next" | "done" | "credit" | "ping" | "pong" | "data";
  id?: string | null;
  method?: string;
  event?: string;
  data?: unknown;
  error?: { code: number; message: string; data?: unknown };
}
