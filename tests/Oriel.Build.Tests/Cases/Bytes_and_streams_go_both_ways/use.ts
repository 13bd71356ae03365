import { hash, save, sum, thumbnail, type BinarySource } from "./oriel";

async function* numbers(): AsyncGenerator<number> {
  yield 1;
}

hash({ data: new Uint8Array(3) });
save({ file: new Blob(["a"]) });
save({ file: new ReadableStream<Uint8Array>() });
save({ file: new ArrayBuffer(1), note: null });
sum({ numbers: numbers() });
thumbnail({ id: "1" }).then((stream) => stream.getReader().read());
export const source: BinarySource = new Uint8Array(1);

// @ts-expect-error: a text is no bytes
save({ file: "a" });
// @ts-expect-error: a list is no stream
sum({ numbers: [1] });
// @ts-expect-error: bytes come as one piece
hash({ data: new Blob(["a"]) });
