import { Events } from "./events/events";
import { showError } from "./error-page";
import { mayReload } from "./fresh-session";
import { Fields } from "./page/fields";
import { FrameError } from "./page/frame-error";
import { Page } from "./page/page";
import type { Message, Start, Transport } from "./transport";

/** Messages after which C# hears from the page though nothing is painted. */
const MaxUnacknowledged = 1000;
/** Messages that came before those in front of them. */
const MaxHeld = 1024;

/** What C# says first. */
export interface Hello {
  session: string;
  /** Whether details of errors may be shown. */
  development: boolean;
  /** Root components, and where they go. */
  roots: Record<string, "body" | "head">;
  /** UTF-8 bytes that a message of the page may have. */
  maxMessage: number;
}

/** Handles a control message; a promise holds up the messages behind it. */
export type ControlHandler = (...args: any[]) => void | Promise<void>;

/** The session of this document: the numbered messages between it and its components in C#, and what they are about. */
export class Session {
  readonly fields = new Fields();
  readonly events: Events;
  readonly page: Page;
  hello: Hello | undefined;
  ended = false;

  private readonly handlers = new Map<string, ControlHandler>();
  private readonly held = new Map<number, Message>();
  private readonly appliedCallbacks: (() => void)[] = [];
  private readonly endedCallbacks: (() => void)[] = [];
  private sent = 0;
  private applied = 0;
  private acknowledged = 0;
  private uploads = 0;
  private busy = false;
  /** Whether the browser is going to tell when it paints. */
  private painting = false;
  /** Whether a frame was acknowledged since it last did. */
  private shown = false;

  constructor(readonly transport: Transport) {
    this.page = new Page(this.fields, { listen: (node, event, prevents) => this.events.listen(node, event, prevents), forget: (element) => this.events.forget(element) });
    this.events = new Events(
      this.fields,
      (handler, name, field, args) => this.send("event", handler, name, field, args),
      () => this.page.refocusing,
    );
    this.on("hello", (hello: Hello) => this.begin(hello));
    this.on("error", (error: { message: string; details: string | null }) => this.end(() => showError(error.message, error.details)));
    this.on("refused", (number: number, message: string) => console.error(`C# refused message ${number} of this page: ${message}`));
    this.on("reload", () => location.reload());
    // A hidden page is not painted.
    document.addEventListener("visibilitychange", () => document.hidden && this.sendAcknowledgement());
  }

  /** Begins the session. */
  open(start: Start): void {
    this.transport.open(
      start,
      (message) => this.receive(message),
      (reason) => this.lose(reason),
    );
  }

  /** Handles the control messages of a kind: called with the members behind it. */
  on(kind: string, handler: ControlHandler): void {
    if (this.handlers.has(kind)) {
      throw new Error(`Messages of the kind "${kind}" have a handler already.`);
    }

    this.handlers.set(kind, handler);
  }

  /** Sends a message; returns its number, or 0 if it is too long or the session is over. */
  send(kind: string, ...args: unknown[]): number {
    if (this.ended) {
      return 0;
    }

    const message: Message = [this.sent + 1, this.applied, kind, ...args];
    const size = sizeOf(message);
    if (this.hello && size > this.hello.maxMessage) {
      console.error(`Oriel does not send a message "${kind}" of ${size} bytes: the limit is ${this.hello.maxMessage}. Large content goes by a stream or a file.`);
      return 0;
    }

    this.sent++;
    this.acknowledged = this.applied;
    this.transport.send(message, size);
    return this.sent;
  }

  /** Sends bytes beside the messages; returns the id by which a message names them. C# chooses the id of what it asks for. */
  async upload(content: Uint8Array | Blob | ReadableStream<Uint8Array>, id = ++this.uploads): Promise<number> {
    await this.transport.upload(id, content);
    return id;
  }

  /** Calls back behind every frame, before the next message is handled. */
  onApplied(callback: () => void): void {
    this.appliedCallbacks.push(callback);
  }

  onEnded(callback: () => void): void {
    this.endedCallbacks.push(callback);
  }

  /** Ends the session with the error page. */
  fail(error: unknown, details?: string): void {
    console.error(error);
    const message = error instanceof Error ? error.message : String(error);
    this.end(() => showError(message, details ?? this.detailsOf(error)));
  }

