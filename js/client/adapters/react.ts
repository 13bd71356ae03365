import { useMemo, useSyncExternalStore } from "react";
import { state, type OrielState } from "../src/index.js";

/** Follows a state while the component is mounted: its value, undefined until it is there, and the state to write it with. */
export function useOrielState<S extends Pick<OrielState<any>, "get" | "subscribe">>(from: S): readonly [ReturnType<S["get"]>, S];
export function useOrielState<T>(key: string): readonly [T | undefined, OrielState<T>];
export function useOrielState(from: string | OrielState<unknown>): readonly [unknown, OrielState<unknown>] {
  const store = useMemo(() => (typeof from === "string" ? state(from) : from), [from]);
  return [useSyncExternalStore(store.subscribe, store.get, store.get), store];
}
