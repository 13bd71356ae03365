// Serves dist/ on 127.0.0.1 with a stand-in for window.oriel and for files://local/, under the application's CSP.
// `npm run build && npm run dev`, then open the address that it prints.
import { build } from "esbuild";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const policy =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob: files:; " +
  "media-src 'self' files:; connect-src 'self' files:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";
const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** Starts the server; resolves to its address and what stops it. */
export async function serve(port = 0) {
  const { outputFiles } = await build({
    entryPoints: [`${root}dev/mock.ts`],
    bundle: true,
    format: "iife",
    target: "es2022",
    write: false,
  });
  const mock = outputFiles[0].text;
  const server = createServer((request, response) => {
    answer(request, response, mock).catch(error => {
      response.writeHead(error.code === "ENOENT" ? 404 : 500).end(String(error));
    });
  });
  await new Promise(resolve => server.listen(port, "127.0.0.1", resolve));
  return { address: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

async function answer(request, response, mock) {
  const path = decodeURIComponent(new URL(request.url, "http://127.0.0.1").pathname);
  if (path.startsWith("/local/")) {
    answerFile(path.slice("/local".length), request, response);
    return;
  }

  const name = path === "/" ? "/index.html" : normalize(path);
  const content =
    name === "/mock.js"
      ? mock
      : name === "/index.html"
        ? (await readFile(`${root}dist/index.html`, "utf8")).replace("<script", '<script src="mock.js"></script><script')
        : await readFile(`${root}dist${name}`);
  response.writeHead(200, {
    "Content-Type": types[extname(name)] ?? "application/octet-stream",
    "Content-Security-Policy": policy,
    "Cache-Control": "no-store",
  });
  response.end(content);
}

/** A file of dev/fake-files.ts, made up on request. */
function answerFile(path, request, response) {
  const [type, whole] = fakeFile(path);
  if (whole === null) {
    response.writeHead(404).end();
    return;
  }

  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "");
  if (!range) {
    response.writeHead(200, { "Content-Type": type, "Accept-Ranges": "bytes" }).end(whole);
    return;
  }

  const first = Number(range[1]);
  const last = Math.min(range[2] ? Number(range[2]) : Infinity, whole.length - 1);
  response.writeHead(206, {
    "Content-Type": type,
    "Content-Range": `bytes ${first}-${last}/${whole.length}`,
  });
  response.end(whole.subarray(first, last + 1));
}

function fakeFile(path) {
  switch (extname(path)) {
    case ".svg":
      return ["image/svg+xml", Buffer.from(picture)];
    case ".wav":
      return ["audio/wav", tone()];
    case ".bin":
      return ["application/octet-stream", Buffer.from([1, 2, 0, 3])];
    case ".json":
      return ["application/json", Buffer.from(JSON.stringify({ title: "Ledger", entries: [1, 2, 3] }, null, 2))];
    case ".png":
    case ".mp4":
      return ["", null];
    default:
      return ["text/plain", Buffer.from("An oriel is a bay window that does not reach the ground.\n\tIt looks out.\n".repeat(2000))];
  }
}

const picture = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="400" viewBox="0 0 640 400">
  <defs><linearGradient id="g" x2="1" y2="1"><stop stop-color="#3f8cff"/><stop offset="1" stop-color="#c2408f"/></linearGradient></defs>
  <circle cx="320" cy="200" r="190" fill="url(#g)"/></svg>`;

/** One second of 440 Hz. */
function tone() {
  const rate = 44_100;
  const wave = Buffer.alloc(44 + 2 * rate);
  wave.write("RIFF", 0);
  wave.writeUInt32LE(36 + 2 * rate, 4);
  wave.write("WAVEfmt ", 8);
  wave.writeUInt32LE(16, 16);
  wave.writeUInt16LE(1, 20);
  wave.writeUInt16LE(1, 22);
  wave.writeUInt32LE(rate, 24);
  wave.writeUInt32LE(2 * rate, 28);
  wave.writeUInt16LE(2, 32);
  wave.writeUInt16LE(16, 34);
  wave.write("data", 36);
  wave.writeUInt32LE(2 * rate, 40);
  for (let i = 0; i < rate; i++) {
    wave.writeInt16LE(Math.round(9000 * Math.sin((2 * Math.PI * 440 * i) / rate)), 44 + 2 * i);
  }

  return wave;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { address } = await serve(Number(process.argv[2] ?? 0));
  console.log(`${address}/#monitor  (Ctrl+C ends)`);
}
