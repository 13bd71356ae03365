import { element, setText } from "../dom";
import { isAbort } from "../errors";
import { formatBytes, formatMilliseconds, formatPercent } from "../format";
import { icon } from "../icons";
import { tour } from "../oriel";
import { Running } from "./running";
import { tourCard, tourFacts, tourFigure, tourRow } from "./tour-card";

const megabytes = 512;

/** A call that takes a while, says how far it is, and can be cancelled. */
export function createProgressCard(): HTMLElement {
  const start = element("button", { class: "button primary", type: "button" }, "Digest 512 MiB");
  const bar = element("progress", { max: 1, value: 0, "aria-label": "Progress of the digest" });
  const { row, showFigure } = tourFigure("done");
  const facts = tourFacts("SHA-256 in C#, reported by IProgress.");

  new Running(
    start,
    facts,
    async signal => {
      setText(facts, "Running …");
      const onProgress = (share: number): void => {
        bar.value = share;
        showFigure(formatPercent(share));
      };

      try {
        const { sha256, length, milliseconds } = await tour.digest({ megabytes }, { signal, onProgress, timeout: 0 });
        onProgress(1);
        setText(facts, `${formatBytes(length)} in ${formatMilliseconds(milliseconds)} · ${sha256.slice(0, 16)}…`);
      } catch (error) {
        if (isAbort(error)) {
          setText(facts, `Cancelled at ${formatPercent(bar.value)}: C# has seen its token.`);
        }

        throw error;
      }
    },
    { rest: icon("play"), running: icon("stop") },
  );
  return tourCard(
    "progress",
    "Progress, and cancel",
    "Reports never overtake the answer, and a slow page misses some, but not the newest.",
    "tour.digest({ … }, { onProgress, signal })",
    tourRow(start, row),
    bar,
    facts,
  );
}
