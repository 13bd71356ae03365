import { element, setText } from "../dom";
import { formatCount, formatMilliseconds, formatRate } from "../format";
import { onNextFrame } from "../frames";
import { icon } from "../icons";
import { showFailure } from "../notices";
import { Burst, type BurstReport } from "./burst";

/** Starts bursts of events, and shows how fast they arrive. */
export class BurstCard {
  readonly element: HTMLElement;
  readonly #count = numberField(10_000, 1, 1_000_000);
  readonly #size = numberField(64, 0, 1_000_000);
  readonly #start = element("button", { class: "button primary", type: "submit" }, icon("bolt"), "Start burst");
  readonly #rate = element("output", { class: "burst-rate" }, "–");
  readonly #progress = element("progress", { max: 1, value: 0, "aria-label": "Events received" });
  readonly #facts = element("p", { class: "muted", role: "status" }, "Nothing measured yet.");
  readonly #showProgress = () => this.#running && this.#show(this.#running.report());
  #running: Burst | null = null;
  #asked = 1;

  constructor() {
    const form = element(
      "form",
      { class: "event-form" },
      element("label", { class: "field" }, element("span", {}, "Events"), this.#count),
      element("label", { class: "field" }, element("span", {}, "Padding, bytes"), this.#size),
      this.#start,
    );
    form.addEventListener("submit", event => {
      event.preventDefault();
      void this.#run();
    });
    this.element = element(
      "section",
      { class: "card event-card", "aria-label": "Burst" },
      element("h2", {}, "Burst"),
      element("p", { class: "muted" }, "As fast as C# sends and the page takes."),
      form,
      element("p", { class: "burst-result" }, this.#rate, element("span", { class: "muted" }, "events a second")),
      this.#progress,
      this.#facts,
    );
  }

  async #run(): Promise<void> {
    this.#asked = clamped(this.#count);
    this.#start.disabled = true;
    try {
      const report = await Burst.run(this.#asked, clamped(this.#size), burst => {
        this.#running = burst;
        onNextFrame(this.#showProgress);
      });
      this.#running = null;
      this.#show(report);
    } catch (error) {
      showFailure("The burst failed.", error);
    } finally {
      this.#running = null;
      this.#start.disabled = false;
    }
  }

  #show(report: BurstReport): void {
    this.#progress.value = report.received / this.#asked;
    setText(this.#rate, formatCount(report.perSecond));
    const facts = [
      `${formatCount(report.received)} received in ${formatMilliseconds(report.milliseconds)}`,
      formatRate(report.bytesPerSecond),
      report.inOrder ? "in order" : "OUT OF ORDER",
    ];
    if (report.sent) {
      facts.push(`C# sent for ${formatMilliseconds(report.sent.milliseconds)}`);
      if (report.received < report.sent.count) {
        facts.push(`${formatCount(report.sent.count - report.received)} MISSING`);
      }
    }

    setText(this.#facts, facts.join(" · "));
  }
}

function numberField(value: number, min: number, max: number): HTMLInputElement {
  return element("input", { type: "number", class: "number", value, min, max, required: true });
}

function clamped(field: HTMLInputElement): number {
  return Math.max(Number(field.min), Math.min(Number(field.max), Math.round(field.valueAsNumber || 0)));
}
