import { events, feeds, type BurstItem, type BurstResult } from "../oriel";

/** What a burst of events measured on this side. */
export interface BurstReport {
  readonly received: number;
  /** From the call to the last event, in milliseconds. */
  readonly milliseconds: number;
  readonly perSecond: number;
  /** Of the events' data as JSON. */
  readonly bytesPerSecond: number;
  readonly inOrder: boolean;
  /** What C# says of the sending; null while it goes on. */
  readonly sent: BurstResult | null;
}

/** Asks C# for a burst of events, and counts what arrives. */
export class Burst {
  readonly #started = performance.now();
  #received = 0;
  #bytes = 0;
  #last = this.#started;
  #inOrder = true;
  #sent: BurstResult | null = null;

  /** Runs one burst; resolves when all its events are here. `onProgress` is called after every event. */
  static async run(count: number, size: number, onProgress: (burst: Burst) => void): Promise<BurstReport> {
    const burst = new Burst();
    let allReceived = (): void => {};
    const complete = new Promise<void>(resolve => (allReceived = resolve));
    const stop = events.onBurstItem(item => {
      burst.#count(item);
      onProgress(burst);
      if (burst.#received >= count) {
        allReceived();
      }
    });

    try {
      burst.#sent = await feeds.burst({ count, size }, { timeout: 0 });
      // The answer and the events travel by different ways: the last events may still be on theirs.
      if (burst.#received < count) {
        await Promise.race([complete, new Promise(resolve => setTimeout(resolve, 5000))]);
      }

      return burst.report();
    } finally {
      stop();
    }
  }

  report(): BurstReport {
    const milliseconds = this.#last - this.#started;
    const seconds = Math.max(milliseconds, 0.001) / 1000;
    return {
      received: this.#received,
      milliseconds,
      perSecond: this.#received / seconds,
      bytesPerSecond: this.#bytes / seconds,
      inOrder: this.#inOrder,
      sent: this.#sent,
    };
  }

  #count(item: BurstItem): void {
    this.#inOrder &&= item.index === this.#received;
    this.#received++;
    // {"index":,"padding":""} and what is in it; writing the JSON again would be measured as well.
    this.#bytes += 23 + String(item.index).length + item.padding.length;
    this.#last = performance.now();
  }
}
