import { onThemeChange } from "../theme";

const resolved = new Map<string, string>();
onThemeChange(() => resolved.clear());

/** The colour that a custom property of the style sheet has in the theme on show, in a form that a canvas accepts. */
export function themeColor(property: string): string {
  let color = resolved.get(property);
  if (color === undefined) {
    // A custom property is handed out as written, `light-dark(...)`; only a real property resolves it.
    const probe = document.createElement("span");
    probe.style.color = `var(${property})`;
    document.body.append(probe);
    color = getComputedStyle(probe).color;
    probe.remove();
    resolved.set(property, color);
  }

  return color;
}
