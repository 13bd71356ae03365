// Builds the two injected scripts, and says how large they are: they run before every page.
//   --package   builds the npm package instead
//   --tests     builds the tests instead
import { build } from "esbuild";
import { mkdirSync, readdirSync, statSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { readFileSync } from "node:fs";

mkdirSync("dist", { recursive: true });

const frameworks = ["react", "react-dom", "vue", "svelte", "happy-dom"];

if (process.argv.includes("--tests")) {
  await build({
    entryPoints: readdirSync("tests").filter((name) => name.endsWith(".test.ts")).map((name) => `tests/${name}`),
    outdir: "dist/tests",
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node18",
    // The real ones, each a single time; and the package as it is built.
    external: [...frameworks, "@oriel/client", "esbuild"].flatMap((name) => [name, `${name}/*`]),
    logLevel: "warning",
    tsconfigRaw: {},
  });
} else if (process.argv.includes("--package")) {
  await build({
    entryPoints: { index: "src/index.ts", react: "adapters/react.ts", vue: "adapters/vue.ts", svelte: "adapters/svelte.ts" },
    outdir: "dist",
    bundle: true,
    // What the adapters share with the module is one file, so that a mock is the same for all.
    splitting: true,
    chunkNames: "shared",
    format: "esm",
    target: "es2022",
    external: frameworks,
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
