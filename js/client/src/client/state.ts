import type { OrielState, PatchOperation } from "../api";
import { ErrorCode } from "../protocol";
import { createError } from "./errors";
import { applyPatch } from "./patch";
import { NativePromise, report, startTimer, stopTimer } from "./platform";

/** What C# sends when a state has changed: the value, or what makes it of the version `from`. */
interface Change {
  key: string;
  version: number;
  value?: unknown;
  from?: number;
  patch?: PatchOperation[];
}

interface Write {
  /** Makes the new value of the one before. */
  apply(value: unknown): unknown;
  patch?: readonly PatchOperation[];
  /** How often it may be made anew on a value that won against it. */
  retries: number;
  resolve(): void;
  reject(error: unknown): void;
}

type Invoke = (name: string, args: unknown) => Promise<unknown>;

/** While an answer is awaited changes wait for it. A page that is this far behind asks for the value instead. */
const MaxHeld = 1_024;

const MaxRetries = 10;

// Between the attempts to open a state that could not be opened for now: each takes twice as long as the one before.
const FirstDelay = 1_000;
const MaxDelay = 30_000;

/** The states that the page uses. */
export class States {
  readonly #stores = new Map<string, Store>();
  readonly #invoke: Invoke;

  constructor(invoke: Invoke) {
    this.#invoke = invoke;
  }

  get(key: string): OrielState<any> {
    if (typeof key !== "string") {
      throw new TypeError("The key of a state is a string.");
    }

    let store = this.#stores.get(key);
    if (!store) {
      this.#stores.set(key, (store = new Store(key, this.#invoke)));
    }

    return store.handle;
  }

  deliver(change: Change): void {
    this.#stores.get(change.key)?.deliver(change);
  }
}

/**
 * One state. It is open while it has subscribers, writes under way, or `ready` was asked for. One request is under way at a time,
 * and changes that come meanwhile are taken behind its answer: so they are always in order.
 */
class Store {
  readonly handle: OrielState<any>;
  readonly #key: string;
  readonly #invoke: Invoke;
  readonly #subscribers = new Set<{ handler: (value: any) => void }>();
  #version = 0;
  #base: unknown;
  #value: unknown;
  #told: unknown;
  #isOpen = false;
  #isStale = false;
  #isBusy = false;
  #isHeld = false;
  #writes: Write[] = [];
  #changes: Change[] = [];
  #delay = 0;
  #timer: ReturnType<typeof startTimer> | undefined;
  #opening: { resolve(value: unknown): void; reject(error: unknown): void }[] = [];

  constructor(key: string, invoke: Invoke) {
    this.#key = key;
    this.#invoke = invoke;
    const store = this;
    this.handle = Object.freeze({
      get: () => this.#value,
      set: (next: unknown) =>
        typeof next === "function"
          ? this.#write({ apply: next as Write["apply"], retries: MaxRetries })
          : this.#write({ apply: () => next, retries: 0 }),
      patch: (patch: readonly PatchOperation[]) => this.#write({ apply: (value) => applyPatch(value, patch), patch, retries: 0 }),
      subscribe: (handler: (value: any) => void) => this.#subscribe(handler),
      get ready() {
        return store.#ready();
      },
      close: () => {
        this.#isHeld = false;
        this.#wake();
      },
    });
  }

  deliver(change: Change): void {
    if (this.#isBusy) {
      // Those that are left out are made up for by asking anew.
      this.#isStale ||= this.#changes.length >= MaxHeld;
      if (!this.#isStale) {
        this.#changes.push(change);
      }
    } else if (this.#isOpen) {
      this.#take(change);
      this.#tell();
      this.#wake();
    }
  }

  #subscribe(handler: (value: any) => void): () => void {
    const subscriber = { handler };
    this.#subscribers.add(subscriber);
    if (this.#isOpen) {
      handler(this.#value);
    }

    this.#wake();
    return () => {
      this.#subscribers.delete(subscriber);
      this.#wake();
    };
  }

  #ready(): Promise<unknown> {
    this.#isHeld = true;
    return new NativePromise((resolve, reject) => {
      if (this.#isOpen) {
        resolve(this.#value);
      } else {
        this.#opening.push({ resolve, reject });
        this.#wake();
      }
    });
  }

