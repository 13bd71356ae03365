import { useMemo, useSyncExternalStore } from "react";
import { state, type OrielState } from "../src/index.js";

/** Follows a state while the component is mounted: its value, undefined until it is there, and the state to write it with. */
export function useOrielState<T>(key: string): readonly [T | undefined, OrielState<T>] {
  const store = useMemo(() => state<T>(key), [key]);
  return [useSyncExternalStore(store.subscribe, store.get, store.get), store];
}
