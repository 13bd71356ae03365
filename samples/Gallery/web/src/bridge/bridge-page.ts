import type { CommandInfo } from "../contract";
import { element } from "../dom";
import { failureOf } from "../errors";
import { framePainted } from "../frames";
import { icon } from "../icons";
import type { Page } from "../page";
import { Call, type CallRequest } from "./call";
import { CallHistory } from "./call-history";
import { CallPanel } from "./call-panel";
import { CommandList } from "./command-list";

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

/** After so many milliseconds a call is shown without its answer. */
const longCall = 50;

/** Every command of the application, to be called by hand. */
export class BridgePage implements Page {
  readonly element: HTMLElement;
  readonly loaded: Promise<void>;
  readonly #commands = new CommandList(command => this.#panel.prepare(command));
  readonly #panel = new CallPanel(request => void this.#call(request));
  readonly #history = new CallHistory(call => this.#showAgain(call));
  readonly #failure = element("p", { class: "field-problem", role: "alert", hidden: true });
  #calls = 0;
  #started = false;
  #markLoaded = (): void => {};

  constructor() {
    this.loaded = new Promise(resolve => (this.#markLoaded = resolve));
    const reload = element("button", { class: "button", type: "button" }, icon("refresh"), "List again");
    reload.addEventListener("click", () => void this.#list());
    this.element = element(
      "section",
      { class: "page bridge-page", "aria-labelledby": "bridge-title" },
      element(
        "header",
        { class: "page-head" },
        element(
          "div",
          { class: "page-title" },
          element("h1", { id: "bridge-title" }, "Bridge"),
          element("p", { class: "muted cut" }, "Call the C# side by hand, and see what goes over and what comes back."),
          this.#failure,
        ),
        element("div", { class: "actions" }, reload),
      ),
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
      void this.#list().then(() => {
        this.#prepare(quickCommands[0]![0]);
        this.#markLoaded();
      });
    }
  }

  hide(): void {}

  async #list(): Promise<void> {
    try {
      this.#commands.commands = await oriel.invoke<CommandInfo[]>("commands.list");
      this.#failure.hidden = true;
    } catch (error) {
      this.#failure.hidden = false;
      this.#failure.textContent = `The commands could not be listed: ${failureOf(error).message}`;
    }
  }

  async #call(request: CallRequest): Promise<void> {
    // What the click changed is painted first: the answer would wait for it, and the call seem to take as long.
    await framePainted();
    const call = new Call(++this.#calls, request);
    const ended = call.run(() => this.#panel.progress(call));
    // What is answered at once is shown with its answer, for the same reason.
    await Promise.race([ended, pause(longCall)]);
    this.#history.add(call);
    this.#panel.show(call);
    await ended;
    this.#history.refresh();
    // Another call may have been chosen meanwhile.
    this.#panel.progress(call);
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

  #createQuickButton(name: string): HTMLElement {
    const button = element("button", { class: "chip", type: "button" }, icon("bolt"), name);
    button.addEventListener("click", () => {
      this.#prepare(name);
      this.#panel.submit();
    });
    return button;
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}
