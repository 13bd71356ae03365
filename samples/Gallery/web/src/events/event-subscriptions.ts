import type { EventRoute } from "./event-log";

/** Listens for events of C# by both routes, as far as they are wanted. */
export class EventSubscriptions {
  readonly #onEvent: (route: EventRoute, name: string, data: unknown) => void;
  readonly #stops = new Map<string, () => void>();
  #routes: ReadonlySet<EventRoute> = new Set(["oriel.on", "CustomEvent"]);

  constructor(onEvent: (route: EventRoute, name: string, data: unknown) => void) {
    this.#onEvent = onEvent;
  }

  /** The routes that are listened on; for all names. */
  set routes(routes: ReadonlySet<EventRoute>) {
    const names = [...this.#stops.keys()];
    this.#routes = routes;
    for (const name of names) {
      this.set(name, false);
      this.set(name, true);
    }
  }

  /** Begins or ends to listen for a name. */
  set(name: string, wanted: boolean): void {
    if (wanted === this.#stops.has(name)) {
      return;
    }

    if (wanted) {
      this.#stops.set(name, this.#listen(name));
    } else {
      this.#stops.get(name)?.();
      this.#stops.delete(name);
    }
  }

  #listen(name: string): () => void {
    const stops: (() => void)[] = [];
    if (this.#routes.has("oriel.on")) {
      stops.push(oriel.on(name, data => this.#onEvent("oriel.on", name, data)));
    }

    if (this.#routes.has("CustomEvent")) {
      const listener = (event: Event): void => this.#onEvent("CustomEvent", name, (event as CustomEvent).detail);
      addEventListener(name, listener);
      stops.push(() => removeEventListener(name, listener));
    }

    return () => stops.forEach(stop => stop());
  }
}
