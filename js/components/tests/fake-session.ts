import type { CustomEventType } from "../src/events/events";
import type { ControlHandler, Session } from "../src/session";

/** A session whose other end is the test. */
export class FakeSession {
  readonly sent: unknown[][] = [];
  readonly uploads = new Map<number, Uint8Array | Blob | ReadableStream<Uint8Array>>();
  readonly references = new Map<string, Element>();
  readonly removals = new Map<Element, () => void>();
  readonly eventTypes = new Map<string, CustomEventType>();
  ended = false;
  /** Makes the next message too long to be sent. */
  refusesNext = false;
  /** Holds uploads up, or fails them. */
  beforeUpload: () => Promise<void> = () => Promise.resolve();
  fields = { handled: 0 };
  page = {
    reference: (id: string) => this.references.get(id),
    onRemoved: (element: Element, callback: () => void) => {
      this.removals.set(element, callback);
      return () => void this.removals.delete(element);
    },
  };
  events = { flush: () => {}, register: (name: string, type: CustomEventType) => void this.eventTypes.set(name, type) };

  private readonly handlers = new Map<string, ControlHandler>();
  private readonly applied: (() => void)[] = [];
  private readonly endedCallbacks: (() => void)[] = [];
  private waiters: (() => void)[] = [];

  get session(): Session {
    return this as unknown as Session;
  }

  on(kind: string, handler: ControlHandler): void {
    this.handlers.set(kind, handler);
  }

  /** C# sends a message. */
  tell(kind: string, ...args: unknown[]): void | Promise<void> {
    return this.handlers.get(kind)!(...args);
  }

  send(kind: string, ...args: unknown[]): number {
    if (this.ended || this.refusesNext) {
      this.refusesNext = false;
      return 0;
    }

    this.sent.push([kind, ...args]);
    this.waiters.splice(0).forEach((wake) => wake());
    return this.sent.length;
  }

  async upload(content: Uint8Array | Blob | ReadableStream<Uint8Array>, id = this.uploads.size + 1): Promise<number> {
    this.uploads.set(id, content);
    await this.beforeUpload();
    return id;
  }

  onApplied(callback: () => void): void {
    this.applied.push(callback);
  }

  /** A frame has been applied that C# wrote when it had handled that many messages. */
  apply(handled: number): void {
    this.fields.handled = handled;
    this.applied.forEach((callback) => callback());
  }

  onEnded(callback: () => void): void {
    this.endedCallbacks.push(callback);
  }

  end(): void {
    this.ended = true;
    this.endedCallbacks.forEach((callback) => callback());
  }

  /** The message of that number, when it is there. */
  async message(number: number): Promise<unknown[]> {
    while (this.sent.length < number) {
      await new Promise<void>((resolve) => this.waiters.push(resolve));
    }

    return this.sent[number - 1]!;
  }
}
