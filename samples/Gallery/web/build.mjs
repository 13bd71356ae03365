// Builds dist/: the two scripts, the style sheet, the document and the icons. Called by `npm run build`.
import { build } from "esbuild";
import { cp, mkdir, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL(".", import.meta.url));

await rm(`${root}dist`, { recursive: true, force: true });
await mkdir(`${root}dist`);

const shared = { bundle: true, minify: true, target: "es2022", absWorkingDir: root, logLevel: "info" };
await Promise.all([
  build({ ...shared, entryPoints: ["src/main.ts"], outfile: "dist/main.js", format: "esm" }),
  // Runs before the first paint, so it is a classic script: a module would be deferred until the document is parsed.
  build({ ...shared, entryPoints: ["src/theme-start.ts"], outfile: "dist/theme.js", format: "iife" }),
  cp(`${root}index.html`, `${root}dist/index.html`),
  cp(`${root}style.css`, `${root}dist/style.css`),
  cp(`${root}icons`, `${root}dist/icons`, { recursive: true }),
]);
