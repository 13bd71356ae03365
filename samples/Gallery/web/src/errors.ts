/** What a failed call tells its reader. */
export interface Failure {
  readonly name: string;
  readonly message: string;
  readonly code?: number;
  readonly data?: unknown;
}

/** Reads whatever was thrown: an OrielError with its code, a DOMException, or any value. */
export function failureOf(thrown: unknown): Failure {
  if (typeof thrown !== "object" || thrown === null) {
    return { name: "Error", message: String(thrown) };
  }

  const { name, message, code, data } = thrown as Partial<Record<keyof Failure, unknown>>;
  // A DOMException's legacy code (20 for AbortError) is no answer of the C# side.
  const ownCode = typeof code === "number" && !(thrown instanceof DOMException) ? { code } : {};
  return {
    name: typeof name === "string" ? name : "Error",
    message: typeof message === "string" && message !== "" ? message : String(thrown),
    ...ownCode,
    ...(data === undefined || data === null ? {} : { data }),
  };
}

/** Whether a call failed because it was cancelled by this page. */
export function isAbort(thrown: unknown): boolean {
  return failureOf(thrown).name === "AbortError";
}
