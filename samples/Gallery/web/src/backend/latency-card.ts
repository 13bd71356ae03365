import { python, type BackendTraffic } from "../oriel";
import { element } from "../dom";
import { formatBytes, formatCount, formatMilliseconds } from "../format";
import { onNextFrame } from "../frames";
import { icon } from "../icons";
import { MetricCard } from "../monitor/metric-card";
import { showFailure } from "../notices";
import { bucketEdges, LatencyHistogram } from "./latency-histogram";
import { pythonFunctions } from "./python-functions";

const runLength = 1000;

/** How long calls take, from the page and from C#, on a logarithmic scale. */
export class LatencyCard {
  readonly #card = new MetricCard("Latency", "latency-card", [
    { name: "Page → C# → Python", color: "--chart-cpu" },
    { name: "C# → Python", color: "--chart-write" },
    { name: "Channel, all calls of this life" },
    { name: "Channel, messages" },
  ]);
  readonly #fromPage = new LatencyHistogram();
  readonly #fromCSharp = new LatencyHistogram();
  readonly #run = element("button", { class: "button", type: "button" }, icon("bolt"), `Run ${formatCount(runLength)} calls`);
  readonly #bars: readonly (readonly [page: HTMLElement, cSharp: HTMLElement])[];
  readonly #columns: readonly HTMLElement[];
  readonly #draw = () => this.#drawNow();
  readonly #onRun: () => void;
  #traffic: BackendTraffic | null = null;
  #ready = false;
  #running = false;

  /** @param onRun Called when a run has ended. */
  constructor(onRun: () => void) {
    this.#onRun = onRun;
    this.#bars = bucketEdges.map(() => [element("span", { class: "bar from-page" }), element("span", { class: "bar from-csharp" })] as const);
    this.#columns = bucketEdges.map((edge, i) =>
      element(
        "div",
        { class: "bucket" },
        element("span", { class: "bars" }, ...this.#bars[i]!),
        element("span", { class: "bucket-label muted" }, i % 2 === 0 ? formatEdge(edge) : ""),
      ),
    );
    this.#card.body.append(element("div", { class: "histogram", role: "img", "aria-label": "Calls by their time" }, ...this.#columns));
    this.#card.head.append(this.#run);
    this.#run.addEventListener("click", () => void this.#measure());
    this.#drawNow();
  }

  get element(): HTMLElement {
    return this.#card.element;
  }

  /** Shows what the channel says, and whether calls can be made. */
  show(traffic: BackendTraffic | null): void {
    this.#traffic = traffic;
    this.#ready = traffic !== null;
    onNextFrame(this.#draw);
  }

  /** Adds the time of a call that the page has made. */
  add(milliseconds: number): void {
    this.#fromPage.add(milliseconds);
    onNextFrame(this.#draw);
  }

  async #measure(): Promise<void> {
    this.#running = true;
    this.#drawNow();
    try {
      for (let i = 0; i < runLength; i++) {
        const started = performance.now();
        await pythonFunctions.echo("0123456789");
        // Drawn at the end: a call would wait for every frame.
        this.#fromPage.add(performance.now() - started);
      }

      for (const time of await python.measure({ count: runLength })) {
        this.#fromCSharp.add(time);
      }
    } catch (error) {
      showFailure("The calls were not all answered.", error);
    } finally {
      this.#running = false;
      this.#drawNow();
      this.#onRun();
    }
  }

  #drawNow(): void {
    const page = this.#fromPage.counts;
    const cSharp = this.#fromCSharp.counts;
    const highest = Math.max(1, ...page, ...cSharp);
    this.#bars.forEach(([pageBar, cSharpBar], i) => {
      setHeight(pageBar, page[i]! / highest);
      setHeight(cSharpBar, cSharp[i]! / highest);
      this.#columns[i]!.title = `From ${formatEdge(bucketEdges[i]!)}: ${formatCount(page[i]!)} from the page, ${formatCount(cSharp[i]!)} from C#`;
    });
    this.#run.disabled = this.#running || !this.#ready;
    this.#card.figures = [
      summary(this.#fromPage),
      summary(this.#fromCSharp),
      this.#traffic && this.#traffic.calls > 0
        ? `${formatCount(this.#traffic.calls)} · p50 ${formatMilliseconds(this.#traffic.p50)} · p99 ${formatMilliseconds(this.#traffic.p99)}`
        : "–",
      this.#traffic
        ? `${formatCount(this.#traffic.sent)} out (${formatBytes(this.#traffic.bytesSent)}) · ${formatCount(this.#traffic.received)} in (${formatBytes(this.#traffic.bytesReceived)}) · ${formatCount(this.#traffic.errors)} errors`
        : "–",
    ];
  }
}

function summary(histogram: LatencyHistogram): string {
  if (histogram.count === 0) {
    return "–";
  }

  const [p50, p99] = histogram.quantiles(0.5, 0.99);
  return `${formatCount(histogram.count)} · p50 ${formatMilliseconds(p50!)} · p99 ${formatMilliseconds(p99!)}`;
}

/** A single call among thousands must be seen, too. */
function setHeight(bar: HTMLElement, share: number): void {
  bar.style.height = share > 0 ? `max(2px, ${(share * 100).toFixed(2)}%)` : "0";
}

function formatEdge(milliseconds: number): string {
  return milliseconds < 1 ? `${Math.round(milliseconds * 1000)} µs` : milliseconds < 1000 ? `${milliseconds} ms` : "1 s";
}
