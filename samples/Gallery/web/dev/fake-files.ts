import type { FileKind, FileEntry, FileListing, FilePlace } from "../src/oriel";

export const places: FilePlace[] = [
  { name: "Home", path: "/home/ada" },
  { name: "Root", path: "/" },
  { name: "Temp", path: "/tmp" },
  { name: "Samples", path: "/home/ada/Samples" },
];

type Item = [name: string, kind: FileKind, size: number, mime: string | null];

const folder = (name: string): Item => [name, "directory", 4096, null];
const file = (name: string, size: number, mime: string | null): Item => [name, "file", size, mime];

const tree: Record<string, Item[]> = {
  "/": ["bin", "etc", "home", "root", "tmp", "usr", "var"].map(folder),
  "/home": [folder("ada")],
  "/home/ada": [
    folder("Documents"),
    folder("Downloads"),
    folder("Music"),
    folder("Pictures"),
    folder("Samples"),
    folder(".cache"),
    folder(".config"),
    file(".profile", 807, "text/plain"),
    file("archive.tar.gz", 48_200_311, "application/gzip"),
    file("chapter 2.md", 18_233, "text/markdown"),
    file("chapter 10.md", 9120, "text/markdown"),
    file("empty.txt", 0, "text/plain"),
    file("ledger.json", 4215, "application/json"),
    file("program.cs", 2310, "text/x-csharp"),
    file("data.bin", 1_048_576, "application/octet-stream"),
    file("<img src=x onerror=alert(1)>.txt", 12, "text/plain"),
    ["latest", "link", 11, null],
  ],
  "/home/ada/Samples": [
    file("gradient.svg", 640, "image/svg+xml"),
    file("broken.png", 120, "image/png"),
    file("tone.wav", 176_444, "audio/wav"),
    file("clip.mp4", 2_204_113, "video/mp4"),
    file("notes.txt", 5200, "text/plain"),
    file("long.log", 3_400_000, "text/plain"),
  ],
  "/tmp": Array.from({ length: 5000 }, (_, i) => file(`scratch-${i}.dat`, (i * 7919) % 900_000, null)),
};

/** The folder at a path, or why it cannot be listed. */
export function listFolder(path: string): FileListing | string {
  if (path === "/root") {
    return "Access to the path '/root' is denied.";
  }

  const items = tree[path];
  const parent = path === "/" ? null : path.slice(0, path.lastIndexOf("/")) || "/";
  if (!items && !(tree[parent ?? ""] ?? []).some(([name, kind]) => kind === "directory" && path.endsWith(`/${name}`))) {
    return `There is no folder '${path}'.`;
  }

  const entries = (items ?? []).map(
    ([name, kind, size, mime], i): FileEntry => ({
      name,
      path: path === "/" ? `/${name}` : `${path}/${name}`,
      kind,
      size,
      modified: new Date(Date.UTC(2025, (i * 5) % 12, 1 + ((i * 11) % 28), (i * 7) % 24, (i * 13) % 60)).toISOString(),
      mime,
    }),
  );
  return { path, parent, entries, truncated: path === "/tmp" };
}
