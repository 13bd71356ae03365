// Builds the two injected scripts, and says how large they are: they run before every page.
import { build } from "esbuild";
import { mkdirSync, readdirSync, statSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { readFileSync } from "node:fs";

mkdirSync("dist", { recursive: true });

if (process.argv.includes("--tests")) {
  await build({
    entryPoints: readdirSync("tests").filter((name) => name.endsWith(".test.ts")).map((name) => `tests/${name}`),
    outdir: "dist/tests",
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node18",
    logLevel: "warning",
  });
} else {
  await build({
    entryPoints: { isolated: "src/isolated/main.ts", client: "src/client/main.ts" },
    outdir: "dist",
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    legalComments: "none",
    logLevel: "warning",
  });

  for (const name of ["isolated.js", "client.js"]) {
    const path = `dist/${name}`;
    console.log(`${path}: ${statSync(path).size} bytes (${gzipSync(readFileSync(path)).length} gzipped)`);
  }
}
