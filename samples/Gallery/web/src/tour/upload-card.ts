import { element, setText } from "../dom";
import { failureOf, isAbort } from "../errors";
import { formatBytes, formatRate } from "../format";
import { icon } from "../icons";
import { tour } from "../oriel";
import { Running } from "./running";
import { tourCard, tourFacts, tourFigure, tourRow } from "./tour-card";

const megabytes = 256;

/** Bytes to C#: a file that is dropped here, or made-up ones. */
export function createUploadCard(): HTMLElement {
  const chooser = element("input", { type: "file", class: "visually-hidden", "aria-label": "A file to send", "data-upload": true });
  const drop = element(
    "label",
    { class: "tour-drop" },
    icon("file"),
    element("span", {}, "Drop a file, or choose one"),
    chooser,
  );
  const send = element("button", { class: "button primary", type: "button" }, "Send 256 MiB");
  const bar = element("progress", { max: 1, value: 0, "aria-label": "Progress of the upload" });
  const { row, showFigure } = tourFigure("");
  const facts = tourFacts("C# reads a Stream; the page sends as fast as it does.");

  const upload = async (name: string, content: Blob | Uint8Array, length: number, signal?: AbortSignal): Promise<void> => {
    const started = performance.now();
    const onProgress = (done: number): void => {
      bar.value = length === 0 ? 1 : done / length;
      showFigure(formatRate(done / ((performance.now() - started) / 1000)));
    };

    try {
      const receipt = await tour.upload({ name, content }, { onProgress, timeout: 0, ...(signal && { signal }) });
      onProgress(receipt.length);
      setText(facts, `${receipt.name}: ${formatBytes(receipt.length)} · SHA-256 ${receipt.sha256.slice(0, 16)}…`);
    } catch (error) {
      setText(facts, isAbort(error) ? "Cancelled: C# reads no more." : failureOf(error).message);
    }
  };
  const take = (files: FileList | null | undefined): void => {
    const file = files?.[0];
    if (file) {
      void upload(file.name, file, file.size);
    }
  };

  chooser.addEventListener("change", () => take(chooser.files));
  drop.addEventListener("dragover", event => {
    event.preventDefault();
    drop.classList.add("over");
  });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", event => {
    event.preventDefault();
    drop.classList.remove("over");
    take(event.dataTransfer?.files);
  });
  new Running(
    send,
    facts,
    signal => upload("made up", new Uint8Array(megabytes * 2 ** 20), megabytes * 2 ** 20, signal),
    { rest: icon("up"), running: icon("stop") },
  );
  return tourCard(
    "upload",
    "Bytes to C#",
    "A File, a Blob, an array or a ReadableStream among the arguments.",
    "tour.upload({ name, content: file })",
    drop,
    tourRow(send, row),
    bar,
    facts,
  );
}
