/** The color scheme that the person has chosen for the system. */
export function scheme(): "light" | "dark" {
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}
