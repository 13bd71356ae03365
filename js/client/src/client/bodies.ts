// Bytes travel beside the messages, by requests to C#: a message only names them.
import { ErrorCode, type Message } from "../protocol";
import { createError } from "./errors";
import { isArray, isView, NativeBlob, NativeBuffer, NativeBytes, nativeFetch, NativePromise, NativeStream, parse, report } from "./platform";
import { values } from "./values";

const Origin = "oriel://app";

/** C# says by this header of a range that nothing follows. */
const EndHeader = "X-Oriel-End";

/**
 * The largest range that is sent at once; C# takes no larger one. Measured in WebKitGTK 2.50 on two busy cores (medians): 64 KiB 120 MB/s, 256 KiB 304,
 * 1 MiB 646, 4 MiB 656.
 */
const RangeBytes = 4 * 1024 * 1024;

/** Chunks of a stream of the page that are joined to a range. Those of files and of fetch have 64 KiB, and one that makes its own must not be read for ever. */
const MaxParts = 64;

/** The most that C# reads of why a stream of the page failed. */
const MaxReason = 100;

const Advice =
  "bytes travel by fetch to oriel://app, which this document may not use. Its Content-Security-Policy has to allow connect-src 'self', and its origin must not be opaque (sandbox).";

type Bytes = Uint8Array | ArrayBuffer | Blob | ReadableStream<unknown>;

/** Bytes among the arguments of a call. */
export interface Upload {
  id: string;
  source: Bytes;
  isOver: boolean;
  /** Whether C# may know of it. */
  isBegun: boolean;
  /** Ends reading a stream of the page's. */
  cancel?: (reason?: unknown) => void;
}

interface Reference {
  url: string;
  isStream: boolean;
  put(value: unknown): void;
}

/** What the bodies need of the calls that they belong to. */
export interface BodyOwner {
  /** Whether the page still waits for a call. */
  isOpen(call: string): boolean;
  /** Ends a call whose bytes cannot be sent or fetched. */
  drop(call: string, error: unknown): void;
}

/** The bytes of the page's calls, and of their answers. */
export class Bodies {
  readonly #owner: BodyOwner;
  readonly #uploads = new Map<string, Upload[]>();
  readonly #behind = new Map<string, Promise<void>>();
  readonly #welcome: Promise<void>;
  #welcomed!: () => void;
  #folder = "";
  #lastId = 0;

  constructor(owner: BodyOwner) {
    this.#owner = owner;
    this.#welcome = new NativePromise((resolve) => (this.#welcomed = resolve));
  }

  /** C# has told where the bytes of this document are. */
  accept(token: string | undefined): void {
    if (token) {
      this.#folder = `/.oriel/body/${token}/`;
      this.#welcomed();
    }
  }

  /** What stands in a call's JSON in the place of bytes; undefined for what is none. */
  replace(value: object, uploads: Upload[]): object | undefined {
    const length =
      value instanceof NativeBuffer || isView(value) ? value.byteLength
      : value instanceof NativeBlob ? value.size
      : value instanceof NativeStream ? null
      : undefined;
    if (length === undefined) {
      return undefined;
    }

    const source = isView(value) ? viewOf(value) : (value as Bytes);
    const id = String(++this.#lastId);
    uploads.push({ id, source, isOver: false, isBegun: false });
    return { $body: id, length };
  }

  /** Takes the bytes of a call that is about to be sent, which may end it at once. */
  add(call: string, uploads: Upload[]): void {
    if (uploads.length > 0) {
      this.#uploads.set(call, uploads);
    }
  }

  /** Sends the bytes of a call that was sent, unless it is over. */
  send(call: string): void {
    this.#uploads.get(call)?.forEach((upload) => void this.#send(call, upload));
  }

  /** The call is over, and who would read its bytes with it. */
  end(call: string): void {
    const uploads = this.#uploads.get(call);
    if (uploads) {
      this.#uploads.delete(call);
      uploads.filter((upload) => !upload.isOver).forEach((upload) => this.#abort(upload, ""));
    }
  }

  /** Whether lines of C# name bytes. */
  areNamedIn(lines: string): boolean {
    return this.#folder !== "" && lines.includes(this.#folder);
  }

  /** Delivers a message, once the bytes that it names are in it, and behind what came before it for the same call. */
  deliver(message: Message, namesBytes: boolean, receive: (message: Message) => void): void {
    const call = message.id ?? "";
    const before = this.#behind.get(call);
    const references: Reference[] = [];
    if (namesBytes && call !== "") {
      this.#find(message.data, (value) => (message.data = value), references);
    }

    if (!before && references.length === 0) {
      receive(message);
      return;
    }

    const delivered = this.#load(call, references, before, () => receive(message)).finally(() => {
      if (this.#behind.get(call) === delivered) {
        this.#behind.delete(call);
      }
    });
    this.#behind.set(call, delivered);
  }

