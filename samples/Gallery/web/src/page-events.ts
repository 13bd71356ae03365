import { events } from "./oriel";
import { onThemeChange, shownTheme } from "./theme";

/** Tells C# which colours the page has, now and after every change: the next window begins with them. */
export function reportTheme(): void {
  const tell = (): void => void events.emitPageTheme({ theme: shownTheme() });
  onThemeChange(tell);
  tell();
}

/** Tells C# when the page comes into view and leaves it: nobody needs a sample that nobody sees. */
export function reportVisibility(): void {
  document.addEventListener("visibilitychange", () => {
    void events.emitPageVisibility({ visible: !document.hidden });
  });
}
