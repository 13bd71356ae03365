// The npm package as who installs it gets it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, symlinkSync, mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { build } from "esbuild";

const folder = mkdtempSync(join(tmpdir(), "oriel-client-"));
const run = (command: string, ...args: string[]) => {
  try {
    return execFileSync(command, args, { cwd: folder, encoding: "utf8", timeout: 120_000, stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${command} ${args.join(" ")} failed:\n${stdout}\n${stderr}`);
  }
};

before(() => {
  writeFileSync(join(folder, "package.json"), `{ "name": "empty", "private": true, "type": "module" }`);
  // Built by the tests' own script: packing builds nothing again.
  const packed = JSON.parse(run("npm", "pack", resolve("."), "--json", "--ignore-scripts", "--loglevel=error"));
  const name = (Array.isArray(packed) ? packed[0] : Object.values(packed)[0]).filename as string;
  run("npm", "install", `./${name}`, "--no-audit", "--no-fund", "--offline", "--loglevel=error", "--omit=peer", "--legacy-peer-deps");
});

after(() => rmSync(folder, { recursive: true, force: true }));

test("it holds the module, the adapters and their types, and nothing of the injected scripts", () => {
  const root = join(folder, "node_modules/@oriel/client");
  assert.deepEqual(readdirSync(root).sort(), ["LICENSE", "README.md", "dist", "package.json"]);
  assert.deepEqual(readdirSync(join(root, "dist")).sort(), ["index.js", "react.js", "shared.js", "svelte.js", "types", "vue.js"]);
});

const use = `
  import { invoke, isOriel, isOrielError, mockState, on, setMock, state, stream, window, type OrielMock, type OrielState } from "@oriel/client";

  const mock: OrielMock = {
    invoke: (name, args) => \`\${name} \${JSON.stringify(args)}\`,
    async *stream() { yield 1; yield 2; },
    state: () => mockState(5),
  };
  const before: unknown = await invoke("greet").catch((error: Error) => error.message);
  setMock(mock);
  const text: string = await invoke<string>("greet", { name: "Ada" }, { timeout: 5 });
  let sum = 0;
  for await (const item of stream<number>("numbers")) { sum += item; }
  const cart: OrielState<number> = state<number>("cart");
  await cart.set((value) => value + 1);
  const error: unknown = null;
  const code: number = isOrielError(error) ? error.code : 0;
  const close: () => Promise<void> = window.close;
  const stop: typeof on = on;
  export const result = JSON.stringify({ inside: isOriel(), before, text, sum, cart: cart.get(), code, functions: [typeof close, typeof stop] });
  globalThis.console.log(result);
`;

for (const module of ["nodenext", "esnext"]) {
  test(`its types are found, with the resolution of ${module}`, () => {
    // Types of the frameworks and the compiler are the ones that this folder has.
    const modules = join(folder, "node_modules");
    for (const name of ["react", "vue", "svelte", "typescript"]) {
      linkOnce(resolve("node_modules", name), join(modules, name));
    }

    for (const name of ["@types", "@vue"]) {
      linkOnce(resolve("node_modules", name), join(modules, name));
    }

    writeFileSync(join(folder, "use.ts"), use);
    writeFileSync(join(folder, "adapters.ts"), `
      import { useOrielState as useReact } from "@oriel/client/react";
      import { useOrielState as useVue } from "@oriel/client/vue";
      import { orielState } from "@oriel/client/svelte";
      export const react: number | undefined = useReact<number>("count")[0];
      export const vue: number | undefined = useVue<number>("count")[0].value;
      orielState<number>("count").set(1);
      // @ts-expect-error: it is a number.
      orielState<number>("count").set("1");
    `);
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({
      compilerOptions: { target: "es2022", module, moduleResolution: module === "esnext" ? "bundler" : module, lib: ["es2022", "dom"], types: [], strict: true, noEmit: true, skipLibCheck: false },
      files: ["use.ts", "adapters.ts"],
    }));

    const output = run(process.execPath, join(modules, "typescript/bin/tsc"), "-p", ".", "--skipLibCheck", "true");
    assert.equal(output, "");
  });
}

test("it runs in node with a mock, and says that it is outside of Oriel before", async () => {
  writeFileSync(join(folder, "use.ts"), use);
  // Types taken away, imports left as they are.
  await build({ entryPoints: [join(folder, "use.ts")], outfile: join(folder, "use.js"), format: "esm", logLevel: "warning" });
  const result = JSON.parse(run(process.execPath, "use.js"));

  assert.match(result.before, /not in a window of Oriel/);
  assert.deepEqual({ ...result, before: "" }, { inside: false, before: "", text: `greet {"name":"Ada"}`, sum: 3, cart: 6, code: 0, functions: ["function", "function"] });
});

test("a bundler makes one file of it", async () => {
  writeFileSync(join(folder, "use.ts"), use);
  const { outputFiles } = await build({ entryPoints: [join(folder, "use.ts")], absWorkingDir: folder, bundle: true, format: "esm", write: false, logLevel: "warning" });
  writeFileSync(join(folder, "bundle.js"), outputFiles[0]!.text);

  assert.doesNotMatch(outputFiles[0]!.text, /^\s*import /m);
  assert.equal(JSON.parse(run(process.execPath, "bundle.js")).sum, 3);
});

function linkOnce(from: string, to: string): void {
  mkdirSync(join(to, ".."), { recursive: true });
  try {
    symlinkSync(from, to);
  } catch (error) {
    if ((error as { code?: string }).code !== "EEXIST") {
      throw error;
    }
  }
}
