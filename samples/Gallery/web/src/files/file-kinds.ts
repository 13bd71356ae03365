import type { FileEntry } from "../oriel";
import type { IconName } from "../icons";

/** How a file can be looked at. */
export type PreviewKind = "image" | "video" | "audio" | "text" | "none";

const textual = /^(text\/|application\/(json|xml|javascript|typescript|x-sh|x-yaml|yaml|toml|sql|x-httpd-php)\b|.*\+(json|xml)\b)/;
const packed = /zip|tar|gzip|compressed|x-7z|x-bzip|x-xz|zstd|x-rar/;

/** The way a file is previewed; one of unknown type may turn out to be text. */
export function previewKind({ kind, mime }: FileEntry): PreviewKind {
  if (kind === "directory" || kind === "other") {
    return "none";
  }

  const family = mime?.split("/")[0];
  if (family === "image" || family === "video" || family === "audio") {
    return family;
  }

  return mime === null || mime === "application/octet-stream" || textual.test(mime) ? "text" : "none";
}

/** The icon of an entry. */
export function entryIcon(entry: FileEntry): IconName {
  if (entry.kind !== "file") {
    return ({ directory: "folder", link: "link", other: "drive" } as const)[entry.kind];
  }

  const kind = previewKind(entry);
  if (kind === "text") {
    return entry.mime === null || entry.mime === "application/octet-stream" ? "file" : "text";
  }

  return kind === "none" ? (packed.test(entry.mime ?? "") ? "archive" : "file") : kind;
}
