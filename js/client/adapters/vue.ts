import { onScopeDispose, shallowRef, type ShallowRef } from "vue";
import { state, type OrielState } from "../src/index.js";

/** Follows a state until the component, or the scope, ends: a ref to its value, undefined until it is there, and the state to write it with. */
export function useOrielState<T>(key: string): readonly [Readonly<ShallowRef<T | undefined>>, OrielState<T>] {
  const store = state<T>(key);
  const value = shallowRef(store.get());
  onScopeDispose(store.subscribe((next) => (value.value = next)));
  return [value, store];
}
