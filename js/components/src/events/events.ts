import { type Fields, isCheck, isField, valueOf } from "../page/fields";
import { componentOf, type ElementNode } from "../page/nodes";
import type { Listener } from "../page/page";
import { argumentsOf, type ArgumentsOf } from "./arguments";
import { Rates } from "./rates";

/** Events that reach only their target: they are caught on the way down. */
const direct = new Set(
  (
    "abort beforetoggle blur cancel canplay canplaythrough close cuechange durationchange emptied ended error focus invalid load loadeddata loadedmetadata " +
    "loadend loadstart mouseenter mouseleave pause play playing pointerenter pointerleave progress ratechange scroll scrollend seeked seeking stalled " +
    "suspend timeout timeupdate toggle unload volumechange waiting"
  ).split(" "),
);
/** Events whose default a browser lets nobody prevent who listens at the document, unless it is told. */
const passive = new Set(["touchstart", "touchmove", "wheel", "mousewheel"]);
const mouseEvents = new Set(["click", "dblclick", "auxclick", "mousedown", "mouseup", "mousemove", "pointerdown", "pointerup", "pointermove"]);

/** An event type that a library has registered. */
export interface CustomEventType {
  /** The event of the browser that it is made of; one of its own name otherwise. */
  browserEventName?: string;
  createEventArgs?: ArgumentsOf;
}

/** What an element of the page holds: the component that renders it, and its value. */
export type FieldInfo = [componentId: number, value: string | boolean];

/** Sends an event to C#, and returns its number; 0 if it was not sent. */
export type SendEvent = (handler: number, name: string, field: FieldInfo | null, args: unknown) => number;

/** Hears the events of the page, and sends those that C# handles. One listener a name, at the document. */
export class Events implements Listener {
  private readonly owners = new WeakMap<Element, ElementNode>();
  /** The events that are heard, and whether their listener may prevent what is passive otherwise. */
  private readonly listening = new Map<string, boolean>();
  private readonly custom = new Map<string, CustomEventType>();
  private readonly aliases = new Map<string, string[]>();
  private readonly rates = new Rates();
  private waiting: (() => void)[] | null = null;

  constructor(
    private readonly fields: Fields,
    private readonly send: SendEvent,
    /** Whether events are of our own making at the moment. */
    private readonly muted: () => boolean,
  ) {
    fields.follow(document);
    document.addEventListener("reset", (event) => this.rates.cancel(event.target as Element), true);
    document.addEventListener("submit", () => this.rates.flush(), true);
    document.addEventListener("blur", (event) => this.leave(event.target), true);
    // On the window, so that the handlers have had the event.
    window.addEventListener("change", (event) => this.settle(event.target));
  }

  /** Registers an event type: `onname` of an element is then one of it. */
  register(name: string, type: CustomEventType): void {
    if (!name || !type) {
      throw new TypeError("An event type needs a name, and options.");
    }

    if (this.custom.has(name)) {
      throw new Error(`The event type "${name}" is registered already.`);
    }

    this.custom.set(name, type);
    const browserName = type.browserEventName ?? name;
    if (browserName !== name) {
      this.aliases.set(browserName, [...(this.aliases.get(browserName) ?? []), name]);
      if (this.listening.has(name)) {
        // Elements with such a handler are there already.
        this.open(browserName, false);
      }
    }
  }

  /** Sends what is held back, at once. */
  flush(): void {
    this.rates.flush();
  }

  listen(node: ElementNode, name: string, prevents: boolean): void {
    this.owners.set(node.dom, node);
    this.open(this.custom.get(name)?.browserEventName ?? name, prevents);
    if (this.custom.get(name)?.browserEventName === undefined) {
      this.open(name, prevents);
    }
  }

  /** Drops what an element holds back that is gone: nobody is there to hear it. */
  forget(element: Element): void {
    this.rates.forget(element);
  }

  /** Runs what changes the DOM; events that it causes are sent behind it. */
  deferring(change: () => void): void {
    const waiting: (() => void)[] = (this.waiting = []);
    try {
      change();
    } finally {
      this.waiting = null;
      waiting.forEach((send) => send());
    }
  }

  private open(name: string, prevents: boolean): void {
    const active = prevents && passive.has(name);
    const before = this.listening.get(name);
    if (before === true || before === active) {
      return;
    }

    const capture = direct.has(name);
    this.listening.set(name, active);
    document.removeEventListener(name, this.hear, { capture });
    document.addEventListener(name, this.hear, passive.has(name) ? { capture, passive: !active } : { capture });
  }

  private readonly hear = (event: Event): void => {
    if (this.muted()) {
      return;
    }

    if (this.custom.get(event.type)?.browserEventName === undefined) {
      this.dispatch(event.type, event);
    }

    for (const alias of this.aliases.get(event.type) ?? []) {
      this.dispatch(alias, event);
    }
  };

  private dispatch(name: string, event: Event): void {
    const path = event.composedPath().filter((target): target is Element => target instanceof Element);
    let args: unknown;
    for (const element of event.bubbles && !direct.has(event.type) ? path : path.slice(0, event.composedPath()[0] === path[0] ? 1 : 0)) {
      const node = this.owners.get(element);
      if (!node) {
        continue;
      }

      if (node.prevents?.has(name)) {
        event.preventDefault();
      }

      if (node.handlers?.has(name) && !(mouseEvents.has(event.type) && element.matches(":disabled"))) {
        if (name === "submit") {
          // The browser would load the form's address.
          event.preventDefault();
        }

        args ??= this.arguments(name, event);
        this.tell(node, name, event, args);
      }

      if (node.stops?.has(name)) {
        break;
      }
    }
  }

  private arguments(name: string, event: Event): unknown {
    const type = this.custom.get(name);
    return type ? (type.createEventArgs?.(event) ?? {}) : argumentsOf(name, event);
  }

  private tell(node: ElementNode, name: string, event: Event, args: unknown): void {
    const target = event.composedPath()[0];
    const field = node.dom === target && isField(node.dom) ? node.dom : null;
    const edits = event.type === "input" || event.type === "change";
    const send = (): void => {
      const handler = node.handlers?.get(name);
      const component = componentOf(node);
      if (handler === undefined || !component) {
        return;
      }

      const number = this.send(handler, name, field && [component.id, isCheck(field) && field.type === "checkbox" ? field.checked : valueOf(field)], args);
      if (field && edits && number > 0) {
        this.fields.told(field, number);
      }
    };

    if (this.waiting) {
      this.waiting.push(send);
      return;
    }

    if (field && event.type !== "input" && !(event instanceof KeyboardEvent && event.key !== "Enter")) {
      this.rates.flush(field);
    }

    this.rates.pass(node.dom, name, event.type, send);
  }

  private leave(target: EventTarget | null): void {
    // A window that loses the focus takes nothing from its field.
    if (!(target instanceof Element) || document.activeElement === target || this.muted()) {
      return;
    }

    this.rates.flush(target);
    this.fields.leave(target);
  }

  private settle(target: EventTarget | null): void {
    if (target instanceof Element && !this.rates.holds(target)) {
      this.fields.settle(target);
    }
  }
}
