import type { Oriel } from "../../../client/src/api";
import type { Message, Start, Transport } from "../transport";

/** Messages and bytes that go with one call. */
const MaxMessages = 64;
const MaxBytes = 256 * 1024;

/** The transport over the bridge of the window that shows this page. */
export class WindowTransport implements Transport {
  private readonly session: Promise<string>;
  private began!: (session: string) => void;
  private id: string | undefined;
  private queue: { message: Message; size: number }[] = [];
  private flushing = false;
  private closed = false;
  private onMessage!: (message: Message) => void;
  private onClosed!: (reason?: unknown) => void;

  constructor(private readonly oriel: Oriel) {
    this.session = new Promise((resolve) => (this.began = resolve));
  }

  open(start: Start, onMessage: (message: Message) => void, onClosed: (reason?: unknown) => void): void {
    this.onMessage = onMessage;
    this.onClosed = onClosed;
    void this.read(start);
  }

  send(message: Message, size: number): void {
    this.queue.push({ message, size });
    this.schedule();
  }

  async upload(id: number, content: Uint8Array | ReadableStream<Uint8Array> | Blob): Promise<void> {
    await this.oriel.invoke("oriel.ui.upload", [await this.session, id, content], { timeout: 0 });
  }

  private async read(start: Start): Promise<void> {
    try {
      for await (const message of this.oriel.stream<Message>("oriel.ui.open", start)) {
        this.deliver(message);
      }

      this.close(undefined);
    } catch (error) {
      this.close(error);
    }
  }

  private deliver(message: Message): void {
    const [, , kind, hello] = message;
    if (this.id === undefined && kind === "hello") {
      this.id = (hello as { session: string }).session;
      this.began(this.id);
      this.schedule();
    }

    this.onMessage(message);
  }

  // What one event causes goes in one call.
  private schedule(): void {
    if (!this.flushing && this.id !== undefined && this.queue.length > 0) {
      this.flushing = true;
      queueMicrotask(() => this.flush());
    }
  }

  private flush(): void {
    this.flushing = false;
    let count = 0;
    let bytes = 0;
    while (count < this.queue.length && count < MaxMessages && (count === 0 || bytes + this.queue[count]!.size <= MaxBytes)) {
      bytes += this.queue[count++]!.size;
    }

    const messages = this.queue.splice(0, count).map((entry) => entry.message);
    this.oriel.invoke<Message[] | null>("oriel.ui.send", [this.id, ...messages], { timeout: 0 }).then(
      // What these messages brought about comes with their answer, the rest by the stream.
      (answers) => answers?.forEach((message) => this.deliver(message)),
      (error) => this.close(error),
    );
    this.schedule();
  }

  private close(reason: unknown): void {
    if (!this.closed) {
      this.closed = true;
      this.onClosed(reason);
    }
  }
}
