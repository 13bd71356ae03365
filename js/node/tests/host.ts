import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { App, type ConnectOptions } from "../src/index";

/** The other end of a channel, which writes and reads the wire by hand. */
export class Host {
  readonly path: string;
  readonly #folder = mkdtempSync(join(tmpdir(), "oriel-node-"));
  readonly #server: Server;
  #socket: Socket | undefined;
  #received = Buffer.alloc(0);
  #isEnded = false;
  #wake = () => {};

  private constructor() {
    this.path = join(this.#folder, "channel.sock");
    this.#server = createServer((socket) => {
      this.#socket = socket;
      socket.on("error", () => {});
      socket.on("data", (chunk) => {
        this.#received = Buffer.concat([this.#received, chunk]);
        this.#wake();
      });
      socket.on("close", () => {
        this.#isEnded = true;
        this.#wake();
      });
    });
  }

  static async listen(context: TestContext): Promise<Host> {
    const host = new Host();
    context.after(() => {
      host.#socket?.destroy();
      host.#server.close();
      rmSync(host.#folder, { recursive: true });
    });
    host.#server.listen(host.path);
    await once(host.#server, "listening");
    return host;
  }

  /** A host, and an application that is connected to it. */
  static async connect(context: TestContext, options: ConnectOptions = {}): Promise<{ host: Host; app: App }> {
    const host = await Host.listen(context);
    const connected = once(host.#server, "connection");
    const app = await App.connect({ channel: host.path, ...options });
    await connected;
    context.after(() => app.close());
    return { host, app };
  }

  send(...messages: object[]): void {
    this.sendRaw(messages.map((message) => `${JSON.stringify(message)}\n`).join(""));
  }

  sendRaw(bytes: string | Buffer): void {
    this.#socket!.write(bytes);
  }

  /** Reads no more. */
  pause(): void {
    this.#socket!.pause();
  }

  /** Reads again. */
  resume(): void {
    this.#socket!.resume();
  }

  /** Is gone, at once. */
  end(): void {
    this.#socket!.destroy();
  }

  /** The next message: a JSON line, or a binary frame as its fields. */
  async receive(): Promise<any> {
    for (;;) {
      if (this.#received[0] === 1 && this.#received.length >= 16 && this.#received.length >= 16 + this.#received.readUInt32LE(4)) {
        const bytes = this.#received;
        const end = 16 + bytes.readUInt32LE(4);
        this.#received = bytes.subarray(end);
        return { kind: bytes[1], flags: bytes[2], id: bytes.readBigUInt64LE(8), payload: bytes.subarray(16, end) };
      }

      const end = this.#received[0] === 1 ? -1 : this.#received.indexOf(10);
      if (end >= 0) {
        const line = this.#received.toString("utf8", 0, end);
        this.#received = this.#received.subarray(end + 1);
        return JSON.parse(line);
      }

      if (this.#isEnded) {
        return "ended";
      }

      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  /** The answer to a request. */
  async request(id: string, method: string, data: unknown = null, credit?: number): Promise<any> {
    this.send({ type: "request", id, method, data, credit });
    return this.receive();
  }
}

/** A binary frame by hand. */
export function frame(kind: number, flags: number, id: bigint, payload: Buffer): Buffer {
  const header = Buffer.alloc(16);
  header[0] = 1;
  header[1] = kind;
  header[2] = flags;
  header.writeUInt32LE(payload.length, 4);
  header.writeBigUInt64LE(id, 8);
  return Buffer.concat([header, payload]);
}

/** A name as it begins the payload of a binary frame. */
export function named(name: string, bytes: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16LE(Buffer.byteLength(name));
  return Buffer.concat([length, Buffer.from(name), bytes]);
}

/** A table of cases that the tests of every language read; the tests run from dist/tests. */
export function sharedCases<T>(name: string): T[] {
  return JSON.parse(readFileSync(new URL(`../../../../tests/ipc/${name}`, import.meta.url), "utf8")) as T[];
}

/** What a promise rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<any> {
  return promise.then(
    () => {
      throw new Error("It did not reject.");
    },
    (error: unknown) => error,
  );
}