  async #load(call: string, references: Reference[], before: Promise<void> | undefined, receive: () => void): Promise<void> {
    try {
      if (this.#owner.isOpen(call)) {
        await NativePromise.all(references.map((reference) => this.#place(reference)));
      }

      await before;
    } catch (error) {
      this.#owner.drop(call, error);
    }

    if (this.#owner.isOpen(call)) {
      try {
        receive();
      } catch (error) {
        report(error);
      }
    } else {
      // Nobody waits for them any more. Bytes that have been fetched are gone in C# already.
      references.forEach((reference) => this.#discard(reference.url));
    }
  }

  async #place({ url, isStream, put }: Reference): Promise<void> {
    put(isStream ? this.#open(url) : await bytesOf(await get(url)));
  }

  // One range is read ahead of the page: that is what a ReadableStream does unless it is told otherwise.
  #open(url: string): ReadableStream<Uint8Array> {
    let offset = 0;
    const stream = new NativeStream<Uint8Array>({
      pull: async (controller) => {
        const response = await get(`${url}?offset=${offset}`);
        const bytes = await bytesOf(response);
        offset += bytes.length;
        if (bytes.length > 0) {
          controller.enqueue(bytes);
        }

        if (response.headers.get(EndHeader)) {
          controller.close();
        }
      },
      cancel: () => this.#discard(url),
    });
    // WebKit's have no loop of their own.
    return Symbol.asyncIterator in stream ? stream : Object.assign(stream, values(stream));
  }

  #discard(url: string): void {
    nativeFetch(Origin + url, { method: "DELETE" }).catch(() => {
      // The document is on its way out, and its bytes with it.
    });
  }

  // What merely looks like a reference is data: nobody else knows the document's token.
  #find(value: unknown, put: (value: unknown) => void, found: Reference[]): void {
    if (typeof value !== "object" || value === null) {
      return;
    }

    const { $body: url, kind } = value as { $body?: unknown; kind?: unknown };
    if (typeof url === "string" && url.startsWith(this.#folder)) {
      found.push({ url, isStream: kind === "stream", put });
      return;
    }

    if (isArray(value)) {
      for (let i = 0; i < value.length; i++) {
        this.#find(value[i], (other) => (value[i] = other), found);
      }

      return;
    }

    const members = value as Record<string, unknown>;
    for (const key of Object.keys(members)) {
      this.#find(members[key], (other) => (members[key] = other), found);
    }
  }

  async #send(call: string, upload: Upload): Promise<void> {
    upload.isBegun = true;
    await this.#welcome;
    let offset = 0;
    try {
      for await (const { bytes, isLast } of rangesOf(upload)) {
        if (upload.isOver) {
          return;
        }

        const response = await this.#post(upload, `?offset=${offset}&last=${isLast ? 1 : 0}`, bytes);
        offset += bytes.length;
        if (response.status === 410) {
          // The command has all that it wants.
          upload.isOver = true;
          upload.cancel?.();
          return;
        }

        if (!response.ok) {
          throw createError(ErrorCode.InvalidParams, await response.text());
        }
      }

      upload.isOver = true;
    } catch (error) {
      if (upload.isOver) {
        return;
      }

      const isOurs = (error as Error)?.name === "OrielError";
      this.#abort(upload, isOurs ? "" : String((error as Error)?.message ?? error));
      if (isOurs) {
        this.#owner.drop(call, error);
      }
    }
  }

  async #post(upload: Upload, query: string, body: BodyInit): Promise<Response> {
    try {
      return await nativeFetch(`${Origin}${this.#folder}${upload.id}${query}`, { method: "POST", body });
    } catch {
      throw createError(ErrorCode.Denied, `The bytes of the call could not be sent: ${Advice}`);
    }
  }

  #abort(upload: Upload, reason: string): void {
    upload.isOver = true;
    if (!upload.isBegun) {
      if (upload.source instanceof NativeStream && !upload.source.locked) {
        upload.source.cancel(reason).catch(() => {});
      }

      return;
    }

    upload.cancel?.(reason);
    void this.#welcome.then(() => this.#post(upload, "?abort=1", reason.slice(0, MaxReason))).catch(() => {
      // Then C# ends it with the call.
    });
  }
}