  // Not every browser begins a stack with the message.
  private detailsOf(error: unknown): string | null {
    if (!this.hello?.development || error === undefined) {
      return null;
    }

    const text = String(error);
    const stack = error instanceof Error ? (error.stack ?? "") : "";
    return stack.includes(text) ? stack : `${text}\n${stack}`;
  }

  private receive(message: Message): void {
    const number = Array.isArray(message) ? message[0] : undefined;
    if (this.ended || (Number.isSafeInteger(number) && number! <= this.applied)) {
      // Of a session that is over, or sent again after the connection broke.
      return;
    }

    if (!Number.isSafeInteger(number) || this.held.size >= MaxHeld) {
      this.misfit(new FrameError("The messages of C# are in no order."));
      return;
    }

    this.held.set(number!, message);
    this.drain();
  }

  private drain(): void {
    let next: Message | undefined;
    while (!this.busy && !this.ended && (next = this.held.get(this.applied + 1))) {
      this.held.delete(next[0]);
      let waiting: void | Promise<void>;
      try {
        waiting = this.handle(next);
      } catch (error) {
        this.misfit(error);
        return;
      }

      if (waiting instanceof Promise) {
        const message = next;
        this.busy = true;
        waiting.then(
          () => {
            this.busy = false;
            this.handled(message);
            this.drain();
          },
          (error) => this.fail(error),
        );
      } else {
        this.handled(next);
      }
    }
  }

  private handle(message: Message): void | Promise<void> {
    const [, acknowledged, kind] = message;
    if (!Number.isSafeInteger(acknowledged) || acknowledged > this.sent) {
      throw new FrameError("C# acknowledges a message that was never sent.");
    }

    if (typeof kind === "string") {
      const handler = this.handlers.get(kind);
      if (!handler) {
        throw new FrameError(`C# sent a message of the unknown kind "${kind.slice(0, 100)}".`);
      }

      return handler(...message.slice(3));
    }

    this.events.deferring(() => this.page.apply(message, 2, acknowledged));
  }

  private handled(message: Message): void {
    this.applied = message[0];
    const frame = typeof message[2] !== "string";
    if (frame) {
      for (const callback of this.appliedCallbacks) {
        try {
          callback();
        } catch (error) {
          reportError(error);
        }
      }
    }

    this.acknowledge(frame);
  }

  // The first frame is acknowledged at once, others when the browser has painted: C# writes no more of them than are seen.
  private acknowledge(frame: boolean): void {
    if (document.hidden || (frame && !this.shown) || this.applied - this.acknowledged >= MaxUnacknowledged) {
      this.shown = frame || this.shown;
      queueMicrotask(() => this.sendAcknowledgement());
    }

    if (!document.hidden && !this.painting) {
      this.painting = true;
      requestAnimationFrame(() => {
        this.painting = false;
        this.shown = false;
        this.sendAcknowledgement();
      });
    }
  }

  private sendAcknowledgement(): void {
    if (this.acknowledged < this.applied) {
      this.send("ack");
    }
  }

  private begin(hello: Hello): void {
    this.hello = hello;
    for (const [id, place] of Object.entries(hello.roots)) {
      const container = place === "head" ? document.head : (document.getElementById("oriel") ?? document.body);
      this.page.addRoot(Number(id), container);
    }
  }

  private misfit(error: unknown): void {
    if (mayReload()) {
      console.error(error);
      this.end(() => location.reload());
    } else {
      this.fail(error);
    }
  }

  private lose(reason: unknown): void {
    if (!this.ended) {
      console.error("Oriel's session was lost.", reason ?? "");
      this.end(() => showError("The connection to the application was lost.", this.detailsOf(reason)));
    }
  }

  private end(show: () => void): void {
    if (this.ended) {
      return;
    }

    this.ended = true;
    this.held.clear();
    show();
    this.endedCallbacks.forEach((callback) => callback());
  }
}

const encoder = new TextEncoder();

function sizeOf(message: Message): number {
  const text = JSON.stringify(message);
  return text.length < 65_536 ? text.length * 3 : encoder.encode(text).length;
}
