// A stand-in for window.oriel, for work on the page in a browser: see serve.mjs. It never gets into dist/.
import type { EventHandler, InvokeOptions, Oriel } from "../../../../js/client/src/api";
import type { Board, MonitorInterval } from "../src/oriel";
import { fakeBackend } from "./fake-backend";
import { fakePrimes, fakeTour } from "./fake-tour";
import { FakeState } from "./fake-state";
import { fakeCommands } from "./fake-commands";
import { listFolder, places } from "./fake-files";
import { FakeMachine } from "./fake-machine";

type Handler = (argumentsValue: any, signal: AbortSignal, onProgress: (value: any) => void) => unknown;

const query = new URLSearchParams(location.search);
const machine = new FakeMachine(Number(query.get("cores") ?? 8), Number(query.get("processes") ?? 320));
const listeners = new Map<string, Set<EventHandler>>();
const dispatchedHere = new WeakSet<Event>();

class MockError extends Error {
  override readonly name = "OrielError";
  constructor(
    readonly code: number,
    message: string,
    readonly data?: unknown,
  ) {
    super(message);
  }
}

function emitToPage(name: string, data: unknown): void {
  for (const listener of listeners.get(name) ?? []) {
    listener(data);
  }

  const event = new CustomEvent(name, { detail: data });
  dispatchedHere.add(event);
  window.dispatchEvent(event);
}

function receive(name: string, data: any): void {
  if (name === "page.message") {
    setTimeout(() => emitToPage("page.echo", { text: data?.text, received: new Date().toISOString() }), 3);
  }
}

let sampleTimer = 0;
let tickTimer = 0;
let ticks = 0;

function setSampleInterval(milliseconds: number): void {
  clearInterval(sampleTimer);
  sampleTimer = window.setInterval(() => emitToPage("monitor.sample", machine.sample(Date.now())), milliseconds);
}

const handlers: Record<string, Handler> = {
  "system.info": () => machine.info(),
  getSystemInfo: () => machine.info(),
  "processes.details": ({ pid }) => {
    const details = machine.details(pid);
    if (!details) {
      throw new MockError(-32602, `There is no process ${pid}.`);
    }

    return details;
  },
  "files.places": () => places,
  "files.list": ({ path }) => {
    const folder = listFolder(path);
    if (typeof folder === "string") {
      throw new MockError(-32603, folder);
    }

    return folder;
  },
  "commands.list": () => fakeCommands,
  ...fakeBackend(emitToPage),
  ...fakeTour,
  add: ({ a, b }) => a + b,
  multiply: ({ a, b }) => a * b,
  toUpperCase: ({ text }) => text.toUpperCase(),
  toLowerCase: ({ text }) => text.toLowerCase(),
  reverseArray: ({ items }) => [...items].reverse(),
  echo: value => value,
  fail: ({ message }) => {
    throw new MockError(-32603, message ?? "This command always fails.", { type: "System.InvalidOperationException" });
  },
  sleep: ({ milliseconds }, signal) =>
    new Promise((resolve, reject) => {
      setTimeout(resolve, milliseconds, null);
      signal.addEventListener("abort", () => reject(signal.reason));
    }),
  "feeds.tick": ({ enabled }) => {
    clearInterval(tickTimer);
    if (enabled) {
      tickTimer = window.setInterval(() => emitToPage("tick", { index: ticks++, time: new Date().toISOString() }), 1000);
    }

    return null;
  },
  "feeds.burst": async ({ count, size }) => {
    const started = performance.now();
    const padding = "x".repeat(size);
    for (let index = 0; index < count; index++) {
      emitToPage("burst.item", { index, padding });
      if (index % 500 === 499) {
        await new Promise(resolve => setTimeout(resolve));
      }
    }

    return { count, milliseconds: performance.now() - started };
  },
};

const states: Record<string, FakeState<any>> = {
  board: new FakeState<Board>({ text: "Write here: every window shows it.", color: "blue", attempts: [] }),
  monitorInterval: new FakeState<MonitorInterval>({ milliseconds: 250 }, ({ milliseconds }) => setSampleInterval(milliseconds)),
  openWindows: new FakeState(1),
};

async function invoke(name: string, argumentsValue?: unknown, options: InvokeOptions = {}): Promise<any> {
  const handler = handlers[name];
  if (!handler) {
    throw new MockError(-32601, `There is no command "${name}".`);
  }

  await new Promise(resolve => setTimeout(resolve, Math.random() * 2));
  const timeout = options.timeout ?? 30_000;
  const signals = [options.signal, timeout > 0 ? AbortSignal.timeout(timeout) : undefined].filter(s => s !== undefined);
  const signal = AbortSignal.any(signals);
  signal.throwIfAborted();
  return await handler(argumentsValue ?? {}, signal, options.onProgress ?? (() => {}));
}

async function* stream(name: string, argumentsValue: any, options: { signal?: AbortSignal } = {}): AsyncIterable<any> {
  if (name === "tour.primes") {
    yield* fakePrimes();
    return;
  }

  if (name !== "count") {
    throw new MockError(-32601, `"${name}" is no stream.`);
  }

  for (let i = 1; i <= argumentsValue.to; i++) {
    await new Promise(resolve => setTimeout(resolve, argumentsValue.delay));
    options.signal?.throwIfAborted();
    yield i;
  }
}

const done = async (): Promise<void> => {};
const mock: Oriel = {
  invoke,
  stream,
  on(name, handler) {
    const handlersOfName = listeners.get(name) ?? new Set();
    listeners.set(name, handlersOfName.add(handler));
    return () => handlersOfName.delete(handler);
  },
  once(name, handler) {
    const stop = mock.on(name, data => {
      stop();
      handler(data);
    });
    return stop;
  },
  off(name, handler) {
    listeners.get(name)?.delete(handler);
  },
  async emit(name, data) {
    receive(name, data);
  },
  state(key) {
    const found = states[key];
    if (!found) {
      throw new MockError(-32601, `There is no state "${key}".`);
    }

    return found;
  },
  async *values(stream) {
    yield* stream as unknown as AsyncIterable<any>;
  },
  window: {
    close: done,
    setTitle: done,
    setSize: done,
    minimize: done,
    maximize: done,
    restore: done,
    setFullscreen: done,
  },
  ready: Promise.resolve(),
};

Object.defineProperty(window, "oriel", { value: mock });
Object.defineProperty(window, "invoke", { value: invoke });
window.addEventListener("page.message", event => {
  if (!dispatchedHere.has(event)) {
    receive("page.message", (event as CustomEvent).detail);
  }
});

setInterval(() => emitToPage("monitor.processes", machine.processes(Date.now())), 1000);
// Charts that start empty show little: one minute in advance.
setTimeout(() => {
  for (let ago = 60_000; ago > 0; ago -= 250) {
    emitToPage("monitor.sample", machine.sample(Date.now() - ago));
  }

  emitToPage("monitor.processes", machine.processes(Date.now()));
}, 100);

// The development server serves what files://local/ addresses name, below /local/.
const served = (address: string): string => address.replace(/^files:\/\/local\//, "/local/");
const nativeFetch = window.fetch;
window.fetch = (address, options) => nativeFetch(typeof address === "string" ? served(address) : address, options);
for (const type of [HTMLImageElement, HTMLMediaElement]) {
  const native = Object.getOwnPropertyDescriptor(type.prototype, "src")!;
  Object.defineProperty(type.prototype, "src", {
    ...native,
    set(address: string) {
      native.set!.call(this, served(address));
    },
  });
}
