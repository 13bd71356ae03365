import { element, setText } from "../dom";
import { formatCount } from "../format";
import { onNextFrame } from "../frames";
import { icon } from "../icons";
import { tour, type Prime } from "../oriel";
import { Running } from "./running";
import { tourCard, tourFacts, tourFigure, tourRow } from "./tour-card";

/** A stream without an end: the page leaves it, and C# stops. */
export function createStreamCard(): HTMLElement {
  const start = element("button", { class: "button primary", type: "button" }, "Start");
  const last = element("output", { class: "tour-answer" }, "2, 3, 5, 7 …");
  const { row, showFigure } = tourFigure("items a second");
  const facts = tourFacts("C# is never more than 128 items ahead of the page.");

  new Running(
    start,
    facts,
    async signal => {
      const started = performance.now();
      let latest: Prime | null = null;
      const show = (): void => {
        if (latest) {
          setText(last, `${formatCount(latest.value)} is prime number ${formatCount(latest.index)}`);
          showFigure(formatCount(latest.index / ((performance.now() - started) / 1000)));
        }
      };

      setText(facts, "Running …");
      for await (const prime of tour.primes()) {
        latest = prime;
        onNextFrame(show);
        // Leaving the loop is what cancels: nothing else has to be said.
        if (signal.aborted) {
          break;
        }
      }

      show();
      setText(facts, `Stopped after ${formatCount(latest!.index)} items; C# is stopped too.`);
    },
    { rest: icon("play"), running: icon("stop") },
  );
  return tourCard(
    "stream",
    "A stream",
    "An IAsyncEnumerable in C#, a loop in the page. Leaving the loop ends it.",
    "for await (const p of tour.primes()) …",
    tourRow(start, row),
    last,
    facts,
  );
}
