import type { EventHandler } from "../api";
import { ErrorCode, Line, MaxMessage } from "../protocol";
import { createError } from "./errors";
import { NativeEvent, NativePromise, report, stringify } from "./platform";

/** What the page's events need of their world. */
export interface EventSink {
  addEventListener(type: string, listener: (event: Event) => void): void;
  removeEventListener(type: string, listener: (event: Event) => void): void;
  dispatchEvent(event: Event): boolean;
}

interface Subscription {
  handler: EventHandler;
  isOnce: boolean;
  isOver: boolean;
}

/** Events between the page and C#, and the DOM events of the same names. */
export class Events {
  readonly #send: (line: string) => void;
  readonly #target: EventSink;
  readonly #isPlatform: (name: string) => boolean;
  readonly #handlers = new Map<string, Subscription[]>();
  readonly #forwarded = new Set<string>();
  #unaccepted: { resolve: () => void; reject: (error: unknown) => void }[] = [];
  #own: Event | undefined;

  constructor(target: EventSink, isPlatform: (name: string) => boolean, send: (line: string) => void) {
    this.#target = target;
    this.#isPlatform = isPlatform;
    this.#send = send;
  }

  on(name: string, handler: EventHandler): () => void {
    return this.#add(name, { handler, isOnce: false, isOver: false });
  }

  once(name: string, handler: EventHandler): () => void {
    return this.#add(name, { handler, isOnce: true, isOver: false });
  }

  off(name: string, handler: EventHandler): void {
    this.#remove(name, (subscription) => subscription.handler === handler);
  }

  #add(name: string, subscription: Subscription): () => void {
    this.#check(name);
    this.#handlers.set(name, [...(this.#handlers.get(name) ?? []), subscription]);
    return () => this.#remove(name, (other) => other === subscription);
  }

  #remove(name: string, isMeant: (subscription: Subscription) => boolean): void {
    const left: Subscription[] = [];
    for (const subscription of this.#handlers.get(name) ?? []) {
      if (isMeant(subscription)) {
        subscription.isOver = true;
      } else {
        left.push(subscription);
      }
    }

    if (left.length > 0) {
      this.#handlers.set(name, left);
    } else {
      this.#handlers.delete(name);
    }
  }

  emit(name: string, data: unknown): Promise<void> {
    return new NativePromise((resolve, reject) => {
      this.#check(name);
      const json = data === undefined ? "null" : stringify(data);
      if (json === undefined) {
        throw new TypeError("The data of an event is what JSON can write.");
      }

      const line = `${Line.Event}{"type":"event","event":${stringify(name)},"data":${json}}`;
      if (line.length > MaxMessage) {
        throw createError(ErrorCode.PayloadTooLarge, `The event is larger than ${MaxMessage} characters.`);
      }

      this.#unaccepted.push({ resolve, reject });
      this.#send(line);
    });
  }

  /** An event of C#: the page's handlers get it, and then the listeners of its window. */
  deliver(name: string, data: unknown): void {
    const handlers = this.#handlers.get(name);
    if (handlers) {
      for (const subscription of handlers) {
        // A handler before it may have stopped it, or emitted the event once more.
        if (subscription.isOver) {
          continue;
        }

        if (subscription.isOnce) {
          this.#remove(name, (other) => other === subscription);
        }

        try {
          subscription.handler(data);
        } catch (error) {
          report(error);
        }
      }
    }

    const event = new NativeEvent(name, { detail: data });
    const before = this.#own;
    this.#own = event;
    this.#target.dispatchEvent(event);
    this.#own = before;
  }

  /** The names that C# listens for: DOM events of these names are emitted to it. */
  forward(names: string[]): void {
    for (const name of names) {
      if (!this.#forwarded.has(name) && !this.#isPlatform(name)) {
        this.#forwarded.add(name);
        this.#target.addEventListener(name, this.#forwardEvent);
      }
    }

    for (const name of this.#forwarded) {
      if (!names.includes(name)) {
        this.#forwarded.delete(name);
        this.#target.removeEventListener(name, this.#forwardEvent);
      }
    }
  }

  /** So many of the oldest events were accepted by C#, or refused: `count`, or `count code text`. */
  accepted(report: string): void {
    const [, count, code, text] = /^(\d+)(?: (-?\d+) (.*))?$/s.exec(report) ?? [];
    for (const { resolve, reject } of this.#unaccepted.splice(0, Number(count))) {
      if (code === undefined) {
        resolve();
      } else {
        reject(createError(Number(code), text!));
      }
    }
  }

  // What C# emitted is not sent back to it.
  readonly #forwardEvent = (event: Event) => {
    if (event !== this.#own) {
      this.emit(event.type, (event as CustomEvent).detail ?? null).catch(report);
    }
  };

  #check(name: string): void {
    if (typeof name !== "string" || name.length === 0) {
      throw new TypeError("The name of an event is a string.");
    }

    if (this.#isPlatform(name) || name.startsWith("oriel:")) {
      throw new TypeError(`"${name}" cannot be an event of the application: the platform has one of that name.`);
    }
  }
}
