import { Call, type CallRequest } from "../bridge/call";
import { CallPanel } from "../bridge/call-panel";
import { makeCall } from "../bridge/make-call";
import { element, setText } from "../dom";
import { isAbort } from "../errors";
import { icon, type IconName } from "../icons";
import { summarize } from "../json-text";
import { showFailure } from "../notices";
import { events, python, type BackendLine, type BackendReport } from "../oriel";
import { pageSection, type Page } from "../page";
import { factsText, isPossible, stateText, type BackendAction } from "./backend-state";
import { LatencyCard } from "./latency-card";
import { LineList } from "./line-list";
import { pythonFunctions } from "./python-functions";

interface Example {
  readonly name: string;
  readonly description: string;
  readonly argumentsValue: unknown;
  readonly stream?: boolean;
}

const examples: readonly Example[] = [
  { name: "frames", description: "Numbers as a list, and a print beside.", argumentsValue: { start: 1, end: 9 } },
  { name: "echo", description: "Answers with the value.", argumentsValue: { value: "Grüße, 世界 👋" } },
  { name: "primes", description: "An asynchronous generator, as a stream.", argumentsValue: { to: 1000, delay: 0.05 }, stream: true },
  { name: "fail", description: "Raises: the error as it comes.", argumentsValue: {} },
];

const actions: readonly [action: BackendAction, label: string, symbol: IconName, hint: string][] = [
  ["start", "Start", "play", "Starts the process"],
  ["stop", "Stop", "stop", "Ends the process by the end of its channel"],
  ["restart", "Restart", "refresh", "Ends the process and starts it again"],
  ["kill", "Kill", "close", "kill -9: it is started again"],
  ["crash", "Crash", "warning", "The process ends itself with exit code 3: it is started again"],
];

/** A back end in Python, live: its process, its calls, its events and what it prints. */
export class BackendPage implements Page {
  readonly element: HTMLElement;
  readonly loaded: Promise<void>;
  readonly #chip = element("span", { class: "state backend-state", role: "status" });
  // Beside the state, which is read aloud when it changes: the uptime does so every second.
  readonly #facts = element("span", { class: "muted backend-facts" });
  readonly #problem = element("p", { class: "pane-note backend-problem", tabindex: 0, hidden: true });
  readonly #buttons = new Map<BackendAction, HTMLButtonElement>();
  readonly #pending = new Set<BackendAction>();
  readonly #panel = new CallPanel(request => void this.#call(request), "backend-arguments", 3);
  readonly #latency = new LatencyCard(() => void this.#refresh());
  readonly #output = new LineList("Output", "Nothing printed yet.");
  readonly #events = new LineList("Events", "No events yet.");
  readonly #pulse = element("input", { type: "checkbox", role: "switch", class: "switch", "aria-label": "Event pulse" });
  #report: BackendReport | null = null;
  #reportedAt = 0;
  #lastLine = 0;
  #calls = 0;
  #started = false;
  #clock = 0;
  #asking = false;
  #askAgain = false;
  #markLoaded = (): void => {};

