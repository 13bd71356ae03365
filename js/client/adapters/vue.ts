import { onScopeDispose, shallowRef, type ShallowRef } from "vue";
import { state, type OrielState } from "../src/index.js";

/** Follows a state until the component, or the scope, ends: a ref to its value, undefined until it is there, and the state to write it with. */
export function useOrielState<S extends Pick<OrielState<any>, "get" | "subscribe">>(from: S): readonly [Readonly<ShallowRef<ReturnType<S["get"]>>>, S];
export function useOrielState<T>(key: string): readonly [Readonly<ShallowRef<T | undefined>>, OrielState<T>];
export function useOrielState(from: string | OrielState<unknown>): readonly [Readonly<ShallowRef<unknown>>, OrielState<unknown>] {
  const store = typeof from === "string" ? state(from) : from;
  const value = shallowRef(store.get());
  onScopeDispose(store.subscribe((next) => (value.value = next)));
  return [value, store];
}
