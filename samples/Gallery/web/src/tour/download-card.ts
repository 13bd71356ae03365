import { element, setText } from "../dom";
import { failureOf } from "../errors";
import { formatBytes, formatRate } from "../format";
import { onNextFrame } from "../frames";
import { icon } from "../icons";
import { tour } from "../oriel";
import { Running } from "./running";
import { tourCard, tourFacts, tourFigure, tourRow } from "./tour-card";

const megabytes = 256;

/** Bytes from C#: a picture as a whole, and a stream that is read as fast as it comes. */
export function createDownloadCard(): HTMLElement {
  const picture = element("img", { class: "tour-picture", alt: "A picture that C# has painted" });
  const another = element("button", { class: "button", type: "button" }, icon("image"), "Another picture");
  const read = element("button", { class: "button primary", type: "button" }, "Read 256 MiB");
  const { row, showFigure } = tourFigure("");
  const facts = tourFacts("Never as numbers, never as base64.");
  let seed = 1;

  const paint = async (): Promise<void> => {
    try {
      const bytes = await tour.picture({ seed: seed++ });
      const address = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: "image/png" }));
      picture.addEventListener("load", () => URL.revokeObjectURL(address), { once: true });
      picture.src = address;
      setText(facts, `A Uint8Array of ${formatBytes(bytes.length)}, in a Blob.`);
    } catch (error) {
      setText(facts, failureOf(error).message);
    }
  };

  another.addEventListener("click", () => void paint());
  new Running(
    read,
    facts,
    async signal => {
      const started = performance.now();
      let length = 0;
      const show = (): void => {
        showFigure(formatRate(length / ((performance.now() - started) / 1000)));
        setText(facts, `${formatBytes(length)} of ${megabytes} MiB${signal.aborted ? ", then cancelled" : ""}`);
      };

      for await (const part of partsOf(await tour.download({ megabytes }))) {
        length += part.length;
        onNextFrame(show);
        if (signal.aborted) {
          break;
        }
      }

      show();
    },
    { rest: icon("play"), running: icon("stop") },
  );
  void paint();
  return tourCard(
    "download",
    "Bytes from C#",
    "A byte[] is a Uint8Array; a Stream is a ReadableStream.",
    "const png = await tour.picture({ seed })",
    picture,
    tourRow(another, read, row),
    facts,
  );
}

/** The parts of a stream; leaving the loop cancels it. Not every engine iterates a stream itself. */
async function* partsOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (let { value, done } = await reader.read(); !done; { value, done } = await reader.read()) {
      yield value!;
    }
  } finally {
    await reader.cancel();
  }
}
