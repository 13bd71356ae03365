import { all, bytes, items, upload, type Promise as Due } from "./oriel";

export const due: Promise<Record<string, Due>> = all();
export const read: Promise<Uint8Array> = bytes();
upload({ blob: new Blob(["x"]) }).then((blob) => blob.b.toFixed());

export async function titles(): Promise<string[]> {
  const titles: string[] = [];
  for await (const record of items()) {
    titles.push(record.title);
  }
  return titles;
}

// @ts-expect-error: the answer is the application's Blob
upload({ blob: new Blob(["x"]) }).then((blob) => blob.size);
