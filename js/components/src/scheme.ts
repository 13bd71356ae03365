/** The color scheme that the person has chosen for the system. The style sheets follow it by themselves. */
export function scheme(): "light" | "dark" {
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}
