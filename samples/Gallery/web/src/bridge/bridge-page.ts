import { element } from "../dom";
import { failureOf } from "../errors";
import { icon } from "../icons";
import { commands } from "../oriel";
import { pageSection, type Page } from "../page";
import { createTour } from "../tour/tour";
import { Call, type CallRequest } from "./call";
import { CallHistory } from "./call-history";
import { CallPanel } from "./call-panel";
import { CommandList } from "./command-list";
import { makeCall } from "./make-call";

/** The commands that have a button of their own, each with arguments for when the list gives no example. */
const quickCommands: readonly [name: string, example: unknown][] = [
  ["add", { a: 19, b: 23 }],
  ["multiply", { a: 6, b: 7 }],
  ["toUpperCase", { text: "a bay window" }],
  ["toLowerCase", { text: "A BAY WINDOW" }],
  ["reverseArray", { items: [1, "two", { three: 3 }] }],
  ["getSystemInfo", {}],
  ["echo", { text: "Grüße, 世界 👋", numbers: [1, 2.5, -3e10], nothing: null, yes: true }],
];

/** A tour of what the bridge can do, and every command of the application, to be called by hand. */
export class BridgePage implements Page {
  readonly element: HTMLElement;
  readonly loaded: Promise<void>;
  readonly #commands = new CommandList(command => this.#panel.prepare(command));
  readonly #panel = new CallPanel(request => void this.#call(request));
  readonly #history = new CallHistory(call => this.#showAgain(call));
  readonly #tour = element("div", { class: "tour-view" });
  readonly #failure = element("p", { class: "field-problem", role: "alert", hidden: true });
  #calls = 0;
  #started = false;
  #markLoaded = (): void => {};

  constructor() {
    this.loaded = new Promise(resolve => (this.#markLoaded = resolve));
    const byHand = element("div", { class: "by-hand", hidden: true });
    const reload = element("button", { class: "button", type: "button" }, icon("refresh"), "List again");
    reload.addEventListener("click", () => void this.#list());
    this.element = pageSection(
      {
        name: "bridge",
        title: "Bridge",
        subtitle: "What goes between the page and C#.",
        notes: [this.#failure],
        actions: [reload, this.#createViewChoice(byHand, reload)],
      },
      this.#tour,
      byHand,
    );
    byHand.append(
      element(
        "div",
        { class: "quick", role: "group", "aria-label": "Quick calls" },
        ...quickCommands.map(([name]) => this.#createQuickButton(name)),
      ),
      this.#commands.element,
      this.#panel.element,
      this.#history.element,
    );
  }

  show(): void {
    if (!this.#started) {
      this.#started = true;
      this.#tour.append(createTour());
      void this.#list().then(() => {
        this.#prepare(quickCommands[0]![0]);
        this.#markLoaded();
      });
    }
  }

  hide(): void {}

  async #list(): Promise<void> {
    try {
      this.#commands.commands = await commands.list();
      this.#failure.hidden = true;
    } catch (error) {
      this.#failure.hidden = false;
      this.#failure.textContent = `The commands could not be listed: ${failureOf(error).message}`;
    }
  }

  async #call(request: CallRequest): Promise<void> {
    const call = new Call(++this.#calls, request);
    await makeCall(call, this.#panel, () => this.#history.add(call));
    this.#history.refresh();
  }

  #showAgain(call: Call): void {
    this.#prepare(call.request.command);
    this.#panel.restore(call.request);
    this.#panel.show(call);
  }

  #prepare(name: string): void {
    const listed = this.#commands.select(name);
    const example = quickCommands.find(([quickName]) => quickName === name)?.[1];
    this.#panel.prepare({
      name,
      description: listed?.description ?? null,
      example: listed?.example ?? (example === undefined ? null : JSON.stringify(example)),
      thread: listed?.thread ?? "background",
      stream: listed?.stream ?? false,
    });
  }

  #createViewChoice(byHand: HTMLElement, reload: HTMLElement): HTMLElement {
    reload.hidden = true;
    const choices = ([["tour", "Tour"], ["hand", "By hand"]] as const).map(([view, label]) => {
      const radio = element("input", { type: "radio", name: "bridge-view", value: view, checked: view === "tour" });
      radio.addEventListener("change", () => {
        this.#tour.hidden = view !== "tour";
        byHand.hidden = view === "tour";
        reload.hidden = view === "tour";
      });
      return element("label", {}, radio, label);
    });
    return element("fieldset", { class: "view-choice" }, element("legend", { class: "visually-hidden" }, "View"), ...choices);
  }

  #createQuickButton(name: string): HTMLElement {
    const button = element("button", { class: "chip", type: "button" }, icon("bolt"), name);
    button.addEventListener("click", () => {
      this.#prepare(name);
      this.#panel.submit();
    });
    return button;
  }
}
