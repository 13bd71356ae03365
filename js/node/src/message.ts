import { IpcError, IpcErrorCode, type WireError } from "./errors.js";
import { MaxCredit, MaxDepth, MaxIdBytes, MaxNameBytes } from "./limits.js";

/** A message of the envelope; `data` is a Buffer where it crossed as bytes. */
export interface Message {
  type: string;
  id?: string;
  method?: string;
  event?: string;
  data?: unknown;
  error?: WireError;
  credit?: number;
}

const Quote = 0x22;
const Backslash = 0x5c;
const LoneSurrogate = /\p{Surrogate}/u;
const WithId = new Set(["request", "response", "next", "done", "cancel"]);
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Reads a line as a message. Everything that is wrong with it is an {@link IpcError} that says what. */
export function readMessage(line: Buffer): Message {
  inspect(line);

  let value: unknown;
  try {
    value = JSON.parse(decoder.decode(line));
  } catch {
    throw new IpcError(IpcErrorCode.ParseError, "A line is not JSON in UTF-8.");
  }

  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw invalid("A message is a JSON object.");
  }

  const message = value as Message;
  if (typeof message.type !== "string") {
    throw invalid('A message has a "type", which is a string.');
  }

  checkMembers(message);
  return message;
}

/** Checks a name of a method or an event. */
export function checkName(name: unknown, what: "method" | "event"): asserts name is string {
  if (typeof name !== "string" || name === "" || Buffer.byteLength(name) > MaxNameBytes) {
    throw invalid(`The name of ${what === "event" ? "an event" : "a method"} is a string of 1 to ${MaxNameBytes} bytes.`);
  }
}

/** Gives a value as JSON, on one line. */
export function writeJson(value: unknown): string {
  const text = JSON.stringify(value ?? null);
  if (text === undefined) {
    throw new TypeError(`JSON cannot write a ${typeof value}.`);
  }

  return text;
}

function checkMembers(message: Message): void {
  // null is what some writers put where a member is missing.
  for (const member of ["id", "method", "event", "error"] as const) {
    if (message[member] === null) {
      delete message[member];
    }
  }

  const { type, id, method, event } = message;
  if (id !== undefined && (typeof id !== "string" || id === "" || Buffer.byteLength(id) > MaxIdBytes)) {
    throw invalid(`An "id" is a string of 1 to ${MaxIdBytes} bytes.`);
  }

  if (method !== undefined || type === "request") {
    checkName(method, "method");
  }

  if (event !== undefined || type === "event") {
    checkName(event, "event");
  }

  for (const text of [id, method, event]) {
    if (text !== undefined && LoneSurrogate.test(text)) {
      throw new IpcError(IpcErrorCode.ParseError, "A name in the message holds half of a surrogate pair.");
    }
  }

  if (message.credit !== undefined && !isCredit(message.credit)) {
    throw invalid(`"credit" is a whole number from 1 to ${MaxCredit}.`);
  }

  if (message.error !== undefined) {
    checkError(message.error);
  }

  // An error without an id says that something of ours could not be read.
  if (id === undefined && WithId.has(type) && (type !== "response" || message.error === undefined)) {
    throw invalid(`A ${type} has an "id".`);
  }

  message.data ??= null;
}

function checkError(error: WireError): void {
  if (typeof error !== "object" || Array.isArray(error)) {
    throw invalid('"error" is an object.');
  }

  if (error.code === undefined) {
    error.code = IpcErrorCode.InternalError;
  }

  if (error.message === undefined) {
    error.message = "";
  }

  if (!Number.isInteger(error.code) || error.code !== (error.code | 0) || typeof error.message !== "string") {
    throw invalid('An "error" has a whole number of 32 bits as "code" and a text as "message".');
  }
}

/** Whether a value allows a number of items. */
export function isCredit(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= MaxCredit;
}

// What JSON.parse does not say: how deep a text goes, and that a member of the envelope stands twice. That the text is JSON at
// all is left to it.
function inspect(line: Buffer): void {
  let depth = 0;
  let expectsKey = false;
  const members = new Set<string>();

  for (let index = 0; index < line.length; index++) {
    switch (line[index]) {
      case 0x7b: // {
      case 0x5b: // [
        if (++depth > MaxDepth) {
          throw new IpcError(IpcErrorCode.ParseError, `A message has at most ${MaxDepth} levels.`);
        }

        expectsKey = depth === 1;
        break;

      case 0x7d: // }
      case 0x5d: // ]
        depth--;
        break;

      case 0x2c: // ,
        expectsKey = depth === 1;
        break;

      case Quote: {
        const end = endOfString(line, index);
        if (expectsKey) {
          addMember(members, line.toString("utf8", index, end + 1));
          expectsKey = false;
        }

        index = end;
        break;
      }
    }
  }
}

function addMember(members: Set<string>, token: string): void {
  let name = token;
  if (token.includes("\\")) {
    try {
      name = JSON.stringify(JSON.parse(token));
    } catch {
      // Not JSON, as the parser is about to say.
    }
  }

  if (members.has(name)) {
    throw invalid(`The member ${name.slice(0, 80)} stands twice.`);
  }

  members.add(name);
}

function endOfString(line: Buffer, start: number): number {
  for (let end = line.indexOf(Quote, start + 1); end >= 0; end = line.indexOf(Quote, end + 1)) {
    let backslashes = 0;
    while (line[end - 1 - backslashes] === Backslash) {
      backslashes++;
    }

    if (backslashes % 2 === 0) {
      return end;
    }
  }

  return line.length;
}

function invalid(text: string): IpcError {
  return new IpcError(IpcErrorCode.InvalidRequest, text);
}
