// A page's world for tests: import it before anything of the client.
import { Window } from "happy-dom";
import type { Message, Start, Transport } from "../src/transport";

const window = new Window({ url: "http://localhost/", settings: { disableJavaScriptFileLoading: true, disableCSSFileLoading: true } });

/** Frames of the browser's painting, which the test lets pass. */
export const paints: (() => void)[] = [];

/** What was written to the console as errors and warnings. */
export const logged: { errors: unknown[][]; warnings: unknown[][] } = { errors: [], warnings: [] };

/** How often the document was to be reloaded. */
export const reloads = { count: 0 };

const names =
  "document Node Element Comment Text DocumentFragment HTMLElement HTMLInputElement HTMLSelectElement HTMLTextAreaElement HTMLOptionElement HTMLTemplateElement HTMLDialogElement " +
  "Event CustomEvent MouseEvent KeyboardEvent InputEvent FocusEvent PointerEvent WheelEvent TouchEvent DragEvent ProgressEvent ErrorEvent CSSStyleSheet matchMedia sessionStorage ShadowRoot DataTransfer";
for (const name of names.split(" ")) {
  const value = (window as unknown as Record<string, unknown>)[name];
  Object.defineProperty(globalThis, name, { value: typeof value === "function" && name === "matchMedia" ? value.bind(window) : value, writable: true, configurable: true });
}

Object.defineProperty(globalThis, "window", { value: window, writable: true, configurable: true });
Object.defineProperty(globalThis, "location", { value: { href: "http://localhost/", origin: "http://localhost", protocol: "http:", reload: () => void reloads.count++ }, configurable: true });
Object.defineProperty(globalThis, "requestAnimationFrame", { value: (run: () => void) => paints.push(run), configurable: true });
Object.defineProperty(globalThis, "reportError", { value: (error: unknown) => void logged.errors.push([error]), configurable: true });
console.error = (...args: unknown[]) => void logged.errors.push(args);
console.warn = (...args: unknown[]) => void logged.warnings.push(args);

// happy-dom has forms and selects behind proxies, and forgets that in events.
const event = window.Event.prototype as unknown as Event;
const proxied = (target: any): any => {
  const symbol = target && Object.getOwnPropertySymbols(target).find((candidate) => candidate.description === "proxy");
  return (symbol && target[symbol]) ?? target;
};
const { composedPath } = event;
const target = Object.getOwnPropertyDescriptor(event, "target")!.get!;
event.composedPath = function () {
  return composedPath.call(this).map(proxied);
};
Object.defineProperty(event, "target", {
  get() {
    return proxied(target.call(this));
  },
});

// And takes names that browsers refuse.
const { createElement } = document;
document.createElement = function (this: Document, name: string) {
  return createElement.call(this, checked(name));
} as typeof createElement;
const { setAttribute } = window.Element.prototype;
window.Element.prototype.setAttribute = function (name: string, value: string) {
  setAttribute.call(this, checked(name), value);
};

function checked(name: string): string {
  if (/[\s<>=]/.test(name)) {
    throw new Error(`InvalidCharacterError: ${name}`);
  }

  return name;
}

/** Lets the browser paint. */
export function paint(): void {
  paints.splice(0).forEach((run) => run());
}

/** The other end of a session. */
export class Peer implements Transport {
  /** What the page has sent: number, acknowledgement and the rest. */
  readonly sent: Message[] = [];
  readonly uploads: { id: number; content: unknown }[] = [];
  start: Start | undefined;
  private number = 0;
  private onMessage!: (message: Message) => void;
  private onClosed!: (reason?: unknown) => void;

  open(start: Start, onMessage: (message: Message) => void, onClosed: (reason?: unknown) => void): void {
    this.start = start;
    this.onMessage = onMessage;
    this.onClosed = onClosed;
  }

  send(message: Message): void {
    this.sent.push(message);
  }

  async upload(id: number, content: unknown): Promise<void> {
    this.uploads.push({ id, content });
  }

  /** Sends the next message; what it has handled is the last that came unless it is said. */
  down(rest: unknown[], handled = this.sent.at(-1)?.[0] ?? 0): void {
    this.deliver([++this.number, handled, ...rest]);
  }

  /** Sends a message as it is. */
  deliver(message: Message): void {
    this.number = Math.max(this.number, message[0]);
    this.onMessage(JSON.parse(JSON.stringify(message)) as Message);
  }

  close(reason?: unknown): void {
    this.onClosed(reason);
  }

  /** The messages of a kind, without number and acknowledgement. */
  of(kind: string): unknown[][] {
    return this.sent.filter((message) => message[2] === kind).map((message) => message.slice(3));
  }
}
