// What the C# side has for this page, by name and type.
import { invoke, stream, type InvokeOptions, type StreamOptions } from "@oriel/client";

export interface TodoItem {
  id: string;
  text: string;
  isDone: boolean;
}

/** Of all windows, and kept in a file. */
export interface TodoList {
  items: TodoItem[];
}

export interface FoundFile {
  path: string;
  name: string;
  bytes: number;
}

/** The keys of the states, with the types of their values. */
export interface States {
  todos: TodoList;
  windows: number;
}

/** Removes what is done. Resolves with how many that were. */
export function clearDone(options?: InvokeOptions): Promise<number> {
  return invoke("clearDone", null, options);
}

/** Opens another window on the same list. */
export function openWindow(options?: InvokeOptions): Promise<void> {
  return invoke("openWindow", null, options);
}

/** Finds files below the folder that the application was started with, as they are found. */
export function findFiles(args: { text: string }, options?: StreamOptions): AsyncIterable<FoundFile> {
  return stream("findFiles", args, options);
}
