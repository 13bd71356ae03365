import type { Greeting, Prime, Receipt } from "../src/oriel";

const megabyte = 2 ** 20;
let greetings = 0;

const receipt = (name: string, length: number, milliseconds: number): Receipt => ({ name, length, sha256: "5f70bf18a086007016e948b04aed3b82".repeat(2), milliseconds });
const pause = (milliseconds: number): Promise<void> => new Promise(resolve => setTimeout(resolve, milliseconds));

/** What stands in for the commands of the tour. */
export const fakeTour: Record<string, (args: any, signal: AbortSignal, onProgress: (value: number) => void) => unknown> = {
  "tour.greet": ({ name }): Greeting => ({ text: `Hello, ${name}!`, number: ++greetings }),
  "tour.digest": async ({ megabytes }, signal, onProgress) => {
    for (let step = 1; step <= 20; step++) {
      await pause(40);
      signal.throwIfAborted();
      onProgress(step / 20);
    }

    return receipt("made up", megabytes * megabyte, 812);
  },
  "tour.picture": () => new TextEncoder().encode("no picture"),
  "tour.download": ({ megabytes }) => {
    let left: number = megabytes;
    return new ReadableStream<Uint8Array>({
      async pull(controller) {
        await pause(2);
        controller.enqueue(new Uint8Array(megabyte));
        if (--left <= 0) {
          controller.close();
        }
      },
    });
  },
  "tour.upload": ({ name, content }: { name: string; content: Blob | Uint8Array }, _, onProgress) => {
    const length = content instanceof Blob ? content.size : content.length;
    onProgress(length);
    return receipt(name, length, 240);
  },
  "tour.openWindow": () => null,
  "tour.openVault": () => "The vault is open.",
};

/** The primes, a few a frame. */
export async function* fakePrimes(): AsyncGenerator<Prime> {
  for (let value = 2, index = 0; ; value++) {
    if (isPrime(value)) {
      yield { index: ++index, value };
      if (index % 500 === 0) {
        await pause(16);
      }
    }
  }
}

function isPrime(value: number): boolean {
  for (let factor = 2; factor * factor <= value; factor++) {
    if (value % factor === 0) {
      return false;
    }
  }

  return true;
}
