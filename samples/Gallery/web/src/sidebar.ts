import { byId, setText } from "./dom";
import { failureOf } from "./errors";
import { systemInfo } from "./system-info";
import { chooseTheme, startingTheme, type ThemeChoice } from "./theme";

/** Connects the theme choice with the theme. */
export function showThemeChoice(): void {
  const current = startingTheme();
  for (const choice of byId("theme-choice").querySelectorAll<HTMLInputElement>("input")) {
    choice.checked = choice.value === current;
    choice.addEventListener("change", () => chooseTheme(choice.value as ThemeChoice));
  }
}

/** Shows whether the bridge is up, and with what on its other side. */
export async function showConnection(): Promise<void> {
  const connection = byId("connection");
  const text = byId("connection-text");
  const detail = byId("connection-detail");
  try {
    await oriel.ready;
    const { engine, runtime } = await systemInfo();
    connection.dataset["state"] = "up";
    setText(text, engine);
    setText(detail, runtime);
    connection.title = `${engine}, ${runtime}`;
  } catch (error) {
    connection.dataset["state"] = "down";
    setText(text, "Not connected");
    setText(detail, failureOf(error).message);
  }
}
