import { element } from "../dom";
import { icon } from "../icons";
import { showFailure } from "../notices";
import { events as pageEvents, feeds } from "../oriel";
import { pageSection, type Page } from "../page";
import { BurstCard } from "./burst-card";
import { EventLog, type EventRoute } from "./event-log";
import { EventSubscriptions } from "./event-subscriptions";

const events: readonly [name: string, logged: boolean][] = [
  ["tick", true],
  ["page.echo", true],
  ["burst.item", true],
  ["monitor.sample", false],
  ["monitor.processes", false],
];

/** Events in both directions, live. */
export class EventsPage implements Page {
  readonly element: HTMLElement;
  readonly loaded = Promise.resolve();
  readonly #log = new EventLog();
  readonly #subscriptions = new EventSubscriptions((route, name, data) => this.#log.add(route, name, data));
  readonly #text = element("input", { type: "text", value: "Hello from the page", required: true });

  constructor() {
    for (const [name, logged] of events) {
      this.#subscriptions.set(name, logged);
    }

    this.element = pageSection(
      { name: "events", title: "Events", subtitle: "What C# tells the page, and what the page tells C#." },
      element(
        "div",
        { class: "event-cards" },
        this.#createTickCard(),
        this.#createMessageCard(),
        new BurstCard().element,
        this.#createChoiceCard(),
      ),
      this.#log.element,
    );
  }

  show(): void {}

  hide(): void {}

  #createTickCard(): HTMLElement {
    const toggle = element("input", { type: "checkbox", role: "switch", class: "switch" });
    toggle.addEventListener("change", () => void setTick(toggle));
    return element(
      "section",
      { class: "card event-card", "aria-label": "Tick" },
      element("label", { class: "switch-row" }, element("h2", {}, "Tick"), toggle),
      element("p", { class: "muted" }, "One event a second for as long as it is on."),
    );
  }

  #createMessageCard(): HTMLElement {
    const form = element(
      "form",
      { class: "event-form" },
      element("label", { class: "field grow" }, element("span", {}, "Text"), this.#text),
      element("button", { class: "button primary", type: "submit", value: "emit" }, icon("send"), "oriel.emit"),
      element("button", { class: "button", type: "submit", value: "dispatch" }, icon("send"), "dispatchEvent"),
    );
    form.addEventListener("submit", event => {
      event.preventDefault();
      const button = event.submitter as HTMLButtonElement | null;
      if (button?.value === "dispatch") {
        this.#dispatch();
      } else {
        void this.#emit();
      }
    });
    return element(
      "section",
      { class: "card event-card", "aria-label": "Message" },
      element("h2", {}, "Message"),
      element("p", { class: "muted" }, "page.message, answered by page.echo."),
      form,
    );
  }

  #createChoiceCard(): HTMLElement {
    const routes = new Set<EventRoute>(["oriel.on", "CustomEvent"]);
    const routeChoices = (["oriel.on", "CustomEvent"] as const).map(route =>
      createCheck(route, true, checked => {
        if (checked) {
          routes.add(route);
        } else {
          routes.delete(route);
        }

        this.#subscriptions.routes = new Set(routes);
      }),
    );
    return element(
      "section",
      { class: "card event-card", "aria-label": "What is logged" },
      element("h2", {}, "Logged"),
      element(
        "div",
        { class: "checks", role: "group", "aria-label": "Events" },
        ...events.map(([name, logged]) =>
          createCheck(name, logged, checked => this.#subscriptions.set(name, checked)),
        ),
      ),
      element("div", { class: "checks routes", role: "group", "aria-label": "Routes" }, ...routeChoices),
    );
  }

  async #emit(): Promise<void> {
    const data = { text: this.#text.value };
    this.#log.add("sent", "page.message", data);
    try {
      await pageEvents.emitPageMessage(data);
    } catch (error) {
      showFailure("The event could not be sent.", error);
    }
  }

  #dispatch(): void {
    const data = { text: this.#text.value };
    this.#log.add("sent", "page.message", data);
    dispatchEvent(new CustomEvent("page.message", { detail: data }));
  }
}

async function setTick(toggle: HTMLInputElement): Promise<void> {
  try {
    await feeds.tick({ enabled: toggle.checked });
  } catch (error) {
    toggle.checked = !toggle.checked;
    showFailure("The tick could not be switched.", error);
  }
}

function createCheck(name: string, checked: boolean, onChange: (checked: boolean) => void): HTMLElement {
  const box = element("input", { type: "checkbox" });
  box.checked = checked;
  box.addEventListener("change", () => onChange(box.checked));
  return element("label", { class: "check mono" }, box, name);
}
