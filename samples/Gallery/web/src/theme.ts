import { store, stored } from "./storage";

export type ThemeChoice = "auto" | "light" | "dark";

const themeChanged = new EventTarget();
const systemIsDark = matchMedia("(prefers-color-scheme: dark)");
systemIsDark.addEventListener("change", () => themeChanged.dispatchEvent(new Event("change")));

/** The choice that holds when the page starts: the address's `?theme=`, otherwise what was stored. */
export function startingTheme(): ThemeChoice {
  return themeChoice(new URLSearchParams(location.search).get("theme")) ?? themeChoice(stored("theme")) ?? "auto";
}

/** Shows a theme; "auto" follows the system. */
export function applyTheme(choice: ThemeChoice): void {
  if (choice === "auto") {
    delete document.documentElement.dataset["theme"];
  } else {
    document.documentElement.dataset["theme"] = choice;
  }

  themeChanged.dispatchEvent(new Event("change"));
}

/** Shows a theme and keeps it for the next start. */
export function chooseTheme(choice: ThemeChoice): void {
  store("theme", choice);
  applyTheme(choice);
}

/** Calls the handler after every change of colours, by choice or by the system. */
export function onThemeChange(handler: () => void): void {
  themeChanged.addEventListener("change", handler);
}

/** The theme that the choice comes to. */
export function shownTheme(): "light" | "dark" {
  const chosen = document.documentElement.dataset["theme"];
  return chosen === "light" || chosen === "dark" ? chosen : systemIsDark.matches ? "dark" : "light";
}

function themeChoice(text: string | null): ThemeChoice | null {
  return text === "auto" || text === "light" || text === "dark" ? text : null;
}
