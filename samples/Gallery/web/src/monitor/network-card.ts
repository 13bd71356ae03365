import { LineChart } from "../charts/line-chart";
import { rateScale } from "../charts/scale";
import type { MonitorSample } from "../contract";
import { formatBytes, formatRate } from "../format";
import { DeviceHistory } from "./device-rates";
import { MetricCard } from "./metric-card";

/** What is received and sent over the network. */
export class NetworkCard {
  readonly #card = new MetricCard("Network", "metric-network", [
    { name: "Receive", color: "--chart-receive" },
    { name: "Send", color: "--chart-send" },
    { name: "Total" },
  ]);
  readonly #chart = new LineChart("Network activity", rateScale);
  readonly #history = new DeviceHistory("Network interface", () => this.#choose());

  constructor() {
    this.#card.head.append(this.#history.select);
    this.#card.body.append(this.#chart.element);
    this.#choose();
  }

  get element(): HTMLElement {
    return this.#card.element;
  }

  add({ time, network }: MonitorSample): void {
    this.#history.add(
      time,
      network.map(device => ({ name: device.name, in: device.receiveRate, out: device.sendRate })),
    );

    const shown = network.filter(device => (this.#history.chosen ?? device.name) === device.name);
    const received = shown.reduce((total, device) => total + device.received, 0);
    const sent = shown.reduce((total, device) => total + device.sent, 0);
    this.#card.figures = [
      formatRate(this.#history.samples.last(0)),
      formatRate(this.#history.samples.last(1)),
      `${formatBytes(received)} · ${formatBytes(sent)}`,
    ];
  }

  draw(): void {
    this.#chart.draw();
  }

  #choose(): void {
    const samples = this.#history.samples;
    this.#chart.lines = [
      { name: "Receive", samples, column: 0, color: "--chart-receive", filled: true },
      { name: "Send", samples, column: 1, color: "--chart-send", filled: true },
    ];
  }
}
