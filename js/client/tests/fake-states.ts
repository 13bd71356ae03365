// What C# does with states, as far as a page can tell.
import { States } from "../src/client/state";
import type { OrielState, PatchOperation } from "../src/api";
import { applyPatch } from "../src/client/patch";

interface Call {
  name: string;
  args: any;
  answer(): void;
}

/** Several states of C#, followed by one page. */
export class FakeStates {
  readonly values = new Map<string, { version: number; value: any }>();
  /** The requests so far, as `open cart`. */
  readonly log: string[] = [];
  /** Requests that wait for {@link answer}, when they do. */
  readonly waiting: Call[] = [];
  readonly open = new Set<string>();
  /** What the next requests to open a state fail with. */
  readonly openFailures: Error[] = [];
  readonly states: States;
  isHolding = false;

  constructor(values: Record<string, unknown> = {}) {
    for (const [key, value] of Object.entries(values)) {
      this.values.set(key, { version: 1, value });
    }

    this.states = new States((name, args) => new Promise((resolve, reject) => this.#receive(name, args, resolve, reject)));
  }

  get<T = any>(key: string): OrielState<T> {
    return this.states.get(key);
  }

  /** C# changes a state: those who follow it are sent the value, or a patch. */
  change(key: string, value: unknown, patch?: PatchOperation[]): void {
    const state = this.values.get(key)!;
    state.version++;
    state.value = value;
    if (this.open.has(key)) {
      this.states.deliver(patch ? { key, version: state.version, from: state.version - 1, patch } : { key, version: state.version, value });
    }
  }

  /** Answers what waits, in order. */
  async answer(): Promise<void> {
    await turn();
    for (const { answer } of this.waiting.splice(0)) {
      answer();
    }

    await turn();
  }

  #receive(name: string, args: any, resolve: (value: unknown) => void, reject: (error: unknown) => void): void {
    const command = name.slice("oriel.state.".length);
    this.log.push(command === "set" ? `set ${args.key} ${JSON.stringify(args.patch ?? args.value)}` : `${command} ${args.key}`);
    const answer = () => {
      try {
        resolve(this.#answer(command, args));
      } catch (error) {
        reject(error);
      }
    };
    if (this.isHolding) {
      this.waiting.push({ name, args, answer });
    } else {
      answer();
    }
  }

  #answer(command: string, { key, version, value, patch }: any): unknown {
    const state = this.values.get(key);
    const failed = command === "open" && this.openFailures.shift();
    if (failed) {
      throw failed;
    }

    if (!state) {
      throw failure(-32602, `There is no state "${key}".`);
    }

    switch (command) {
      case "open":
        this.open.add(key);
        return { ...state };
      case "close":
        this.open.delete(key);
        return null;
      default:
        if (version !== state.version) {
          throw failure(-32008, "It has changed.", { ...state });
        }

        if (value === "refused") {
          throw failure(-32602, "It does not fit.");
        }

        state.value = patch ? applyPatch(state.value, patch) : value;
        return { version: ++state.version };
    }
  }
}

export function failure(code: number, message: string, data?: unknown): Error {
  return Object.assign(new Error(message), { name: "OrielError", code, data });
}

/** Runs what is queued behind promises. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
