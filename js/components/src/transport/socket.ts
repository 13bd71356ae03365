import { reloadWith, type Connection } from "../connection";
import type { Message, Start, Transport } from "../transport";

/** Messages that wait for the connection, or for word that they have come. */
const MaxKept = 4096;

/** How long to wait before another try, in milliseconds: doubled each time, and different for every page. */
const FirstDelay = 250;
const LastDelay = 10_000;

/** How often a page tries by itself. */
const MaxTries = 60;

/** How long an answer may take, in milliseconds. */
const ConnectTime = 15_000;

/** How long what is sent may be followed by nothing until the page asks whether the server is there, in milliseconds. */
const SilenceTime = 5_000;

/** How long the answer to that may take, in milliseconds. */
const ProbeTime = 5_000;

/** Asks the server to say anything: Serving/SocketMessages.cs. */
const Probe = JSON.stringify(["probe"]);

/** What the server closes a connection for: Serving/SocketEnd.cs. */
const enum End {
  Refused = 1008,
  Gone = 4000,
  Over = 4001,
  Replaced = 4002,
}

/** The transport of a page in a browser: a WebSocket, which is opened again when it breaks. Nothing is lost, and nothing comes twice. */
export class SocketTransport implements Transport {
  private readonly sent: { message: Message; text: string }[] = [];
  private readonly began: Promise<string>;
  private begin!: (session: string) => void;
  private socket: WebSocket | undefined;
  private start!: Start;
  private onMessage!: (message: Message) => void;
  private onClosed!: (reason?: unknown) => void;
  private session: string | undefined;
  private received = 0;
  private applied = 0;
  private ready = false;
  private over = false;
  private tries = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Until the server has to have said something. */
  private silence: ReturnType<typeof setTimeout> | undefined;
  private probing = false;

  /**
   * @param address where the socket is, as a path
   * @param connection tells the person how it stands
   */
  constructor(
    private readonly address: string,
    private readonly connection: Connection,
  ) {
    this.began = new Promise((resolve) => (this.begin = resolve));
  }

  open(start: Start, onMessage: (message: Message) => void, onClosed: (reason?: unknown) => void): void {
    this.start = start;
    this.onMessage = onMessage;
    this.onClosed = onClosed;
    this.connection.onRetry = () => this.retry();
    addEventListener("online", () => this.check());
    document.addEventListener("visibilitychange", () => document.hidden || this.check());
    this.connect();
  }

  send(message: Message): void {
    if (this.over) {
      return;
    }

    if (this.sent.length >= MaxKept) {
      // More than any page has under way: the connection is away, and what happened meanwhile cannot be told any more.
      this.beginAnew();
      return;
    }

    const text = JSON.stringify(message);
    this.sent.push({ message, text });
    this.applied = Math.max(this.applied, message[1]);
    if (this.ready) {
      this.socket!.send(text);
      this.expectAnswer();
    }
  }

  async upload(id: number, content: Uint8Array | ReadableStream<Uint8Array> | Blob): Promise<void> {
    const session = await this.began;
    const address = this.address.replace(/socket$/, `bytes/${session}/${id}`);
    // Where a browser cannot send a stream while it is made, it is sent when it is whole.
    const body = content instanceof ReadableStream ? await new Response(content).blob() : (content as BodyInit);
    const answer = await fetch(address, { method: "POST", body, credentials: "same-origin" });
    if (!answer.ok) {
      throw new Error(`The upload was refused (${answer.status}): ${await answer.text()}`);
    }
  }

  private connect(): void {
    const address = new URL(this.address, location.href);
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(address);
    this.socket = socket;
    this.ready = false;

    // A server that takes the connection and then says nothing.
    const limit = setTimeout(() => this.lose(socket), ConnectTime);
    socket.onopen = () => {
      // What has come but waits for what is before it is not applied yet: it comes again, and is left out then.
      const resume = this.session === undefined ? undefined : { session: this.session, applied: this.applied };
      socket.send(JSON.stringify(["start", { ...this.start, url: location.href, resume }]));
      if (!resume) {
        // What the page had to say before it was connected.
        this.resume(0);
      }
    };
    socket.onmessage = (event) => {
      clearTimeout(limit);
      if (socket === this.socket) {
        this.hush();
        this.receive(event.data as string);
      }
    };
    socket.onclose = (event) => {
      clearTimeout(limit);
      this.handleClose(socket, event.code);
    };
  }

