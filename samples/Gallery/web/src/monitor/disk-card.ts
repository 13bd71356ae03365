import { LineChart } from "../charts/line-chart";
import { rateScale } from "../charts/scale";
import type { Disk, MonitorSample } from "../contract";
import { formatBytes, formatPercent, formatRate } from "../format";
import { DeviceHistory } from "./device-rates";
import { MetricCard } from "./metric-card";

/** What is read from and written to the disks, and how full they are. */
export class DiskCard {
  readonly #card = new MetricCard("Disk", "metric-disk", [
    { name: "Read", color: "--chart-read" },
    { name: "Write", color: "--chart-write" },
    { name: "Used" },
  ]);
  readonly #chart = new LineChart("Disk activity", rateScale);
  readonly #history = new DeviceHistory("Disk", () => this.#choose());

  constructor() {
    this.#card.head.append(this.#history.select);
    this.#card.body.append(this.#chart.element);
    this.#choose();
  }

  get element(): HTMLElement {
    return this.#card.element;
  }

  add({ time, disks }: MonitorSample): void {
    // A device that is mounted twice reads and writes once.
    const devices = [...new Map(disks.map(disk => [disk.device, disk])).values()];
    this.#history.add(
      time,
      devices.map(disk => ({ name: disk.mount, in: disk.readRate, out: disk.writeRate })),
    );

    const shown = this.#history.chosen === null ? devices : devices.filter(disk => disk.mount === this.#history.chosen);
    const total = sum(shown, "total");
    const used = sum(shown, "used");
    this.#card.figures = [
      formatRate(this.#history.samples.last(0)),
      formatRate(this.#history.samples.last(1)),
      total > 0 ? `${formatPercent(used / total)} of ${formatBytes(total)}` : "–",
    ];
  }

  draw(): void {
    this.#chart.draw();
  }

  #choose(): void {
    const samples = this.#history.samples;
    this.#chart.lines = [
      { name: "Read", samples, column: 0, color: "--chart-read", filled: true },
      { name: "Write", samples, column: 1, color: "--chart-write", filled: true },
    ];
  }
}

function sum(disks: readonly Disk[], size: "total" | "used"): number {
  return disks.reduce((total, disk) => total + disk[size], 0);
}
