import type { CommandDescription } from "../oriel";
import { element, setText } from "../dom";
import { icon } from "../icons";
import { compareText, matches } from "../ordering";

/** The commands that are registered, to filter and to choose from. */
export class CommandList {
  readonly element: HTMLElement;
  readonly #onSelect: (command: CommandDescription) => void;
  readonly #filter = element("input", {
    type: "search",
    placeholder: "Filter commands",
    "aria-label": "Filter commands",
    "data-find": true,
    spellcheck: "false",
  });
  readonly #count = element("span", { class: "muted count", role: "status" });
  readonly #list = element("ul", { class: "command-list", role: "listbox", tabindex: 0, "aria-label": "Commands" });
  #commands: readonly CommandDescription[] = [];
  #shown: readonly CommandDescription[] = [];
  #selected: string | null = null;

  /** @param onSelect Called when the user has chosen a command. */
  constructor(onSelect: (command: CommandDescription) => void) {
    this.#onSelect = onSelect;
    this.#filter.addEventListener("input", () => this.#show());
    this.#filter.addEventListener("keydown", event => {
      if (event.key === "ArrowDown") {
        event.preventDefault();
        this.#list.focus();
      }
    });
    this.#list.addEventListener("keydown", event => this.#onKey(event));
    this.#list.addEventListener("click", event => {
      const option = event.target instanceof Element ? event.target.closest("[role=option]") : null;
      const command = this.#shown.find(candidate => candidate.name === option?.getAttribute("data-command"));
      if (command) {
        this.#choose(command);
      }
    });
    this.element = element(
      "section",
      { class: "card panel command-pane", "aria-label": "Registered commands" },
      element("header", { class: "panel-head" }, element("h2", {}, "Commands"), this.#count),
      element("label", { class: "search wide" }, icon("search"), this.#filter),
      this.#list,
    );
  }

  set commands(commands: readonly CommandDescription[]) {
    this.#commands = [...commands].sort((a, b) => compareText(a.name, b.name));
    this.#show();
  }

  /** Marks a command as the one chosen; the command, if there is one of that name. */
  select(name: string): CommandDescription | undefined {
    this.#selected = name;
    this.#show();
    this.#list.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
    return this.#commands.find(command => command.name === name);
  }

  #choose(command: CommandDescription): void {
    this.select(command.name);
    this.#onSelect(command);
  }

  #show(): void {
    this.#shown = this.#commands.filter(command =>
      matches(this.#filter.value, command.name, command.description ?? ""),
    );
    this.#list.replaceChildren(...this.#shown.map((command, i) => this.#createOption(command, i)));
    const active = this.#shown.findIndex(command => command.name === this.#selected);
    if (active >= 0) {
      this.#list.setAttribute("aria-activedescendant", optionId(active));
    } else {
      this.#list.removeAttribute("aria-activedescendant");
    }

    const all = String(this.#commands.length);
    setText(this.#count, this.#shown.length === this.#commands.length ? all : `${this.#shown.length} of ${all}`);
  }

  #createOption(command: CommandDescription, index: number): HTMLElement {
    const option = element(
      "li",
      {
        role: "option",
        id: optionId(index),
        class: "command",
        "data-command": command.name,
        "aria-selected": String(command.name === this.#selected),
      },
      element("span", { class: "command-name" }, command.name),
    );
    if (command.thread === "ui") {
      option.append(element("span", { class: "badge" }, "UI"));
    }

    if (command.description) {
      option.append(element("span", { class: "command-description muted cut" }, command.description));
      option.title = command.description;
    }

    return option;
  }

  #onKey(event: KeyboardEvent): void {
    const index = this.#shown.findIndex(command => command.name === this.#selected);
    const last = this.#shown.length - 1;
    const targets: Record<string, number> = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: last };
    const target = targets[event.key];
    if (target !== undefined && last >= 0) {
      event.preventDefault();
      this.#choose(this.#shown[Math.max(0, Math.min(last, target))]!);
    }
  }
}

function optionId(index: number): string {
  return `command-${index}`;
}
