import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const themes = ["light", "dark"] as const;
const colors = new Map(
  [...readFileSync("style.css", "utf8").matchAll(/(--[\w-]+): light-dark\((#\w{6}), (#\w{6})\);/g)].map(
    ([, name, light, dark]) => [name!, { light: light!, dark: dark! }],
  ),
);

const texts: [text: string, ...grounds: string[]][] = [
  ["--text", "--canvas", "--sidebar", "--surface", "--sunken", "--hover", "--selection"],
  ["--text-muted", "--canvas", "--sidebar", "--surface", "--sunken", "--hover", "--selection"],
  ["--accent", "--surface", "--hover", "--selection"],
  ["--danger", "--surface", "--hover", "--selection"],
  ["--success", "--surface", "--hover", "--selection"],
  ["--warning", "--surface", "--hover", "--selection"],
  ["--on-accent", "--accent-fill", "--accent-fill-hover"],
];

test("Text_has_a_contrast_of_4_5_to_1_at_least_in_both_themes", () => {
  const low: string[] = [];
  for (const theme of themes) {
    for (const [text, ...grounds] of texts) {
      for (const ground of grounds) {
        const ratio = contrast(colorOf(text, theme), colorOf(ground, theme));
        if (ratio < 4.5) {
          low.push(`${text} on ${ground}, ${theme}: ${ratio.toFixed(2)}`);
        }
      }
    }
  }

  assert.deepEqual(low, []);
});

test("The_lines_of_charts_have_a_contrast_of_3_to_1_at_least", () => {
  const low = [...colors.keys()]
    .filter(name => name.startsWith("--chart-") && name !== "--chart-grid")
    .flatMap(name => themes.map(theme => ({ name, theme, ratio: contrast(colorOf(name, theme), colorOf("--sunken", theme)) })))
    .filter(({ ratio }) => ratio < 3);
  assert.deepEqual(low, []);
});

function colorOf(name: string, theme: "light" | "dark"): string {
  const color = colors.get(name);
  assert.ok(color, `style.css has no colour ${name}.`);
  return color![theme];
}

/** The contrast ratio of WCAG 2. */
function contrast(a: string, b: string): number {
  const [darker, lighter] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map(at => {
    const share = parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
