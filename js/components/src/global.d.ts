import type { Oriel } from "../../client/src/api";

declare global {
  interface Window {
    /** The bridge of the window, if there is one: the page may be shown by a browser. */
    readonly oriel?: Oriel;
  }
}
