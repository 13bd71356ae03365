// Debounce and throttle: `data-oriel-debounce` (milliseconds, or "blur") and `data-oriel-throttle` on an element or an ancestor of it.

/** The events that come in series. No other is ever held back. */
const series = new Set(["input", "mousemove", "pointermove", "touchmove", "wheel", "mousewheel", "scroll", "drag", "dragover", "selectionchange"]);
const MaxDelay = 60_000;

interface Held {
  timer: ReturnType<typeof setTimeout> | undefined;
  /** Sends the newest event; undefined when there is none since the last was sent. */
  send: (() => void) | undefined;
  element: Element;
}

/** Holds events back that come faster than C# is to be told of them. */
export class Rates {
  private readonly held = new Map<Element, Map<string, Held>>();

  /** Sends an event now or later: only the newest of those that wait is sent. */
  pass(element: Element, name: string, browserName: string, send: () => void): void {
    const rate = series.has(browserName) ? rateOf(element) : null;
    if (!rate) {
      send();
      return;
    }

    const events = this.held.get(element) ?? new Map<string, Held>();
    this.held.set(element, events);
    const held = events.get(name) ?? { timer: undefined, send: undefined, element };
    events.set(name, held);
    if (rate.throttle && held.timer === undefined) {
      send();
      this.start(held, name, rate.delay);
      return;
    }

    held.send = send;
    if (!rate.throttle && rate.delay !== Infinity) {
      clearTimeout(held.timer);
      this.start(held, name, rate.delay);
    }
  }

  /** Sends what an element, or any, holds back. */
  flush(element?: Element): void {
    for (const [other, events] of [...this.held]) {
      if (!element || other === element) {
        for (const [name, held] of events) {
          this.end(held, name);
          held.send?.();
        }
      }
    }
  }

  /** Forgets what the elements of a form hold back. */
  cancel(form: Element): void {
    for (const [element, events] of [...this.held]) {
      if (form === element || form.contains(element) || (element as HTMLInputElement).form === form) {
        events.forEach((held, name) => this.end(held, name));
      }
    }
  }

  /** Drops what an element holds back. */
  forget(element: Element): void {
    this.held.get(element)?.forEach((held, name) => this.end(held, name));
  }

  /** Whether an event of this element is held back. */
  holds(element: Element): boolean {
    return [...(this.held.get(element)?.values() ?? [])].some((held) => held.send);
  }

  private start(held: Held, name: string, delay: number): void {
    held.timer = setTimeout(() => {
      held.timer = undefined;
      const send = held.send;
      held.send = undefined;
      const throttled = send && rateOf(held.element)?.throttle;
      if (throttled) {
        this.start(held, name, delay);
      } else {
        this.end(held, name);
      }

      send?.();
    }, delay);
  }

  private end(held: Held, name: string): void {
    clearTimeout(held.timer);
    const events = this.held.get(held.element);
    events?.delete(name);
    if (events?.size === 0) {
      this.held.delete(held.element);
    }
  }
}

function rateOf(element: Element): { delay: number; throttle: boolean } | null {
  const owner = element.closest("[data-oriel-debounce],[data-oriel-throttle]");
  const debounce = owner?.getAttribute("data-oriel-debounce") ?? null;
  const text = debounce ?? owner?.getAttribute("data-oriel-throttle") ?? null;
  if (text === null) {
    return null;
  }

  if (debounce === "blur") {
    return { delay: Infinity, throttle: false };
  }

  const delay = Number(text);
  return delay > 0 && delay <= MaxDelay ? { delay, throttle: debounce === null } : null;
}
