// Builds the package into dist/index.js, or, with --tests, the tests.
import { build } from "esbuild";
import { mkdirSync, readdirSync } from "node:fs";

mkdirSync("dist", { recursive: true });

const common = { bundle: true, platform: "node", format: "esm", target: "node20", logLevel: "warning" };
if (process.argv.includes("--tests")) {
  const tests = readdirSync("tests").filter((name) => name.endsWith(".test.ts"));
  await build({ ...common, entryPoints: tests.map((name) => `tests/${name}`), outdir: "dist/tests" });
  // The program that a test starts as a back end stands alone.
  await build({ ...common, entryPoints: ["tests/backend.ts"], outdir: "dist/tests" });
} else {
  await build({ ...common, entryPoints: ["src/index.ts"], outdir: "dist" });
}
