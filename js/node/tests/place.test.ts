import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { chownSync, symlinkSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { App, IpcError, IpcErrorCode } from "../src/index";
import { locate, resolve } from "../src/place";
import { Host, sharedCases } from "./host";

const limit = { timeout: 60_000 };

interface EnvironmentCase {
  environment: Record<string, string>;
  carries?: "nothing" | "stdio" | "socket";
  path?: string;
  refused?: string;
}

for (const { environment, carries, path, refused } of sharedCases<EnvironmentCase>("environment.json")) {
  test(`the environment means the same in every language: ${JSON.stringify(environment)}`, () => {
    const find = () => locate(environment, "linux");
    if (refused !== undefined) {
      assert.throws(find, (error: IpcError) => error.code === IpcErrorCode.InvalidParams && error.message.startsWith(`${refused} is `));
    } else if (carries === "nothing") {
      assert.throws(find, { code: IpcErrorCode.Disconnected, message: /ORIEL_IPC_CHANNEL/ });
    } else {
      const place = find();
      assert.equal(place.kind, carries);
      assert.ok(path === undefined || (place.kind === "socket" && place.path === path));
    }
  });
}

test("on Windows the environment names pipes", () => {
  assert.deepEqual(locate({ AURORAVIEW_IPC_CHANNEL: "b" }, "win32"), { kind: "socket", path: "\\\\.\\pipe\\auroraview_b" });
  assert.deepEqual(locate({ ORIEL_IPC_CHANNEL: "\\\\.\\pipe\\a" }, "win32"), { kind: "socket", path: "\\\\.\\pipe\\a" });
});

test("a name lies in the user's own folder", () => {
  assert.deepEqual(resolve("a.b_c-1", { XDG_RUNTIME_DIR: "/run/user/1" }, "linux"), { kind: "socket", path: "/run/user/1/oriel/a.b_c-1.sock" });
  assert.deepEqual(resolve("a", {}, "linux"), { kind: "socket", path: `/tmp/oriel-${process.getuid!()}/a.sock` });
  assert.deepEqual(resolve("a", {}, "win32"), { kind: "socket", path: "\\\\.\\pipe\\oriel_a" });
  assert.deepEqual(resolve("\\\\.\\pipe\\other", {}, "win32"), { kind: "socket", path: "\\\\.\\pipe\\other" });
});

test("a name that is none, and a path that is too long, are refused", () => {
  for (const name of ["", "../a", ".a", "a b", "a".repeat(65), "a\0"]) {
    assert.throws(() => resolve(name, {}, "linux"), { code: IpcErrorCode.InvalidParams });
  }

  assert.equal(resolve(`/${"a".repeat(106)}`, {}, "linux").kind, "socket");
  assert.throws(() => resolve(`/${"a".repeat(107)}`, {}, "linux"), /107 bytes/);
});

test("where nobody listens connecting says so", limit, async (context) => {
  const host = await Host.listen(context);
  writeFileSync(`${host.path}.file`, "");

  await assert.rejects(App.connect({ channel: `${host.path}.none` }), /There is no socket/);
  await assert.rejects(App.connect({ channel: `${host.path}.file` }), /is not a socket/);
});

test("a link leads to the socket", limit, async (context) => {
  const host = await Host.listen(context);
  symlinkSync(host.path, `${host.path}.link`);
  const app = await App.connect({ channel: `${host.path}.link` });
  context.after(() => app.close());
  await app.emit("here");

  assert.equal((await host.receive()).event, "here");
});

test("another user's socket is refused", { ...limit, skip: process.getuid!() === 0 ? false : "only root can give a socket away" }, async (context) => {
  const host = await Host.listen(context);
  chownSync(host.path, 65534, 65534);

  await assert.rejects(App.connect({ channel: host.path }), { code: IpcErrorCode.Denied });
});

test("in legacy mode messages are lines on the standard streams, and a print is only a print", limit, async (context) => {
  const child = spawn(process.execPath, [new URL("backend.js", import.meta.url).pathname], {
    env: { ...process.env, ORIEL_IPC_MODE: "legacy" },
    stdio: ["pipe", "pipe", "inherit"],
  });
  context.after(() => child.kill("SIGKILL"));
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const read = async () => (await lines.next()).value as string;

  assert.equal(await read(), "a print");
  assert.deepEqual(JSON.parse(await read()), { type: "ready", data: { handlers: ["echo"], wire: [] } });
  child.stdin.write('{"type":"request","id":"1","method":"echo","data":[1]}\n');
  assert.deepEqual(JSON.parse(await read()), { type: "response", id: "1", data: [1] });

  child.stdin.end();
  assert.equal(await ended, 0);
});

test("a back end that its channel leaves ends by itself", limit, async (context) => {
  const host = await Host.listen(context);
  const child = spawn(process.execPath, [new URL("backend.js", import.meta.url).pathname], {
    env: { ...process.env, ORIEL_IPC_CHANNEL: host.path },
    stdio: "ignore",
  });
  context.after(() => child.kill("SIGKILL"));
  const ended = new Promise((resolve) => child.once("exit", resolve));
  assert.deepEqual((await host.receive()).data.handlers, ["echo"]);

  host.end();
  assert.equal(await ended, 0);
});
