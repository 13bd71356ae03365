import "./document";
import assert from "node:assert/strict";
import { test } from "node:test";
import type { DotNet } from "@microsoft/dotnet-js-interop";
import { inputFile } from "../src/files";

interface Info {
  id: number;
  name: string;
  size: number;
  contentType: string;
  lastModified: string;
  relativePath?: string;
}

function chooser() {
  const input = document.createElement("input");
  input.type = "file";
  const told: Info[][] = [];
  const owner = {
    invokeMethodAsync: (_: string, infos: Info[]) => {
      told.push(infos);
      return Promise.resolve();
    },
  };
  inputFile.init(owner as unknown as DotNet.DotNetObject, input);
  return {
    input,
    told,
    choose(...files: File[]) {
      Object.defineProperty(input, "files", { value: files, configurable: true });
      input.dispatchEvent(new Event("change"));
    },
  };
}

test("C# is told of the files that are chosen", () => {
  const { choose, told } = chooser();

  choose(new File(["abc"], "a.txt", { type: "text/plain", lastModified: 1000 }), new File([], "b.bin"));

  assert.equal(told.length, 1);
  assert.deepEqual(
    { ...told[0]![0] },
    { id: 1, name: "a.txt", size: 3, contentType: "text/plain", lastModified: "1970-01-01T00:00:01.000Z", relativePath: undefined },
  );
  assert.deepEqual([told[0]![1]!.id, told[0]![1]!.size], [2, 0]);
});

test("a file's bytes are found by its number", async () => {
  const { input, choose, told } = chooser();
  choose(new File(["abc"], "a.txt"));

  assert.equal(await inputFile.readFileData(input, told[0]![0]!.id).text(), "abc");
});

test("a file of an earlier choice is not there any more", () => {
  const { input, choose, told } = chooser();
  choose(new File(["abc"], "a.txt"));
  choose(new File(["def"], "b.txt"));

  assert.throws(() => inputFile.readFileData(input, told[0]![0]!.id), /no file 1 any more/);
});

test("a file of an input that is unknown is not there", () => {
  assert.throws(() => inputFile.readFileData(document.createElement("input"), 1), /no file 1 any more/);
});

test("an image is made no larger than asked for, in its proportions", async () => {
  const { input, choose, told } = chooser();
  choose(new File(["pixels"], "a.jpg", { type: "image/jpeg", lastModified: 5000 }));
  const canvas = { width: 0, height: 0, getContext: () => ({ drawImage: () => {} }), toBlob: (done: (blob: Blob) => void, type: string) => done(new Blob(["12"], { type })) };
  const create = document.createElement.bind(document);
  document.createElement = ((name: string) => (name === "canvas" ? canvas : create(name))) as typeof document.createElement;
  Object.assign(globalThis, { createImageBitmap: async () => ({ width: 4000, height: 1000, close: () => {} }) });

  const info = await inputFile.toImageFile(input, told[0]![0]!.id, "image/png", 400, 400);

  assert.deepEqual([canvas.width, canvas.height], [400, 100]);
  assert.deepEqual([info.name, info.contentType, info.size, info.lastModified], ["a.jpg", "image/png", 2, "1970-01-01T00:00:05.000Z"]);
  assert.equal(await inputFile.readFileData(input, info.id).text(), "12");
});
