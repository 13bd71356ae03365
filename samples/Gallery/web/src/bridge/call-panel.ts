import type { CommandDescription } from "../oriel";
import { element, setText } from "../dom";
import { formatCount, formatMilliseconds } from "../format";
import { onNextFrame } from "../frames";
import { icon } from "../icons";
import { prettyJson } from "../json-text";
import { showJson } from "../json-view";
import type { Call, CallRequest, CallState } from "./call";

const defaultTimeout = 30_000;

const stateTexts: Record<CallState, string> = {
  running: "Running",
  done: "Done",
  failed: "Failed",
  cancelled: "Cancelled",
};

/** What is known of a command that is to be called; a back end says nothing of its threads. */
export type PreparedCommand = Omit<CommandDescription, "thread"> & Partial<Pick<CommandDescription, "thread">>;

/** Where a command is called by hand, and where its answer appears. */
export class CallPanel {
  readonly element: HTMLElement;
  readonly #onCall: (request: CallRequest) => void;
  readonly #title = element("h2", { class: "mono cut" });
  readonly #thread = element("span", { class: "badge", hidden: true });
  readonly #description = element("p", { class: "muted call-description" }, "");
  readonly #editor: HTMLTextAreaElement;
  readonly #problem: HTMLElement;
  readonly #stream = element("input", { type: "checkbox" });
  readonly #timeout = element("input", { type: "number", min: 0, step: 500, value: defaultTimeout, class: "number" });
  readonly #callButton = element("button", { class: "button primary", type: "submit" }, icon("play"), "Call");
  readonly #cancelButton = element("button", { class: "button", type: "button", disabled: true }, icon("stop"), "Cancel");
  readonly #state = element("span", { class: "state", role: "status" });
  readonly #elapsed = element("span", { class: "muted" });
  readonly #request = element("pre", { class: "json", tabindex: 0, "aria-label": "Request" });
  readonly #answer = element("pre", { class: "json", tabindex: 0, "aria-label": "Answer" });
  readonly #answerTitle = element("h3", {}, "Answer");
  readonly #showProgress = () => this.#call && this.show(this.#call);
  #command: string | null = null;
  #call: Call | null = null;

  /**
   * @param onCall Called when the user calls the command.
   * @param id The id of the field with the arguments.
   * @param rows The field's lines at first.
   */
  constructor(onCall: (request: CallRequest) => void, id = "call-arguments", rows = 6) {
    this.#onCall = onCall;
    this.#editor = element("textarea", {
      class: "mono",
      id,
      rows,
      spellcheck: "false",
      autocapitalize: "off",
      autocomplete: "off",
      "aria-describedby": `${id}-problem`,
    });
    this.#problem = element("p", { class: "field-problem", id: `${id}-problem`, role: "status" });
    const form = element(
      "form",
      { class: "call-form" },
      element("label", { class: "field-label", for: id }, "Arguments (JSON)"),
      this.#editor,
      this.#problem,
      element(
        "div",
        { class: "call-actions" },
        this.#callButton,
        this.#cancelButton,
        element("label", { class: "check" }, this.#stream, "As a stream"),
        element("label", { class: "field-inline" }, element("span", {}, "Timeout"), this.#timeout, "ms"),
      ),
    );
    form.addEventListener("submit", event => {
      event.preventDefault();
      this.submit();
    });
    this.#editor.addEventListener("input", () => this.#check());
    this.#editor.addEventListener("keydown", event => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        this.submit();
      }
    });
    this.#cancelButton.addEventListener("click", () => this.#call?.cancel());
    this.element = element(
      "section",
      { class: "card panel call-pane", "aria-label": "Call" },
      element("header", { class: "panel-head" }, this.#title, this.#thread),
      element(
        "div",
        { class: "pane-scroll" },
        this.#description,
        form,
        element("header", { class: "answer-head" }, element("h3", {}, "Request")),
        this.#request,
        element("header", { class: "answer-head" }, this.#answerTitle, this.#state, this.#elapsed),
        this.#answer,
      ),
    );
    this.#check();
  }

  /** Prepares a command to be called, with its example as the arguments. */
  prepare(command: PreparedCommand): void {
    this.#command = command.name;
    setText(this.#title, command.name);
    setText(this.#description, command.description ?? "This command has no description.");
    setText(this.#thread, command.thread === "ui" ? "UI thread" : "Background thread");
    this.#thread.hidden = command.thread === undefined;
    this.#editor.value = indented(command.example ?? "");
    this.#stream.checked = command.stream;
    this.#check();
  }

  /** Fills the form with a request that was made before. */
  restore(request: CallRequest): void {
    this.#editor.value = request.argumentsText;
    this.#stream.checked = request.stream;
    this.#timeout.value = String(request.timeout);
    this.#check();
  }

  /** Calls the command with what is in the form. */
  submit(): void {
    if (this.#command !== null && this.#check()) {
      this.#onCall({
        command: this.#command,
        argumentsText: this.#editor.value,
        stream: this.#stream.checked,
        timeout: Math.max(0, Number(this.#timeout.value) || 0),
      });
    }
  }

  /** Shows a call: its request, and what has come back so far. */
  show(call: Call): void {
    this.#call = call;
    this.#cancelButton.disabled = call.state !== "running";
    this.#state.dataset["state"] = call.state;
    setText(this.#state, call.failure?.code === undefined ? stateTexts[call.state] : `Error ${call.failure.code}`);
    const items = call.request.stream ? `${formatCount(call.items)} items` : "";
    const elapsed = call.state === "running" ? "" : formatMilliseconds(call.elapsed);
    setText(this.#elapsed, [items, elapsed].filter(Boolean).join(" in "));
    showJson(this.#request, requestText(call.request));
    setText(this.#answerTitle, call.failure ? "Error" : "Answer");
    this.#answer.classList.toggle("failed", call.state === "failed");
    if (call.failure) {
      showJson(this.#answer, prettyJson(call.failure));
    } else if (call.state === "running" && call.items === 0) {
      this.#answer.textContent = "…";
    } else {
      showJson(this.#answer, prettyJson(call.result));
    }
  }

  /** Shows the call's progress in the next frame, if it is the one on show. */
  progress(call: Call): void {
    if (this.#call === call) {
      onNextFrame(this.#showProgress);
    }
  }

  /** Says what is wrong with the arguments; true when nothing is. */
  #check(): boolean {
    let problem = "";
    const text = this.#editor.value.trim();
    if (text) {
      try {
        JSON.parse(text);
      } catch (error) {
        problem = `This is not JSON: ${(error as Error).message}`;
      }
    }

    setText(this.#problem, problem);
    this.#editor.setAttribute("aria-invalid", String(problem !== ""));
    this.#callButton.disabled = problem !== "" || this.#command === null;
    return problem === "";
  }
}

function indented(json: string): string {
  try {
    return json.trim() ? prettyJson(JSON.parse(json)) : "";
  } catch {
    return json;
  }
}

/** The request as it would be written in code. */
function requestText({ command, argumentsText, stream, timeout }: CallRequest): string {
  const value: unknown = argumentsText.trim() ? JSON.parse(argumentsText) : undefined;
  const parts = [JSON.stringify(command), ...(value === undefined ? [] : [prettyJson(value)])];
  if (!stream && timeout !== defaultTimeout) {
    parts.push(...(value === undefined ? ["undefined"] : []), `{ "timeout": ${timeout} }`);
  }

  return `oriel.${stream ? "stream" : "invoke"}(${parts.join(", ")})`;
}
