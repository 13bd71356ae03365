import type { OrielError } from "../api";
import { NativeException } from "./platform";

class BridgeError extends Error implements OrielError {
  override readonly name = "OrielError";
  readonly code: number;
  readonly data?: unknown;

  constructor(code: number, message: string, data?: unknown) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

export function createError(code: number, message: string, data?: unknown): OrielError {
  return new BridgeError(code, message, data);
}

export function createAbort(reason: unknown): unknown {
  return reason ?? new NativeException("The call was aborted.", "AbortError");
}

export function createTimeout(name: string, milliseconds: number): DOMException {
  return new NativeException(`"${name}" did not answer within ${milliseconds} ms.`, "TimeoutError");
}
