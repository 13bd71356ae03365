import type { Writable } from "svelte/store";
import { state } from "../src/index.js";

/** A store of Svelte for a state: `$cart` is its value, undefined until it is there; it is followed while somebody subscribes. */
export function orielState<T>(key: string): Writable<T | undefined> {
  const store = state<T>(key);
  const subscribe: Writable<T | undefined>["subscribe"] = (run) => {
    run(store.get());
    return store.subscribe(run);
  };
  return { subscribe, set: (value) => void store.set(value!), update: (change) => void store.set((value) => change(value)!) };
}
