import { DotNet } from "@microsoft/dotnet-js-interop";
import { attach as attachBlazor } from "./blazor";
import type { Session } from "./session";

/** UTF-16 units of the reason why bytes cannot be sent that C# takes. */
const MaxReason = 4096;
const Bytes = '"__byte[]":';

/** Calls of JavaScript by C# and the other way, and bytes and streams between them. */
export function attach(session: Session): void {
  const interop = new Interop(session);
  Object.assign(window, { DotNet });
  attachBlazor(session, (content, id) => interop.sendStream(content, id));
}

class Interop {
  private readonly dispatcher: DotNet.ICallDispatcher;
  private readonly pending = new Set<number>();
  private readonly lost = new Map<number, string>();
  private bytes: Uint8Array[] = [];
  private tail: Promise<void> | undefined;

  constructor(private readonly session: Session) {
    this.dispatcher = DotNet.attachDispatcher({
      beginInvokeDotNetFromJS: (call, assembly, method, object, args) => this.begin(call, assembly, method, object, args),
      endInvokeJSFromDotNet: (handle, succeeded, result: string) => this.send("end", handle, succeeded, result),
      sendByteArray: (index, content) => this.collect(index, content),
    });
    DotNet.attachReviver((_, value) => (isReference(value) ? (session.page.reference(value.__internalId) ?? null) : value));
    session.on("call", (handle, identifier, args, resultType, target, callType) => this.call(handle, identifier, args, resultType, target, callType));
    session.on("done", (call: string, succeeded: boolean, result: string) => this.done(Number(call), succeeded, result));
    session.on("bytes", (id: number, address: string) => this.receive(id, address));
    session.on("stream", (id: number, address: string | null, reason: string | null) =>
      this.dispatcher.supplyDotNetStream(id, address === null ? failing(reason ?? "C# cannot send this stream.") : fetched(address)),
    );
    session.onEnded(() => this.pending.forEach((call) => this.done(call, false, "The session with C# is over.")));
  }

  /** Sends what C# has asked for, by the number that it chose. */
  sendStream(content: ArrayBuffer | ArrayBufferView | Blob, id: number): void {
    this.session.upload(content instanceof Blob ? content : bytesOf(content), id).catch((error) => {
      this.session.send("stream", id, textOf(error).slice(0, MaxReason));
    });
  }

  private call(handle: number, identifier: string, args: string | null, resultType: number, target: number, callType: number): void {
    try {
      for (const [id, reason] of this.lost) {
        if (args?.includes(`${Bytes}${id}}`)) {
          this.lost.delete(id);
          throw new Error(reason);
        }
      }

      if (identifier === "import" && target === 0 && callType === DotNet.JSCallType.FunctionCall) {
        args = importing(args);
      }
    } catch (error) {
      this.fail(handle, error);
      return;
    }

    void this.dispatcher.beginInvokeJSFromDotNet(handle, identifier, args, resultType, target, callType);
  }

  private begin(call: number, assembly: string | null, method: string, object: number | null, args: string): void {
    this.pending.add(call);
    if (this.session.ended) {
      this.done(call, false, "The session with C# is over.");
    } else {
      this.send("call", call, assembly, method, object, args);
    }
  }

  private done(call: number, succeeded: boolean, result: string): void {
    if (!this.pending.delete(call)) {
      return;
    }

    try {
      this.dispatcher.endInvokeDotNetFromJS(String(call), succeeded, result);
    } catch (error) {
      this.dispatcher.endInvokeDotNetFromJS(String(call), false, `The result of C# cannot be used: ${textOf(error)}`);
    }
  }

  private async receive(id: number, address: string): Promise<void> {
    try {
      const response = await open(address);
      this.dispatcher.receiveByteArray(id, new Uint8Array(await response.arrayBuffer()));
    } catch (error) {
      // Of no more than the call that the array was passed with.
      this.lost.set(id, `Bytes that C# passed did not come: ${textOf(error)}`);
    }
  }

  // The page may go on with its array before it has been sent.
  private collect(index: number, content: Uint8Array): void {
    this.bytes.length = index;
    this.bytes.push(content.slice());
  }

  // Bytes go before the message that names them, and no message overtakes one that waits for its bytes.
  private send(kind: "call" | "end", ...args: [number, ...unknown[]]): void {
    const collected = this.bytes;
    this.bytes = [];
    const bytes = String(args.at(-1)).includes(Bytes) ? collected : [];
    if (!this.tail && bytes.length === 0) {
      this.post(kind, args);
      return;
    }

    const uploads = Promise.all(bytes.map((content) => this.session.upload(content)));
    const current = Promise.allSettled([uploads, this.tail])
      .then(() => uploads)
      .then((ids) => {
        ids.forEach((id, index) => this.session.send("bytes", index, id));
        this.post(kind, args);
      })
      .catch((error) => this.refuse(kind, args[0], error))
      .finally(() => {
        if (this.tail === current) {
          this.tail = undefined;
        }
      });
    this.tail = current;
  }

  private post(kind: "call" | "end", args: [number, ...unknown[]]): void {
    if (this.session.send(kind, ...args) === 0 && !this.session.ended) {
      this.refuse(kind, args[0], new Error("It is larger than a message may be. Pass bytes, or a stream: DotNet.createJSStreamReference."));
    }
  }

  private refuse(kind: "call" | "end", id: number, error: unknown): void {
    if (kind === "end") {
      this.fail(id, error);
    } else {
      this.done(id, false, textOf(error));
    }
  }

  private fail(handle: number, error: unknown): void {
    if (handle) {
      this.session.send("end", handle, false, JSON.stringify([handle, false, textOf(error)]));
    }
  }
}

/** The arguments of `import` with an address that is resolved, and of this application. */
export function importing(args: string | null): string {
  const [address, ...rest] = JSON.parse(args ?? "[]") as unknown[];
  const base = new URL(document.baseURI);
  const url = new URL(String(address), base);
  if (url.protocol !== base.protocol || url.host !== base.host) {
    throw new Error(`A module is imported from the application only: "${String(address).slice(0, 200)}" is elsewhere.`);
  }

  return JSON.stringify([url.href, ...rest]);
}

async function open(address: string): Promise<Response> {
  const response = await fetch(new URL(address, document.baseURI));
  if (!response.ok) {
    throw new Error(`Status ${response.status}.`);
  }

  return response;
}

/** A stream that is fetched when it is read. */
function fetched(address: string): ReadableStream<Uint8Array> {
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  const begin = async () => (reader ??= (await open(address)).body!.getReader());
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await (await begin()).read();
        if (done) {
          controller.close();
        } else {
          controller.enqueue(value);
        }
      },
      // C# keeps what was never asked for until the document ends: it is asked for here to be let go.
      cancel: async (reason) => (await begin()).cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

function failing(reason: string): ReadableStream<Uint8Array> {
  return new ReadableStream({ start: (controller) => controller.error(new Error(reason)) });
}

function bytesOf(content: ArrayBuffer | ArrayBufferView): Uint8Array {
  return ArrayBuffer.isView(content) ? new Uint8Array(content.buffer, content.byteOffset, content.byteLength) : new Uint8Array(content);
}

function isReference(value: unknown): value is { __internalId: string } {
  return typeof value === "object" && value !== null && Object.hasOwn(value, "__internalId");
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
