import { SampleBuffer } from "../charts/sample-buffer";
import { element } from "../dom";
import { keptSamples } from "./kept-samples";

/** The two rates of a device: in and out, or read and written, in bytes a second. */
export interface DeviceRates {
  readonly name: string;
  readonly in: number;
  readonly out: number;
}

/** The history of every device that was seen and of their sum, and the list to choose from what is shown. */
export class DeviceHistory {
  readonly select: HTMLSelectElement;
  readonly #all = new SampleBuffer(2, keptSamples);
  readonly #devices = new Map<string, SampleBuffer>();

  /**
   * @param label The accessible name of the list.
   * @param onChoice Called when the user has chosen a device, or the sum.
   */
  constructor(label: string, onChoice: () => void) {
    this.select = element("select", { class: "quiet-select", "aria-label": label }, new Option("All", ""));
    this.select.addEventListener("change", onChoice);
  }

  /** The device chosen; null: the sum. */
  get chosen(): string | null {
    return this.select.value || null;
  }

  /** The history of what is chosen. */
  get samples(): SampleBuffer {
    return this.#devices.get(this.select.value) ?? this.#all;
  }

  add(time: number, devices: readonly DeviceRates[]): void {
    this.#all.push(time, [sum(devices, "in"), sum(devices, "out")]);
    for (const device of devices) {
      this.#historyOf(device.name).push(time, [device.in, device.out]);
    }
  }

  #historyOf(name: string): SampleBuffer {
    let history = this.#devices.get(name);
    if (!history) {
      history = new SampleBuffer(2, keptSamples);
      this.#devices.set(name, history);
      this.select.append(new Option(name, name));
    }

    return history;
  }
}

function sum(devices: readonly DeviceRates[], rate: "in" | "out"): number {
  return devices.reduce((total, device) => total + device[rate], 0);
}
