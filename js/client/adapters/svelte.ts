import type { Readable, Writable } from "svelte/store";
import { state, type OrielState } from "../src/index.js";

/** A store of Svelte for a state: `$cart` is its value, undefined until it is there; it is followed while somebody subscribes. */
export function orielState<T>(from: string | OrielState<T>): Writable<T | undefined>;
export function orielState<T>(from: Pick<OrielState<T>, "get" | "subscribe">): Readable<T | undefined>;
export function orielState<T>(from: string | OrielState<T> | Pick<OrielState<T>, "get" | "subscribe">): Writable<T | undefined> {
  const store = typeof from === "string" ? state<T>(from) : (from as OrielState<T>);
  const subscribe: Writable<T | undefined>["subscribe"] = (run) => {
    run(store.get());
    return store.subscribe(run);
  };
  // Svelte takes no promise: a write that is refused is told as what went wrong, and the store shows what C# has.
  const write = (value: T | ((value: T) => T)) => void store.set(value as T).catch((error) => reportError(error));
  return { subscribe, set: (value) => write(value!), update: (change) => write((value: T) => change(value)!) };
}
