import { ErrorCode, Line, MaxMessage, Signal } from "../protocol";

/** What the relay needs of its world. */
export interface RelayHost {
  documentId: string;
  origin: string;
  /** Posts to C#; the promise is settled by the native reply. */
  post(text: string): Promise<string>;
  /** Opens the stream of messages from C#. */
  openDown(): Promise<Response>;
  listen(type: string, handler: (detail: unknown) => void): void;
  dispatch(type: string, detail: string): void;
  /** When the page's scripts have run, so that their listeners are there. */
  whenInteractive: Promise<void>;
}

/** How much may be posted and not replied to; what comes beyond waits here. */
const MaxOutstanding = 64 * 1024 * 1024;

/** Calls of one turn share a post up to this size. */
const MaxPost = 1024 * 1024;

/** Events share a post up to this number: C# queues as many before it makes the page wait. */
const MaxEvents = 1024;

/** Cancel and credit are small; anything else would pass the window under their name. */
const MaxControl = 256;

/** A quarter of the window that C# keeps open. */
const AcknowledgeBytes = 64 * 1024;

interface Post {
  text: string;
  ids: string[];
  events: number;
}

const Nothing: Post = { text: "", ids: [], events: 0 };

/** Carries messages between the page's world and C#. */
export class Relay {
  readonly #host: RelayHost;
  readonly #stamp: string;
  #calls: Post[] = [];
  #events: Post[] = [];
  #isEmitting = false;
  #items: Post[] = [];
  #isSendingItems = false;
  #isFlushQueued = false;
  #outstanding = 0;
  #received = 0;
  #isInteractive = false;
  #hasEnded = false;
  #held: { place: number; lines: string }[] = [];
  #unacknowledged = 0;

  constructor(host: RelayHost) {
    this.#host = host;
    this.#stamp = `${host.documentId} ${host.origin}\n`;
    host.listen(Signal.Up, (detail) => this.#take(detail));
  }

  start(): void {
    void this.#introduce(`{"type":"ready","data":{"down":"stream"}}`);
    void this.#readDown();
  }

  /** Lines that C# handed in because there is no stream. */
  async receivePosted(lines: string): Promise<void> {
    await this.#host.whenInteractive;
    this.#deliverDown(lines.endsWith("\n") ? lines.slice(0, -1) : lines);

    // C# counts bytes of UTF-8, as the stream does.
    this.#acknowledge(new TextEncoder().encode(lines).length);
  }

  // The first message of a document: C# answers with what the page has to know.
  async #introduce(message: string): Promise<void> {
    try {
      this.#receiveReply(await this.#host.post(this.#stamp + message), Nothing);
    } catch {
      // C# has no bridge for this document; calls will be told so one by one.
    }
  }

  #take(detail: unknown): void {
    if (typeof detail !== "string") {
      return;
    }

    // A line feed would make two messages of one. JSON.stringify never writes one.
    if (detail.includes("\n")) {
      console.error("Oriel: a message with a raw line feed was refused.");
      return;
    }

