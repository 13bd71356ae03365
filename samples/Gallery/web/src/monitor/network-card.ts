import type { SystemSample } from "../oriel";
import { formatBytes } from "../format";
import { DeviceCard } from "./device-card";

/** What is received and sent over the network. */
export class NetworkCard {
  readonly #card = new DeviceCard(
    "Network",
    "Network interface",
    [
      { name: "Receive", color: "--chart-receive" },
      { name: "Send", color: "--chart-send" },
    ],
    "Total",
  );

  get element(): HTMLElement {
    return this.#card.element;
  }

  add({ time, network }: SystemSample): void {
    const shown = network.filter(device => this.#card.shows(device.name));
    const received = shown.reduce((total, device) => total + device.received, 0);
    const sent = shown.reduce((total, device) => total + device.sent, 0);
    this.#card.add(
      time,
      network.map(device => ({ name: device.name, in: device.receiveRate, out: device.sendRate })),
      `${formatBytes(received)} · ${formatBytes(sent)}`,
    );
  }

  draw(): void {
    this.#card.draw();
  }
}