  private receive(text: string): void {
    const message = JSON.parse(text) as Message | [kind: "resumed" | "received", number: number];
    if (message[0] === "received") {
      this.forget(message[1] as number);
      return;
    }

    this.tries = 0;
    this.connection.set("connected");
    if (message[0] === "resumed") {
      this.resume(message[1] as number);
      return;
    }

    const [number, , kind, hello] = message as Message;
    if (this.session === undefined && kind === "hello") {
      this.session = (hello as { session: string }).session;
      this.begin(this.session);
    }

    if (number > this.received) {
      this.received = number;
      this.onMessage(message as Message);
    }
  }

  // What came before the connection broke is not sent again.
  private resume(received: number): void {
    this.forget(received);
    this.ready = true;
    for (const { text } of this.sent) {
      this.socket!.send(text);
    }

    if (this.sent.length > 0) {
      this.expectAnswer();
    }
  }

  // A computer that slept, or has changed its network, has a connection that looks open: nothing that is sent arrives, and nobody says so.
  private check(): void {
    if (this.ready) {
      this.probe();
    } else {
      this.retry();
    }
  }

  private expectAnswer(): void {
    this.silence ??= setTimeout(() => this.probe(), SilenceTime);
  }

  private probe(): void {
    if (this.probing) {
      return;
    }

    this.hush();
    const socket = this.socket!;
    this.probing = true;
    this.silence = setTimeout(() => this.lose(socket), ProbeTime);
    socket.send(Probe);
  }

  private hush(): void {
    clearTimeout(this.silence);
    this.silence = undefined;
    this.probing = false;
  }

  private forget(received: number): void {
    const first = this.sent.findIndex(({ message }) => message[0] > received);
    this.sent.splice(0, first < 0 ? this.sent.length : first);
  }

  private lose(socket: WebSocket): void {
    socket.close();
    this.handleClose(socket, 0);
  }

  private handleClose(socket: WebSocket, code: number): void {
    if (socket !== this.socket || this.over) {
      return;
    }

    this.socket = undefined;
    this.ready = false;
    this.hush();
    switch (code) {
      case End.Over:
        this.end();
        return;
      case End.Refused:
        this.end(new Error("The server has ended the connection: it does not understand this page."));
        return;
      case End.Replaced:
        this.end(new Error("This page is open elsewhere."));
        return;
      case End.Gone:
        this.beginAnew();
        return;
      default:
        this.connection.set("disconnected");
        void this.wait();
    }
  }

  private async wait(): Promise<void> {
    if (this.tries > 0 && (await this.isRefused())) {
      this.connection.set("refused");
      return;
    }

    if (this.over || this.socket || this.timer !== undefined) {
      return;
    }

    if (++this.tries > MaxTries) {
      this.connection.set("abandoned");
      return;
    }

    const delay = Math.min(LastDelay, FirstDelay * 2 ** (this.tries - 1));
    this.timer = setTimeout(() => this.retryNow(), delay * (0.5 + Math.random() / 2));
  }

  // A browser says nothing about why a WebSocket failed, but of a plain request it does.
  private async isRefused(): Promise<boolean> {
    try {
      const answer = await fetch(this.address, { credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout(ConnectTime) });
      return answer.status === 401 || answer.status === 403;
    } catch {
      return false;
    }
  }

  private retry(): void {
    if (!this.over && !this.socket) {
      this.tries = Math.min(this.tries, MaxTries - 1);
      this.retryNow();
    }
  }

  private retryNow(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.connection.set("connecting");
    this.connect();
  }

  private beginAnew(): void {
    this.over = true;
    this.hush();
    this.socket?.close();
    reloadWith(this.connection);
  }

  private end(reason?: unknown): void {
    this.over = true;
    this.connection.set("ended");
    this.onClosed(reason);
  }
}
