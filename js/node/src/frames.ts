import { IpcError, IpcErrorCode } from "./errors.js";
import { checkName, readMessage, writeJson, type Message } from "./message.js";

/** The first byte of a binary frame, which no JSON text begins with. */
const Binary = 0x01;
const HeaderBytes = 16;
const LineFeed = 0x0a;
const Named = 1;
const Shared = 2;

const Kinds: Record<number, "request" | "response" | "event" | "next"> = { 1: "request", 2: "response", 3: "event", 9: "next" };
// What every language can keep as a number of 64 bits with one to spare for "none".
const LargestId = 2n ** 63n - 2n;

/** What a reader found: a message, or what is wrong with what stands there. */
export type Frame = { message: Message } | { error: IpcError };

/** The stream cannot be read any further: where the next message begins is not known. */
export class FramingError extends IpcError {}

/** Cuts a stream of bytes into messages. */
export class FrameReader {
  readonly #maxBytes: number;
  readonly #hasBinary: boolean;
  #chunks: Buffer[] = [];
  #length = 0;
  // The bytes of the frame that is being received; 0 where that is not known yet, or a line.
  #wanted = 0;

  constructor(maxBytes: number, hasBinary: boolean) {
    this.#maxBytes = maxBytes;
    this.#hasBinary = hasBinary;
  }

  /** Takes bytes, and gives the messages that they complete. Throws a {@link FramingError} beyond the limit. */
  *read(chunk: Buffer): Generator<Frame> {
    // Chunks are joined once a message is whole: joining each as it comes would copy a large message many times.
    const isLine = this.#wanted === 0 && !this.#isBinary();
    if (this.#length > 0 && (isLine ? !chunk.includes(LineFeed) : this.#length + chunk.length < this.#wanted)) {
      this.#keep(chunk);
      return;
    }

    let rest = this.#take(chunk);
    while (rest.length > 0) {
      const isBinary = this.#hasBinary && rest[0] === Binary;
      const end = isBinary ? this.#endOfBinary(rest) : rest.indexOf(LineFeed) + 1;
      if (end === 0 || end > rest.length) {
        this.#wanted = isBinary ? end : 0;
        this.#keep(rest);
        return;
      }

      const frame = rest.subarray(0, end);
      rest = rest.subarray(end);
      if (isBinary) {
        yield attempt(() => readBinary(frame));
      } else {
        this.#checkLine(end - 1);
        const line = frame.subarray(0, end - 1);
        if (!isBlank(line)) {
          yield attempt(() => readMessage(line));
        }
      }
    }
  }

  #isBinary(): boolean {
    return this.#hasBinary && this.#chunks[0]?.[0] === Binary;
  }

  #take(chunk: Buffer): Buffer {
    const whole = this.#length > 0 ? Buffer.concat([...this.#chunks, chunk]) : chunk;
    this.#chunks = [];
    this.#length = 0;
    this.#wanted = 0;
    return whole;
  }

  #keep(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#wanted === 0 && !this.#isBinary()) {
      this.#checkLine(this.#length);
    }
  }

  // 0 while the header is not there.
  #endOfBinary(bytes: Buffer): number {
    if (bytes.length < HeaderBytes) {
      return 0;
    }

    const length = bytes.readUInt32LE(4);
    if (length > this.#maxBytes) {
      throw new FramingError(IpcErrorCode.PayloadTooLarge, `A binary frame of ${length} bytes is beyond the limit of ${this.#maxBytes}.`);
    }

    return HeaderBytes + length;
  }

  #checkLine(length: number): void {
    if (length > this.#maxBytes) {
      throw new FramingError(IpcErrorCode.PayloadTooLarge, `A line is beyond the limit of ${this.#maxBytes} bytes.`);
    }
  }
}

/** Writes a message as a line, without its line feed. */
export function writeLine(message: Message): string {
  const { data, ...members } = message;
  const text = JSON.stringify(members);
  if (message.error) {
    return text;
  }

  return `${text.slice(0, -1)},"data":${writeJson(data)}}`;
}

/** Gives the header of a binary frame; its payload, {@link Message.data}, follows it. */
export function writeBinaryHeader(message: Message, payload: Uint8Array): Buffer {
  const kind = Number(Object.entries(Kinds).find(([, type]) => type === message.type)![0]);
  const name = message.method ?? message.event;
  const nameBytes = name === undefined ? 0 : 2 + Buffer.byteLength(name);

  const header = Buffer.alloc(HeaderBytes + nameBytes);
  header[0] = Binary;
  header[1] = kind;
  header[2] = name === undefined ? 0 : Named;
  header.writeUInt32LE(nameBytes + payload.length, 4);
  header.writeBigUInt64LE(message.id === undefined ? 0n : binaryId(message.id), 8);
  if (name !== undefined) {
    header.writeUInt16LE(nameBytes - 2, HeaderBytes);
    header.write(name, HeaderBytes + 2);
  }

  return header;
}

function binaryId(id: string): bigint {
  const value = /^(0|[1-9][0-9]{0,18})$/.test(id) ? BigInt(id) : LargestId + 1n;
  if (value > LargestId) {
    throw new IpcError(IpcErrorCode.InvalidRequest, `Bytes answer only a call whose id is a decimal number up to 2^63 - 2; "${id}" is none.`);
  }

  return value;
}

function readBinary(frame: Buffer): Message {
  const type = Kinds[frame[1]!];
  const flags = frame[2]!;
  const number = frame.readBigUInt64LE(8);
  if (type === undefined) {
    throw new IpcError(IpcErrorCode.InvalidRequest, `A binary frame of the kind ${frame[1]} is unknown.`);
  }

  if (type !== "event" && number > LargestId) {
    throw new IpcError(IpcErrorCode.InvalidRequest, "The id of a binary frame is at most 2^63 - 2.");
  }

  const id = number.toString();
  if ((flags & Shared) !== 0) {
    throw new IpcError(IpcErrorCode.InvalidRequest, "A binary frame points into shared memory, which was not offered (shm1).");
  }

  const isNamed = type === "request" || type === "event";
  if (((flags & Named) !== 0) !== isNamed) {
    throw new IpcError(IpcErrorCode.InvalidRequest, `A binary frame of a ${type} ${isNamed ? "lacks its" : "has a"} name.`);
  }

  if (!isNamed) {
    return { type, id, data: frame.subarray(HeaderBytes) };
  }

  const start = HeaderBytes + 2;
  const end = frame.length < start ? Infinity : start + frame.readUInt16LE(HeaderBytes);
  if (end > frame.length) {
    throw new IpcError(IpcErrorCode.InvalidRequest, "The name of a binary frame is longer than the frame.");
  }

  const name = frame.toString("utf8", start, end);
  const data = frame.subarray(end);
  if (type === "event") {
    checkName(name, "event");
    return { type, event: name, data };
  }

  checkName(name, "method");
  return { type, id, method: name, data };
}

function attempt(read: () => Message): Frame {
  try {
    return { message: read() };
  } catch (error) {
    return { error: error as IpcError };
  }
}

function isBlank(line: Buffer): boolean {
  return line.every((byte) => byte === 0x20 || byte === 0x0d || byte === 0x09);
}
