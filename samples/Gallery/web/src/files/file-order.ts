import type { FileEntry } from "../oriel";
import { compareText, matches, sorted, type Comparer, type SortOrder } from "../ordering";

/** The columns of the file list, and how each orders its rows. */
export const fileOrders = {
  name: (a, b) => compareText(a.name, b.name),
  size: (a, b) => a.size - b.size,
  modified: (a, b) => Date.parse(a.modified) - Date.parse(b.modified),
  type: (a, b) => compareText(typeName(a), typeName(b)),
} as const satisfies Record<string, Comparer<FileEntry>>;

export type FileColumn = keyof typeof fileOrders;

/** What is shown of a folder. */
export interface FileFilter {
  readonly query: string;
  readonly hidden: boolean;
}

/** The entries to show, in order: folders before files in either direction, equal ones by name. */
export function arrangeFiles(entries: readonly FileEntry[], filter: FileFilter, order: SortOrder): FileEntry[] {
  const shown = entries.filter(
    entry => (filter.hidden || !entry.name.startsWith(".")) && matches(filter.query, entry.name),
  );
  const compare = fileOrders[order.column as FileColumn] ?? fileOrders.name;
  const folders = shown.filter(entry => entry.kind === "directory");
  const others = shown.filter(entry => entry.kind !== "directory");
  return [
    ...sorted(folders, compare, order.descending, fileOrders.name),
    ...sorted(others, compare, order.descending, fileOrders.name),
  ];
}

/** What kind of entry it is, in a word or two. */
export function typeName(entry: FileEntry): string {
  switch (entry.kind) {
    case "directory":
      return "Folder";
    case "link":
      return "Link";
    case "other":
      return "Special";
    case "file":
      return entry.mime?.replace(/;.*/, "") ?? "File";
  }
}