  constructor() {
    this.loaded = new Promise(resolve => (this.#markLoaded = resolve));
    for (const [action, label, symbol, hint] of actions) {
      const button = element("button", { class: "button", type: "button", title: hint, "data-action": action, disabled: true }, icon(symbol), label);
      button.addEventListener("click", () => void this.#act(action));
      this.#buttons.set(action, button);
    }

    this.#pulse.disabled = true;
    this.#pulse.addEventListener("change", () => void this.#setPulse());
    this.#events.head.lastElementChild!.before(element("label", { class: "check pulse-choice" }, "pulse", this.#pulse));
    this.element = pageSection(
      {
        name: "backend",
        title: "Back end",
        subtitle: "A Python program in a process of its own.",
        actions: [this.#facts, this.#chip, ...this.#buttons.values()],
      },
      this.#problem,
      element(
        "div",
        { class: "backend-side" },
        element("div", { class: "quick", role: "group", "aria-label": "Functions" }, ...examples.map(example => this.#createChoice(example))),
        this.#panel.element,
      ),
      element(
        "div",
        { class: "backend-main" },
        this.#latency.element,
        element("div", { class: "backend-lines" }, this.#output.element, this.#events.element),
      ),
    );
    this.#prepare(examples[0]!);
  }

  show(): void {
    this.#clock = window.setInterval(() => this.#showState(), 1000);
    if (!this.#started) {
      this.#started = true;
      void this.#begin();
    }
  }

  hide(): void {
    clearInterval(this.#clock);
  }

  async #begin(): Promise<void> {
    pythonFunctions.onState(data => {
      if (data.name === "backend") {
        this.#events.add(Date.now(), `backend:state ${summarize(data, 160)}`, "state");
        void this.#refresh();
      }
    });
    pythonFunctions.onPulse(data => {
      this.#events.add(Date.now(), `pulse ${summarize(data, 160)}`, "event");
      void this.#refresh();
    });
    events.onPythonLine(line => this.#addLine(line));
    try {
      for (const line of await python.lines()) {
        this.#addLine(line);
      }
    } catch (error) {
      showFailure("What the back end has printed could not be read.", error);
    }

    await this.#refresh();
    this.#markLoaded();
    // The first look at the page is what starts it; after that the buttons rule.
    if (this.#report?.state === "stopped" && this.#lastLine === 0) {
      await this.#act("start");
    }
  }

  // Lines that came while the kept ones were asked for are among them.
  #addLine({ number, time, error, text }: BackendLine): void {
    if (number > this.#lastLine) {
      this.#lastLine = number;
      this.#output.add(time, text, error ? "error" : "plain");
    }
  }

  /** Asks how the back end is. Whoever asks meanwhile gets an answer that is as new. */
  async #refresh(): Promise<void> {
    this.#askAgain = true;
    if (this.#asking) {
      return;
    }

    this.#asking = true;
    try {
      while (this.#askAgain) {
        this.#askAgain = false;
        this.#take(await python.status());
      }
    } catch (error) {
      showFailure("The state of the back end is not known.", error);
    } finally {
      this.#asking = false;
    }
  }

  #take(report: BackendReport): void {
    const before = this.#report;
    this.#report = report;
    this.#reportedAt = Date.now();
    this.#showState();
    this.#latency.show(report.traffic);
    this.#pulse.disabled = report.state !== "ready";
    // A new process knows nothing of what the one before was asked for.
    if (report.state === "ready" && before?.pid !== report.pid && this.#pulse.checked) {
      void this.#setPulse();
    }
  }

  #showState(): void {
    const report = this.#report;
    if (!report) {
      return;
    }

    const uptime = report.uptime + (Date.now() - this.#reportedAt) / 1000;
    this.#chip.dataset["state"] = report.state;
    setText(this.#chip, stateText(report.state));
    setText(this.#facts, factsText({ ...report, uptime }));
    for (const [action, button] of this.#buttons) {
      button.disabled = this.#pending.has(action) || !isPossible(action, report.state);
      button.classList.toggle("primary", action === "start" && !button.disabled);
    }

    // What ended a life that somebody has stopped or started anew concerns nobody any more.
    const isTroubled = report.state === "failed" || (report.state !== "stopped" && report.restarts > 0);
    const problem = (isTroubled && report.lastError) || "";
    this.#problem.hidden = problem === "";
    setText(this.#problem, problem);
  }

  async #act(action: BackendAction): Promise<void> {
    this.#pending.add(action);
    this.#showState();
    try {
      await (action === "crash" ? pythonFunctions.crash() : python[action]({ timeout: 60_000 }));
    } catch (error) {
      // A crash is answered by the end of the process, and why a start failed stands on the page.
      if (action !== "crash" && action !== "start") {
        showFailure(`The back end could not be asked to ${action}.`, error);
      }
    } finally {
      this.#pending.delete(action);
      await this.#refresh();
    }
  }

  async #setPulse(): Promise<void> {
    const enabled = this.#pulse.checked;
    try {
      await pythonFunctions.pulse(enabled);
    } catch (error) {
      this.#pulse.checked = !enabled;
      showFailure("The pulse could not be switched.", error);
    }
  }

  async #call(request: CallRequest): Promise<void> {
    const call = new Call(++this.#calls, request);
    await makeCall(call, this.#panel);
    if (call.state === "done" && !request.stream) {
      this.#latency.add(call.elapsed);
    }

    if (!isAbort(call.failure)) {
      await this.#refresh();
    }
  }

  #prepare({ name, description, argumentsValue, stream }: Example): void {
    this.#panel.prepare({
      name: `backend.${name}`,
      description,
      example: JSON.stringify(argumentsValue),
      stream: stream ?? false,
    });
  }

  #createChoice(example: Example): HTMLElement {
    const button = element("button", { class: "chip", type: "button", "data-function": example.name }, icon("bolt"), example.name);
    button.addEventListener("click", () => {
      this.#prepare(example);
      this.#panel.submit();
    });
    return button;
  }
}
