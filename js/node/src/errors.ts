/** Why something failed: JSON-RPC 2.0's numbers for what it names, and Oriel's for the rest. */
export const IpcErrorCode = {
  /** The text is not JSON. */
  ParseError: -32700,
  /** JSON, but not a message. */
  InvalidRequest: -32600,
  /** No method of that name. */
  MethodNotFound: -32601,
  /** The arguments are not what the method takes. */
  InvalidParams: -32602,
  /** The method failed. */
  InternalError: -32603,
  /** No answer in time. */
  Timeout: -32001,
  /** The caller no longer wants the answer. */
  Cancelled: -32002,
  /** The caller may not do that. */
  Denied: -32003,
  /** The channel is closing and takes nothing new. */
  ShuttingDown: -32004,
  /** The message is larger than the limit. */
  PayloadTooLarge: -32005,
  /** Too much is under way already. */
  Busy: -32006,
  /** The other side is gone. */
  Disconnected: -32007,
  /** What was to be changed has changed in the meantime. */
  Conflict: -32008,
} as const;

/** An error as it crosses. */
export interface WireError {
  code: number;
  message: string;
  data?: unknown;
}

/** A failure that crosses with its code: thrown by a call that failed, and by a handler that wants a code of its own. */
export class IpcError extends Error {
  override readonly name = "IpcError";

  /**
   * @param code One of {@link IpcErrorCode}, or a number of the application's own.
   * @param data Any JSON value that says more.
   */
  constructor(
    readonly code: number,
    message: string,
    readonly data?: unknown,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** What is told of anything that a handler threw: a stack trace only in development. */
export function describe(error: unknown): WireError {
  if (error instanceof IpcError) {
    return { code: error.code, message: error.message, data: error.data };
  }

  const isError = error instanceof Error;
  const data: Record<string, string> = { type: isError ? error.name : typeof error };
  if (isError && error.stack !== undefined && process.env.ORIEL_DEVELOPMENT === "1") {
    data.stack = error.stack;
  }

  return { code: IpcErrorCode.InternalError, message: isError ? error.message : String(error), data };
}