    const kind = detail[0];
    if (kind === Line.Request) {
      const space = detail.indexOf(" ");
      const id = detail.slice(1, space);
      if (detail.length > MaxMessage) {
        this.#fail({ text: "", ids: [id], events: 0 }, `${ErrorCode.PayloadTooLarge} The message is larger than ${MaxMessage} characters.`);
        return;
      }

      this.#appendCall(detail.slice(space + 1), id);
    } else if (kind === Line.Event) {
      // The client has refused what is too large, while it knows which event that is.
      if (detail.length <= MaxMessage) {
        this.#appendEvent(detail.slice(1));
      }
    } else if (kind === Line.Item) {
      if (detail.length <= MaxMessage) {
        this.#appendItem(detail.slice(1));
      }
    } else if (kind === Line.Control && detail.length <= MaxControl) {
      const space = detail.indexOf(" ");
      this.#control(detail.slice(1, space), detail.slice(space + 1));
    }
  }

  // Not held back by the window: cancelling is what frees it. Only a call that waits here itself is not overtaken.
  #control(id: string, text: string): void {
    const waiting = this.#calls.find((post) => post.ids.includes(id));
    if (waiting) {
      waiting.text += `\n${text}`;
    } else {
      void this.#post({ text, ids: [], events: 0 });
    }
  }

  // Calls made in one turn share a post.
  #appendCall(text: string, id: string): void {
    const last = this.#calls.at(-1);
    if (last && last.text.length + text.length < MaxPost) {
      last.text += `\n${text}`;
      last.ids.push(id);
    } else {
      this.#calls.push({ text, ids: [id], events: 0 });
    }

    this.#queueFlush();
  }

  // Events have posts of their own, one under way at a time: its reply means that C# has taken them, and those that are emitted
  // meanwhile share the next.
  #appendEvent(text: string): void {
    const last = this.#events.at(-1);
    if (last && last.events < MaxEvents && last.text.length + text.length < MaxPost) {
      last.text += `\n${text}`;
      last.events++;
    } else {
      this.#events.push({ text, ids: [], events: 1 });
    }

    this.#queueFlush();
  }

  // Values of streams, and their ends, likewise: what comes while a post is under way shares the next. C# bounds them by credit.
  #appendItem(text: string): void {
    const last = this.#items.at(-1);
    if (last && last.text.length + text.length < MaxPost) {
      last.text += `\n${text}`;
    } else {
      this.#items.push({ text, ids: [], events: 0 });
    }

    this.#queueFlush();
  }

  #queueFlush(): void {
    if (!this.#isFlushQueued) {
      this.#isFlushQueued = true;
      queueMicrotask(() => {
        this.#isFlushQueued = false;
        this.#flush();
      });
    }
  }

  #flush(): void {
    if (!this.#isEmitting && this.#events.length > 0) {
      this.#isEmitting = true;
      void this.#post(this.#events.shift()!).finally(() => {
        this.#isEmitting = false;
        this.#flush();
      });
    }

    if (!this.#isSendingItems && this.#items.length > 0) {
      this.#isSendingItems = true;
      void this.#post(this.#items.shift()!).finally(() => {
        this.#isSendingItems = false;
        this.#flush();
      });
    }

    while (this.#calls.length > 0 && (this.#outstanding === 0 || this.#outstanding + this.#calls[0]!.text.length <= MaxOutstanding)) {
      void this.#post(this.#calls.shift()!);
    }
  }

  async #post(post: Post): Promise<void> {
    const size = post.text.length;
    this.#outstanding += size;
    try {
      const reply = await this.#host.post(this.#stamp + post.text);
      if (post.events > 0 && !reply.startsWith("!")) {
        this.#host.dispatch(Signal.Accepted, String(post.events));
      }

      this.#receiveReply(reply, post);
    } catch (error) {
      this.#fail(post, `${ErrorCode.Disconnected} ${(error as Error).message}`);
    } finally {
      this.#outstanding -= size;
      this.#flush();
    }
  }

  // `place LF line LF line ...`: the lines belong behind so many lines of the stream. `!code text`: everything was refused.
  #receiveReply(reply: string | undefined, post: Post): void {
    if (!reply) {
      return;
    }

    if (reply[0] === "!") {
      this.#fail(post, reply.slice(1));
      return;
    }

    const end = reply.indexOf("\n");
    const place = Number(reply.slice(0, end));
    const lines = reply.slice(end + 1, -1);

    // Before the page's scripts have run the stream is held back, and a script may be waiting for this very answer.
    if (place <= this.#received || !this.#isInteractive || this.#hasEnded) {
      this.#host.dispatch(Signal.Down, lines);
    } else {
      this.#held.push({ place, lines });
    }
  }

  #fail({ ids, events }: Post, reason: string): void {
    if (ids.length > 0) {
      this.#host.dispatch(Signal.Failed, `${ids.join(" ")}\n${reason}`);
    }

    if (events > 0) {
      this.#host.dispatch(Signal.Accepted, `${events} ${reason}`);
    }
  }

  async #readDown(): Promise<void> {
    let reader: ReadableStreamDefaultReader<Uint8Array>;
    try {
      const response = await this.#host.openDown();
      if (!response.ok || !response.body) {
        throw new Error(String(response.status));
      }

      reader = response.body.getReader();
    } catch {
      // A document whose CSP makes its origin opaque cannot fetch: C# hands the lines in.
      this.#isInteractive = true;
      void this.#introduce(`{"type":"ready","data":{"down":"post"}}`);
      return;
    }

    await this.#host.whenInteractive;
    this.#isInteractive = true;

    const decoder = new TextDecoder();
    let rest = "";
    for (;;) {
      const { value, done } = await reader.read().catch(() => ({ value: undefined, done: true }));
      if (done || !value) {
        this.#endDown();
        return;
      }

      const text = decoder.decode(value, { stream: true });
      const end = text.lastIndexOf("\n");
      if (end < 0) {
        rest += text;
      } else {
        const lines = rest + text.slice(0, end);
        rest = text.slice(end + 1);
        this.#deliverDown(lines);
      }

      this.#acknowledge(value.length);
    }
  }

  // What answers waited for does not come any more: they are delivered without it.
  #endDown(): void {
    this.#hasEnded = true;
    for (const { lines } of this.#held.splice(0)) {
      this.#host.dispatch(Signal.Down, lines);
    }
  }

  // Only now have the page's listeners handled them: dispatching is synchronous.
  #deliverDown(lines: string): void {
    // The stream begins with an empty line.
    const text = lines.startsWith("\n") ? lines.slice(1) : lines;
    if (text.length > 0) {
      this.#host.dispatch(Signal.Down, text);
      this.#received++;
      for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) {
        this.#received++;
      }
    }

    while (this.#held.length > 0 && this.#held[0]!.place <= this.#received) {
      this.#host.dispatch(Signal.Down, this.#held.shift()!.lines);
    }
  }

  #acknowledge(bytes: number): void {
    this.#unacknowledged += bytes;
    if (this.#unacknowledged >= AcknowledgeBytes) {
      void this.#post({ text: `{"type":"credit","data":${this.#unacknowledged}}`, ids: [], events: 0 });
      this.#unacknowledged = 0;
    }
  }
}
