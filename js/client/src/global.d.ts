import type { Oriel } from "./api";

declare global {
  interface Window {
    readonly oriel: Oriel;
    readonly invoke: Oriel["invoke"];
  }
  const oriel: Oriel;
}
