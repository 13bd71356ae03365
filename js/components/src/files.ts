import type { DotNet } from "@microsoft/dotnet-js-interop";

/** What C# is told of a file that a person chose. */
interface FileInfo {
  id: number;
  name: string;
  lastModified: string;
  size: number;
  contentType: string;
  relativePath: string | undefined;
}

/** The files of an input, by the numbers that C# knows them by. */
interface Chosen {
  next: number;
  files: Map<number, { info: FileInfo; content: Blob }>;
}

const inputs = new WeakMap<Element, Chosen>();

/** `Blazor._internal.InputFile`: tells C# of the files that a person chooses, and gives it what they hold. */
export const inputFile = {
  init(owner: DotNet.DotNetObject, input: HTMLInputElement): void {
    const chosen: Chosen = { next: 1, files: new Map() };
    inputs.set(input, chosen);
    // Without this the same file could not be chosen twice in a row.
    input.addEventListener("click", () => (input.value = ""));
    input.addEventListener("change", () => {
      chosen.files.clear();
      const infos = [...(input.files ?? [])].map((file) => add(chosen, file, file));
      owner.invokeMethodAsync("NotifyChange", infos).catch((error) => reportError(error));
    });
  },

  /** The bytes of a file, for a stream in C#. */
  readFileData: (input: Element, id: number): Blob => find(input, id).content,

  /** A file as an image of at most that size. */
  async toImageFile(input: Element, id: number, format: string, maxWidth: number, maxHeight: number): Promise<FileInfo> {
    const { info, content } = find(input, id);
    const image = await createImageBitmap(content);
    const scale = Math.min(1, maxWidth / image.width, maxHeight / image.height);
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(image.width * scale));
    canvas.height = Math.max(1, Math.round(image.height * scale));
    canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
    image.close();
    const resized = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, format));
    if (!resized) {
      throw new Error(`The file "${info.name}" cannot be made an image of the type "${format}".`);
    }

    return add(inputs.get(input)!, resized, { name: info.name, lastModified: Date.parse(info.lastModified) });
  },
};

function add(chosen: Chosen, content: Blob, { name, lastModified, webkitRelativePath }: Partial<File> & Pick<File, "name" | "lastModified">): FileInfo {
  const info: FileInfo = {
    id: chosen.next++,
    name,
    lastModified: new Date(lastModified).toISOString(),
    size: content.size,
    contentType: content.type,
    relativePath: webkitRelativePath || undefined,
  };
  chosen.files.set(info.id, { info, content });
  return info;
}

function find(input: Element, id: number): { info: FileInfo; content: Blob } {
  const file = inputs.get(input)?.files.get(id);
  if (!file) {
    throw new Error(`There is no file ${id} any more: the input is gone, or other files were chosen since. Read a file before others are chosen.`);
  }

  return file;
}
