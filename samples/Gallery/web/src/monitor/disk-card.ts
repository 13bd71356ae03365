import type { DiskSample, SystemSample } from "../oriel";
import { formatBytes, formatPercent } from "../format";
import { DeviceCard } from "./device-card";

/** What is read from and written to the disks, and how full they are. */
export class DiskCard {
  readonly #card = new DeviceCard(
    "Disk",
    "Disk",
    [
      { name: "Read", color: "--chart-read" },
      { name: "Write", color: "--chart-write" },
    ],
    "Used",
  );

  get element(): HTMLElement {
    return this.#card.element;
  }

  add({ time, disks }: SystemSample): void {
    // A device that is mounted twice reads and writes once.
    const devices = [...new Map(disks.map(disk => [disk.device, disk])).values()];
    const shown = devices.filter(disk => this.#card.shows(disk.mount));
    const total = sum(shown, "total");
    this.#card.add(
      time,
      devices.map(disk => ({ name: disk.mount, in: disk.readRate, out: disk.writeRate })),
      total > 0 ? `${formatPercent(sum(shown, "used") / total)} of ${formatBytes(total)}` : "–",
    );
  }

  draw(): void {
    this.#card.draw();
  }
}

function sum(disks: readonly DiskSample[], size: "total" | "used"): number {
  return disks.reduce((total, disk) => total + disk[size], 0);
}
