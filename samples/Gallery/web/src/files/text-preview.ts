/** The bytes of a text file that are read. */
const readAtMost = 65_536;

/** The beginning of a text file, and whether there is more; null when the file is no text. */
export interface TextStart {
  readonly text: string;
  readonly cut: boolean;
}

/** Reads the beginning of a file at an address. */
export async function readTextStart(address: string, size: number, signal: AbortSignal): Promise<TextStart | null> {
  if (size === 0) {
    return { text: "", cut: false };
  }

  const response = await fetch(address, { headers: { Range: `bytes=0-${readAtMost - 1}` }, signal });
  if (!response.ok) {
    throw new Error(`The file could not be read: ${response.status} ${response.statusText}`.trimEnd());
  }

  const { bytes, more } = await readStart(response);
  // No text has a zero byte, but for UTF-16, which starts with a mark.
  const encoding = markOf(bytes);
  if (encoding === "utf-8" && bytes.includes(0)) {
    return null;
  }

  const cut = more || size > bytes.length;
  // With `stream`, a character that was cut through at the end is left out instead of shown as damaged.
  return { text: new TextDecoder(encoding).decode(bytes, { stream: cut }), cut };
}

/** The first bytes of a response. A server that ignores Range sends everything; no more is taken from it. */
async function readStart(response: Response): Promise<{ bytes: Uint8Array; more: boolean }> {
  const bytes = new Uint8Array(readAtMost);
  let length = 0;
  const reader = response.body?.getReader();
  while (reader) {
    const { value, done } = await reader.read();
    if (done) {
      break;
    }

    const room = readAtMost - length;
    bytes.set(value.subarray(0, room), length);
    length += Math.min(value.length, room);
    if (value.length > room) {
      await reader.cancel();
      return { bytes, more: true };
    }
  }

  return { bytes: bytes.subarray(0, length), more: false };
}

function markOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) {
    return "utf-16le";
  }

  return bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "utf-8";
}
