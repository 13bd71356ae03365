// Builds the script of server-driven UI, and says how large it is.
//   --tests     builds the tests instead
import { build } from "esbuild";
import { mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { gzipSync } from "node:zlib";

mkdirSync("dist", { recursive: true });

if (process.argv.includes("--tests")) {
  await build({
    entryPoints: readdirSync("tests").filter((name) => name.endsWith(".test.ts")).map((name) => `tests/${name}`),
    outdir: "dist/tests",
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node18",
    external: ["happy-dom"],
    logLevel: "warning",
    tsconfigRaw: {},
  });
} else {
  await build({
    entryPoints: { components: "src/main.ts" },
    outdir: "dist",
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    legalComments: "none",
    logLevel: "warning",
  });

  const path = "dist/components.js";
  console.log(`${path}: ${statSync(path).size} bytes (${gzipSync(readFileSync(path)).length} gzipped)`);
}
