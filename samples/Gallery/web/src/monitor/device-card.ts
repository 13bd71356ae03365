import { LineChart } from "../charts/line-chart";
import { rateScale } from "../charts/scale";
import { formatRate } from "../format";
import { DeviceHistory, type DeviceRates } from "./device-rates";
import { MetricCard } from "./metric-card";

/** A direction in which devices carry data. */
export interface Direction {
  readonly name: string;
  /** The custom property of its line. */
  readonly color: string;
}

/** What devices of one kind carry in both directions, with the choice of one of them, and one figure more. */
export class DeviceCard {
  readonly #card: MetricCard;
  readonly #chart: LineChart;
  readonly #history: DeviceHistory;
  readonly #directions: readonly [inward: Direction, outward: Direction];

  /**
   * @param label The accessible name of the list of devices.
   * @param figure The name of the figure beside the two rates.
   */
  constructor(title: string, label: string, directions: readonly [inward: Direction, outward: Direction], figure: string) {
    this.#directions = directions;
    this.#card = new MetricCard(title, `metric-${title.toLowerCase()}`, [...directions, { name: figure }]);
    this.#chart = new LineChart(`${title} activity`, rateScale);
    this.#history = new DeviceHistory(label, () => this.#choose());
    this.#card.head.append(this.#history.select);
    this.#card.body.append(this.#chart.element);
    this.#choose();
  }

  get element(): HTMLElement {
    return this.#card.element;
  }

  /** Whether a device is the one chosen, or all are. */
  shows(name: string): boolean {
    return (this.#history.chosen ?? name) === name;
  }

  add(time: number, devices: readonly DeviceRates[], figure: string): void {
    this.#history.add(time, devices);
    this.#card.figures = [formatRate(this.#history.samples.last(0)), formatRate(this.#history.samples.last(1)), figure];
  }

  draw(): void {
    this.#chart.draw();
  }

  #choose(): void {
    const samples = this.#history.samples;
    this.#chart.lines = this.#directions.map(({ name, color }, column) => ({ name, samples, column, color, filled: true }));
  }
}