async function get(url: string): Promise<Response> {
  let response: Response;
  try {
    response = await nativeFetch(Origin + url);
  } catch {
    throw createError(ErrorCode.Denied, `The bytes of the answer could not be fetched: ${Advice}`);
  }

  if (response.ok) {
    return response;
  }

  const text = await response.text();
  if (response.status !== 500) {
    throw createError(ErrorCode.Disconnected, text);
  }

  const { code, message } = parse(text) as { code: number; message: string };
  throw createError(code, message);
}

async function bytesOf(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  return new NativeBytes(await response.arrayBuffer());
}

type Range = { bytes: Uint8Array<ArrayBuffer>; isLast: boolean };

/**
 * Ranges of a stream of the page: what it gives while one is on its way is the next. A request for each of its chunks would cost more than the
 * bytes: measured in WebKitGTK 2.50 with chunks of 64 KiB, 135 MB/s by themselves.
 */
async function* joined(reader: ReadableStreamDefaultReader<unknown>): AsyncGenerator<Range> {
  let parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  let end: { error?: unknown } | undefined;
  let isReading = false;
  let wake = () => {};

  const read = async () => {
    if (isReading) {
      return;
    }

    isReading = true;
    try {
      while (!end && size < RangeBytes && parts.length < MaxParts) {
        const { value, done } = await reader.read();
        if (done) {
          end = {};
        } else if (value instanceof NativeBuffer || isView(value)) {
          const bytes = viewOf(value);
          parts.push(bytes);
          size += bytes.length;
        } else {
          throw new TypeError("A ReadableStream that is passed to a command has Uint8Arrays in it.");
        }

        wake();
      }
    } catch (error) {
      end = { error };
      wake();
    }

    isReading = false;
  };

  // One memory for all of them: fetch copies what it is given before it returns.
  let memory: Uint8Array<ArrayBuffer> | undefined;
  const take = () => {
    let bytes = parts[0]!;
    if (parts.length === 1 && size <= RangeBytes) {
      parts = [];
    } else {
      const length = Math.min(size, RangeBytes);
      memory = memory && memory.length >= length ? memory : new NativeBytes(length);
      bytes = memory.subarray(0, length);
      for (let at = 0; at < length;) {
        const part = parts.shift()!;
        const fits = part.subarray(0, length - at);
        bytes.set(fits, at);
        at += fits.length;
        if (fits.length < part.length) {
          parts.unshift(part.subarray(fits.length));
        }
      }
    }

    size -= bytes.length;
    return bytes;
  };

  for (;;) {
    void read();
    while (size === 0 && !end) {
      await new NativePromise<void>((resolve) => (wake = resolve));
    }

    if (size > 0) {
      const bytes = take();
      void read();
      yield { bytes, isLast: false };
    } else if (end && "error" in end) {
      throw end.error;
    } else {
      yield { bytes: new NativeBytes(), isLast: true };
      return;
    }
  }
}

function viewOf(source: ArrayBuffer | ArrayBufferView): Uint8Array<ArrayBuffer> {
  return isView(source) ? new NativeBytes(source.buffer as ArrayBuffer, source.byteOffset, source.byteLength) : new NativeBytes(source);
}

async function* rangesOf(upload: Upload): AsyncGenerator<Range> {
  const { source } = upload;
  if (source instanceof NativeStream) {
    const reader = source.getReader();
    upload.cancel = (reason) => void reader.cancel(reason).catch(() => {});
    yield* joined(reader);
  } else if (source instanceof NativeBlob) {
    // Read here: WebKitGTK ends the whole program over a Blob in a request.
    for (let at = 0; at === 0 || at < source.size; at += RangeBytes) {
      yield { bytes: new NativeBytes(await source.slice(at, at + RangeBytes).arrayBuffer()), isLast: at + RangeBytes >= source.size };
    }
  } else {
    yield* slices(source);
  }
}

function* slices(source: ArrayBuffer | ArrayBufferView): Generator<Range> {
  const all = viewOf(source);
  for (let at = 0; at === 0 || at < all.length; at += RangeBytes) {
    yield { bytes: all.subarray(at, at + RangeBytes), isLast: at + RangeBytes >= all.length };
  }
}