  #write(write: Pick<Write, "apply" | "patch" | "retries">): Promise<void> {
    return new NativePromise<void>((resolve, reject) => {
      if (this.#isOpen) {
        // Shown at once. What cannot be applied is never begun.
        this.#value = write.apply(this.#value);
      }

      this.#writes.push({ ...write, resolve, reject });
      this.#tell(this.#isOpen);
      this.#wake();
    });
  }

  // Later, so that who stops and begins anew in one turn, as frameworks do, costs nothing.
  #wake(): void {
    void NativePromise.resolve().then(() => this.#next());
  }

  #next(): void {
    if (this.#isBusy) {
      return;
    }

    const isWanted = this.#isHeld || this.#subscribers.size > 0 || this.#writes.length > 0;
    if (!isWanted) {
      this.#rest();
      if (this.#isOpen) {
        this.#forget();
        this.#request("close", {}, () => {}, () => {});
      }
    } else if (!this.#isOpen || this.#isStale) {
      if (this.#timer !== undefined && this.#opening.length === 0 && this.#writes.length === 0) {
        return;
      }

      this.#isStale = false;
      this.#request("open", {}, (answer) => this.#opened(answer), (error) => this.#failed(error));
    } else if (this.#writes.length > 0) {
      this.#send(this.#writes[0]!);
    }
  }

  #request(command: string, args: object, settle: (answer: any) => void, fail: (error: any) => void): void {
    this.#isBusy = true;
    const finish = (action: () => void) => {
      this.#isBusy = false;
      action();
      for (const change of this.#changes.splice(0)) {
        if (this.#isOpen) {
          this.#take(change);
        }
      }

      this.#tell();
      this.#next();
    };
    this.#invoke(`oriel.state.${command}`, { key: this.#key, ...args }).then(
      (answer) => finish(() => settle(answer)),
      (error) => finish(() => fail(error)),
    );
  }

  #opened({ version, value }: { version: number; value: unknown }): void {
    const isForeign = this.#isOpen && version !== this.#version;
    this.#isOpen = true;
    this.#rest();
    this.#rebase(version, value, isForeign);

    for (const { resolve } of this.#opening.splice(0)) {
      resolve(this.#value);
    }
  }

  #failed(error: unknown): void {
    const waiting = [...this.#opening.splice(0), ...this.#writes.splice(0)];
    for (const { reject } of waiting) {
      reject(error);
    }

    const { code } = (error ?? {}) as { code?: unknown };
    const isFinal = code === ErrorCode.InvalidParams || code === ErrorCode.Denied;
    if (waiting.length === 0 && (isFinal || this.#delay === 0)) {
      // Nobody else would learn of it.
      report(error);
    }

    if (isFinal) {
      const dropped = this.#isOpen ? [...this.#subscribers] : [];
      this.#rest();
      this.#forget();
      this.#isHeld = false;
      this.#subscribers.clear();
      this.#notify(dropped);
      return;
    }

    // It may pass. What is shown stays what C# had last; only who was told of the failure holds nothing open.
    this.#isHeld &&= this.#isOpen;
    if (this.#isOpen) {
      this.#isStale = true;
      this.#rebase(this.#version, this.#base, false);
    }

    stopTimer(this.#timer);
    this.#delay = Math.min(this.#delay * 2 || FirstDelay, MaxDelay);
    this.#timer = startTimer(() => {
      this.#timer = undefined;
      this.#next();
    }, this.#delay);
  }

  #rest(): void {
    stopTimer(this.#timer);
    this.#timer = undefined;
    this.#delay = 0;
  }

  #send(write: Write): void {
    let next: unknown;
    try {
      next = write.apply(this.#base);
    } catch (error) {
      this.#writes.shift();
      write.reject(error);
      this.#rebase(this.#version, this.#base, false);
      this.#tell();
      this.#next();
      return;
    }

    const change = write.patch ? { patch: write.patch } : { value: next ?? null };
    this.#request(
      "set",
      { version: this.#version, ...change },
      (answer: { version: number; value?: unknown }) => {
        this.#writes.shift();
        this.#rebase(answer.version, "value" in answer ? answer.value : next, false);
        write.resolve();
      },
      (error) => {
        const current = error?.code === ErrorCode.Conflict ? (error.data as { version: number; value: unknown }) : undefined;
        if (!current || write.retries-- <= 0) {
          this.#writes.shift();
          write.reject(error);
        }

        if (current) {
          this.#rebase(current.version, current.value, true);
        } else {
          // Whether it was written is not known, nor what was shown meanwhile to be trusted.
          this.#isStale = true;
          this.#rebase(this.#version, this.#base, false);
        }
      },
    );
  }

  #take(change: Change): void {
    if (change.version <= this.#version) {
      return;
    }

    if ("value" in change) {
      this.#rebase(change.version, change.value, true);
      return;
    }

    try {
      if (change.from === this.#version) {
        this.#rebase(change.version, applyPatch(this.#base, change.patch!), true);
        return;
      }
    } catch (error) {
      report(error);
    }

    this.#isStale = true;
  }

  /** The value that C# has, and on it what is not written yet. */
  #rebase(version: number, base: unknown, isForeign: boolean): void {
    this.#version = version;
    this.#base = base;
    this.#value = base;

    const writes = this.#writes;
    this.#writes = [];
    for (const write of writes) {
      try {
        if (isForeign && write.retries === 0) {
          // It was made by who saw another value. Functions are made anew.
          throw createError(ErrorCode.Conflict, `The state "${this.#key}" was changed elsewhere.`, { version, value: base });
        }

        this.#value = write.apply(this.#value);
        this.#writes.push(write);
      } catch (error) {
        write.reject(error);
      }
    }
  }

  #tell(always = false): void {
    if (!this.#isOpen || (this.#told === this.#value && !always)) {
      return;
    }

    this.#told = this.#value;
    this.#notify([...this.#subscribers]);
  }

  #notify(subscribers: { handler: (value: any) => void }[]): void {
    for (const { handler } of subscribers) {
      try {
        handler(this.#value);
      } catch (error) {
        report(error);
      }
    }
  }

  #forget(): void {
    this.#isOpen = this.#isStale = false;
    this.#version = 0;
    this.#base = this.#value = this.#told = undefined;
  }
}
