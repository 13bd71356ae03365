import { count, ticks } from "./oriel";

export async function sum(): Promise<number> {
  let sum = 0;
  for await (const number of count({ to: 3 }, { credit: 8 })) {
    sum += number;
  }
  for await (const tick of ticks()) {
    sum += tick.at.length;
    // @ts-expect-error: an item has no such member
    sum += tick.length;
  }
  return sum;
}

count({ to: 3 }, { timeout: 100 });
// @ts-expect-error: a stream reports no progress
count({ to: 3 }, { onProgress: () => {} });
// @ts-expect-error: a stream is no promise
export const wrong: Promise<number> = count({ to: 3 });
