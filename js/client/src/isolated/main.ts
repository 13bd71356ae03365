// The script of the isolated world: it alone can post to C#, stamps what it posts with its document and origin, and is out of
// reach of whatever the page does to its own prototypes.
import { Relay } from "./relay";

interface NativeHandler {
  postMessage(text: string): Promise<string>;
}

declare const webkit: { messageHandlers: { oriel: NativeHandler } };

const random = crypto.getRandomValues(new Uint8Array(16));
const documentId = Array.from(random, (byte) => byte.toString(16).padStart(2, "0")).join("");

const relay = new Relay({
  documentId,
  origin: location.origin,
  post: (text) => webkit.messageHandlers.oriel.postMessage(text),
  openDown: () => fetch(`oriel://app/.oriel/down/${documentId}`),
  // Capturing, and before any script of the page: none can stop an event on its way here.
  listen: (type, handler) => window.addEventListener(type, (event) => handler((event as CustomEvent<unknown>).detail), true),
  dispatch: (type, detail) => window.dispatchEvent(new CustomEvent(type, { detail })),
  whenInteractive:
    document.readyState === "loading"
      ? new Promise((resolve) => document.addEventListener("DOMContentLoaded", () => resolve(), { once: true }))
      : Promise.resolve(),
});

// Where responses cannot be streamed, C# hands the lines in by a script in this world.
Object.defineProperty(globalThis, "__orielPost", { value: (lines: string) => void relay.receivePosted(lines) });

relay.start();

// Tells the engine when there is something to show, so that the window can appear without a flash.
function whenPainted(report: () => void): void {
  let reported = false;
  const once = () => {
    if (!reported) {
      reported = true;
      report();
    }
  };

  new PerformanceObserver((_, observer) => {
    observer.disconnect();
    once();
  }).observe({ type: "paint", buffered: true });

  // A page without content has no first contentful paint. The first frame after its elements are there is on its way to the
  // engine when the frame's callbacks are over: what is posted from the next task arrives behind it.
  document.addEventListener(
    "DOMContentLoaded",
    () =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = once;
        port2.postMessage(null);
      }),
    { once: true },
  );
}

whenPainted(() => void webkit.messageHandlers.oriel.postMessage("painted"));
