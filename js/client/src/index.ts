// The ES module @oriel/client: window.oriel by names that can be imported, and a place for a mock where there is no Oriel.
import { applyPatch } from "./client/patch.js";
import type { EventHandler, InvokeOptions, Oriel, OrielError, OrielState, OrielWindow, StreamOptions } from "./api.js";

export { values } from "./client/values.js";
export type { EventHandler, InvokeOptions, Oriel, OrielError, OrielState, OrielWindow, PatchOperation, StreamOptions } from "./api.js";

/** What answers in the place of Oriel, in tests of a front end and where a page is worked on in a browser. */
export interface OrielMock {
  /** Answers a call: with its result, a promise of it, or by throwing. */
  invoke?(name: string, args: unknown, options: InvokeOptions | undefined): unknown;
  /** Answers a stream. */
  stream?(name: string, args: unknown, options: StreamOptions | undefined): AsyncIterable<unknown> | Iterable<unknown>;
  /** A state; see {@link mockState}. */
  state?(key: string): OrielState<any>;
  /** Listens; the result stops it. */
  on?(name: string, handler: EventHandler): () => void;
  /** Takes an event of the page. */
  emit?(name: string, data: unknown): unknown;
  window?: Partial<OrielWindow>;
}

let mock: OrielMock | undefined;
const stops = new Map<string, Map<EventHandler, () => void>>();

/** Puts a mock in the place of Oriel; nothing takes it away. */
export function setMock(value: OrielMock | undefined): void {
  mock = value;
  stops.clear();
}

/** Whether this page is in a window of Oriel, and in its top frame. A mock does not count. */
export function isOriel(): boolean {
  return real() !== undefined;
}

/** Whether an error is what a command answered with. Timeouts and aborted calls are a `DOMException` instead. */
export function isOrielError(error: unknown): error is OrielError {
  return error instanceof Error && error.name === "OrielError" && typeof (error as Partial<OrielError>).code === "number";
}

/** Calls a command. Rejects with an {@link OrielError} when the command fails. */
export async function invoke<T = unknown>(name: string, args?: unknown, options?: InvokeOptions): Promise<T> {
  return (mock ? await part("invoke")(name, args, options) : await oriel(`invoke("${name}")`).invoke(name, args, options)) as T;
}

/** Calls a command whose result is a stream; leaving the loop cancels it. */
export function stream<T = unknown>(name: string, args?: unknown, options?: StreamOptions): AsyncIterable<T> {
  return {
    [Symbol.asyncIterator]: () =>
      mock || !isOriel() ? mocked<T>(name, args, options) : oriel("stream").stream<T>(name, args, options)[Symbol.asyncIterator](),
  };
}

/** Listens for an event that C# emits; the result stops listening. */
export function on<T = any>(name: string, handler: EventHandler<T>): () => void {
  if (!mock) {
    return oriel(`on("${name}")`).on(name, handler);
  }

  const stop = part("on")(name, handler);
  const handlers = stops.get(name) ?? new Map<EventHandler, () => void>();
  stops.set(name, handlers.set(handler, stop));
  return stop;
}

/** Listens for the next event of that name alone. */
export function once<T = any>(name: string, handler: EventHandler<T>): () => void {
  if (!mock) {
    return oriel(`once("${name}")`).once(name, handler);
  }

  const stop = part("on")(name, (data) => {
    stop();
    handler(data);
  });
  return stop;
}

/** Stops listening. */
export function off(name: string, handler: EventHandler): void {
  if (mock) {
    stops.get(name)?.get(handler)?.();
    stops.get(name)?.delete(handler);
  } else {
    oriel(`off("${name}")`).off(name, handler);
  }
}

/** Emits an event to C#; resolves when C# has accepted it. */
export async function emit(name: string, data?: unknown): Promise<void> {
  await (mock ? part("emit")(name, data) : oriel(`emit("${name}")`).emit(name, data));
}

/** A value that C# and its pages share, by its key. */
export function state<T = any>(key: string): OrielState<T> {
  return mock ? part("state")(key) : oriel(`state("${key}")`).state<T>(key);
}

const call = <K extends keyof OrielWindow>(name: K) =>
  (async (...args: unknown[]) => {
    const target = mock ? mock.window : oriel(`window.${name}`).window;
    if (!target?.[name]) {
      throw missing(`window.${name}`);
    }

    await (target[name] as (...args: unknown[]) => unknown)(...args);
  }) as OrielWindow[K];

const orielWindow: OrielWindow = Object.freeze({
  close: call("close"),
  setTitle: call("setTitle"),
  setSize: call("setSize"),
  minimize: call("minimize"),
  maximize: call("maximize"),
  restore: call("restore"),
  setFullscreen: call("setFullscreen"),
});

/** The window that shows this page. */
export { orielWindow as window };

/** Resolves when C# has accepted this document; at once with a mock. Nothing has to wait for it. */
export const ready: PromiseLike<void> = {
  then: (resolve, reject) => Promise.resolve().then(() => (mock ? undefined : oriel("ready").ready)).then(resolve, reject),
};

/** A state for tests that has a value, and takes every other. */
export function mockState<T>(initial: T): OrielState<T> {
  let value = initial;
  const handlers = new Set<(value: T) => void>();
  const set = async (next: T | ((value: T) => T)) => {
    value = typeof next === "function" ? (next as (value: T) => T)(value) : next;
    handlers.forEach((handler) => handler(value));
  };
  return {
    get: () => value,
    set,
    async patch(operations) {
      await set(applyPatch(value, operations) as T);
    },
    subscribe(handler) {
      const own = (value: T) => handler(value);
      handlers.add(own);
      handler(value);
      return () => void handlers.delete(own);
    },
    get ready() {
      return Promise.resolve(value);
    },
    close() {},
  };
}

function real(): Oriel | undefined {
  return (globalThis as { oriel?: Oriel }).oriel;
}

function oriel(what: string): Oriel {
  const found = real();
  if (!found) {
    throw new Error(
      `${what} of @oriel/client has nobody to answer: this page is not in a window of Oriel, or in a frame of one. ` +
        `Open it in your application, or give it answers with setMock({ invoke(name, args) { ... } }) from "@oriel/client".`,
    );
  }

  return found;
}

function part<K extends Exclude<keyof OrielMock, "window">>(name: K): NonNullable<OrielMock[K]> {
  const member = mock?.[name];
  if (!member) {
    throw missing(name);
  }

  return member.bind(mock) as NonNullable<OrielMock[K]>;
}

const missing = (name: string) => new Error(`The mock that setMock was given has no "${name}".`);

async function* mocked<T>(name: string, args: unknown, options: StreamOptions | undefined): AsyncGenerator<T> {
  if (!mock) {
    oriel(`stream("${name}")`);
  }

  for await (const item of part("stream")(name, args, options)) {
    options?.signal?.throwIfAborted();
    yield item as T;
  }
}
