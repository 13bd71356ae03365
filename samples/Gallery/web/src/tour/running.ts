import { failureOf, isAbort } from "../errors";
import { setText } from "../dom";
import type { icon } from "../icons";

/** A button that starts what can be stopped, and stops it. */
export class Running {
  #abort: AbortController | null = null;

  /**
   * @param button The button. While something runs it says "Stop".
   * @param facts Where a failure is told.
   * @param work What the button starts, until it ends or the signal says so.
   * @param symbols What the button shows at rest, and while something runs.
   */
  constructor(
    readonly button: HTMLButtonElement,
    readonly facts: HTMLElement,
    work: (signal: AbortSignal) => Promise<void>,
    symbols: { readonly rest: ReturnType<typeof icon>; readonly running: ReturnType<typeof icon> },
  ) {
    const label = button.textContent ?? "";
    button.prepend(symbols.rest);
    button.addEventListener("click", () => {
      if (this.#abort) {
        this.#abort.abort();
        return;
      }

      const abort = new AbortController();
      this.#abort = abort;
      button.replaceChildren(symbols.running, "Stop");
      void work(abort.signal)
        .catch((error: unknown) => {
          if (!isAbort(error)) {
            setText(facts, failureOf(error).message);
          }
        })
        .finally(() => {
          this.#abort = null;
          button.replaceChildren(symbols.rest, label);
        });
    });
  }
}
