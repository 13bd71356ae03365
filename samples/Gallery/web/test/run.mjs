// Compiles the tests to a temporary folder, and runs them with Node's test runner.
import { build } from "esbuild";
import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL(".", import.meta.url));
const output = await mkdtemp(join(tmpdir(), "gallery-test-"));
try {
  const tests = (await readdir(folder)).filter(name => name.endsWith(".test.ts"));
  await build({
    entryPoints: tests.map(name => folder + name),
    outdir: output,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    format: "esm",
    platform: "node",
    sourcemap: "inline",
  });
  const compiled = tests.map(name => join(output, name.replace(/\.ts$/, ".mjs")));
  // The style sheet is read from the project: the compiled tests lie elsewhere.
  const { status } = spawnSync(process.execPath, ["--enable-source-maps", "--test", ...compiled], {
    stdio: "inherit",
    cwd: join(folder, ".."),
    env: { ...process.env, TZ: "UTC" },
  });
  process.exitCode = status ?? 1;
} finally {
  await rm(output, { recursive: true, force: true });
}
