import { element } from "../dom";
import { onNextFrame } from "../frames";
import { onThemeChange } from "../theme";

/** The time that a chart shows, in milliseconds. */
export const chartSpan = 60_000;

/** A canvas that is painted in device pixels, and only when its data, its size or the theme has changed. */
export abstract class Chart {
  readonly element: HTMLElement;
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #paint = () => this.#paintNow();

  protected constructor(className: string, label: string) {
    this.#canvas = element("canvas", { role: "img", "aria-label": label });
    this.element = element("div", { class: `chart ${className}` }, this.#canvas);
    const context = this.#canvas.getContext("2d");
    if (!context) {
      throw new Error("This engine has no 2D canvas.");
    }

    this.#context = context;
    new ResizeObserver(() => this.draw()).observe(this.element);
    onThemeChange(() => this.draw());
  }

  /** What assistive technology reads in place of the picture. */
  set label(text: string) {
    if (this.#canvas.getAttribute("aria-label") !== text) {
      this.#canvas.setAttribute("aria-label", text);
    }
  }

  /** Paints in the next frame. */
  draw(): void {
    onNextFrame(this.#paint);
  }

  /** Paints into an area of that size in CSS pixels; it has been cleared. */
  protected abstract paint(context: CanvasRenderingContext2D, width: number, height: number): void;

  #paintNow(): void {
    const { clientWidth: width, clientHeight: height } = this.element;
    if (width === 0 || height === 0) {
      return;
    }

    const ratio = devicePixelRatio;
    const pixelWidth = Math.round(width * ratio);
    const pixelHeight = Math.round(height * ratio);
    // Setting the size clears the canvas and allocates it anew, even when it is the same.
    if (this.#canvas.width !== pixelWidth || this.#canvas.height !== pixelHeight) {
      this.#canvas.width = pixelWidth;
      this.#canvas.height = pixelHeight;
    }

    this.#context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.#context.clearRect(0, 0, width, height);
    this.#context.globalAlpha = 1;
    this.paint(this.#context, width, height);
  }
}
