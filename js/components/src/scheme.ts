import type { Session } from "./session";

const dark = (): MediaQueryList => matchMedia("(prefers-color-scheme: dark)");

/** The color scheme that the person has chosen for the system. */
export function scheme(): "light" | "dark" {
  return dark().matches ? "dark" : "light";
}

/** Tells C# when it changes. */
export function attach(session: Session): void {
  dark().addEventListener("change", () => void session.send("scheme", scheme()));
}
