// A page's world for tests: import it before anything of the client, which takes the platform's functions when it is loaded.
import type { EventSink } from "../src/client/events";
import type { Message } from "../src/protocol";

interface Timer {
  id: number;
  due: number;
  run: () => void;
}

/** A clock that only the test moves, in the place of the platform's. */
class Clock {
  timers: Timer[] = [];
  started = 0;
  now = 1000;

  /** Moves on, and runs what is due on the way. */
  advance(milliseconds: number): void {
    const end = this.now + milliseconds;
    for (;;) {
      const next = this.timers.filter((timer) => timer.due <= end).sort((a, b) => a.due - b.due)[0];
      if (!next) {
        this.now = end;
        return;
      }

      this.timers = this.timers.filter((timer) => timer !== next);
      this.now = Math.max(this.now, next.due);
      next.run();
    }
  }
}

export const clock = new Clock();

/** What was reported with reportError. */
export const reported: unknown[] = [];

Object.defineProperties(globalThis, {
  setTimeout: {
    value: (run: () => void, delay: number) => {
      const id = ++clock.started;
      clock.timers.push({ id, due: clock.now + delay, run });
      return id;
    },
    writable: true,
    configurable: true,
  },
  clearTimeout: { value: (id: number) => void (clock.timers = clock.timers.filter((timer) => timer.id !== id)), writable: true, configurable: true },
  performance: { value: { now: () => clock.now }, writable: true, configurable: true },
  reportError: { value: (error: unknown) => void reported.push(error), writable: true, configurable: true },
});

interface Fetched {
  url: string;
  method: string;
  body: Uint8Array;
}

/** The platform's fetch: what was asked for, and what is answered. */
export const fetched = {
  calls: [] as Fetched[],
  answer: (_url: string): Response | Promise<Response> => new Response(""),
  gate: Promise.resolve(),
  reset() {
    this.calls = [];
    this.answer = () => new Response("");
    this.gate = Promise.resolve();
  },
  /** Holds back the answers until the result is called. */
  hold(): () => void {
    let release!: () => void;
    this.gate = new Promise((resolve) => (release = resolve));
    return release;
  },
};

Object.defineProperty(globalThis, "fetch", {
  value: async (url: string, options?: RequestInit) => {
    const body = options?.body as Uint8Array | string | undefined;
    // A copy, as the real one makes.
    fetched.calls.push({ url, method: options?.method ?? "GET", body: typeof body === "string" ? new TextEncoder().encode(body) : new Uint8Array(body ?? []) });
    await fetched.gate;
    return fetched.answer(url);
  },
  writable: true,
  configurable: true,
});

/** A window: what is dispatched on it, and a few of the platform's event handlers. */
export class FakeWindow extends EventTarget {
  onload = null;
  onresize = null;
  onclick = null;
}

/** The world of a client, seen from the other side of the bridge. */
export class Bridge {
  readonly window = new FakeWindow() as FakeWindow & EventSink & Window;
  /** The lines that the client handed up, without the answers to them. */
  readonly up: string[] = [];

  constructor() {
    this.window.addEventListener("oriel:up", (event) => this.up.push((event as CustomEvent<string>).detail));
  }

  /** The messages that the client handed up, with the letter of each. */
  get messages(): (Message & { line: string; credit?: number })[] {
    return this.up.map((line) => ({ ...JSON.parse(line.slice("rc".includes(line[0]!) ? line.indexOf(" ") + 1 : 1)), line: line[0]! }));
  }

  last(): Message & { line: string; credit?: number } {
    return this.messages.at(-1)!;
  }

  down(...messages: object[]): void {
    this.dispatch("oriel:down", messages.map((message) => JSON.stringify(message)).join("\n"));
  }

  dispatch(type: string, detail: string): void {
    EventTarget.prototype.dispatchEvent.call(this.window, new CustomEvent(type, { detail }));
  }
}

/** Runs what is queued behind promises. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
