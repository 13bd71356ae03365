// A headless Chromium, driven over its DevTools pipe.
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Starts Chromium with one page. */
export async function startBrowser(executable = process.env.CHROMIUM ?? "chromium") {
  const profile = await mkdtemp(join(tmpdir(), "gallery-browser-"));
  const child = spawn(
    executable,
    [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--hide-scrollbars=false",
      "--remote-debugging-pipe",
      `--user-data-dir=${profile}`,
      "about:blank",
    ],
    { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] },
  );
  const connection = new Connection(child.stdio[3], child.stdio[4]);
  const { targetInfos } = await connection.send("Target.getTargets");
  const target = targetInfos.find(({ type }) => type === "page");
  const { sessionId } = await connection.send("Target.attachToTarget", { targetId: target.targetId, flatten: true });
  return new Browser(connection, sessionId, async () => {
    const ended = new Promise(resolve => child.once("exit", resolve));
    await connection.send("Browser.close");
    await ended;
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  });
}

class Browser {
  /** What the page complained of: errors, exceptions, refusals by the CSP. */
  complaints = [];

  constructor(connection, sessionId, close) {
    this.send = (method, parameters) => connection.send(method, parameters, sessionId);
    this.close = close;
    this.ready = Promise.all(["Page", "Runtime", "Log"].map(domain => this.send(`${domain}.enable`)));
    connection.onEvent = ({ method, params }) => {
      if (method === "Runtime.exceptionThrown") {
        this.complaints.push(params.exceptionDetails.exception?.description ?? params.exceptionDetails.text);
      } else if (method === "Log.entryAdded" && params.entry.level === "error") {
        this.complaints.push(`${params.entry.text} ${params.entry.url ?? ""}`);
      }
    };
  }

  async open(address, { width = 1280, height = 800, scheme = "light", scale = 1 } = {}) {
    await this.ready;
    await this.send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: scale, mobile: false });
    await this.send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: scheme }] });
    // By way of a blank page: a change of the fragment alone would not load the document again.
    await this.send("Page.navigate", { url: "about:blank" });
    await this.send("Page.navigate", { url: address });
    await this.until("document.readyState === 'complete' && document.querySelector('.page:not([hidden])')");
  }

  async evaluate(expression) {
    const { result, exceptionDetails } = await this.send("Runtime.evaluate", {
      expression,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) {
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    }

    return result.value;
  }

  async until(expression, timeout = 10_000) {
    const end = Date.now() + timeout;
    while (!(await this.evaluate(`!!(${expression})`))) {
      if (Date.now() > end) {
        throw new Error(`Not within ${timeout} ms: ${expression}`);
      }

      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }

  async press(key, code = key, modifiers = 0) {
    await this.send("Input.dispatchKeyEvent", { type: "keyDown", key, code, modifiers });
    await this.send("Input.dispatchKeyEvent", { type: "keyUp", key, code, modifiers });
  }

  async screenshot(path) {
    const { data } = await this.send("Page.captureScreenshot", { format: "png" });
    await writeFile(path, Buffer.from(data, "base64"));
  }
}

class Connection {
  onEvent = () => {};
  #requests = new Map();
  #nextId = 1;
  #rest = "";
  #out;

  constructor(out, input) {
    this.#out = out;
    input.setEncoding("utf8");
    input.on("data", text => this.#receive(text));
  }

  send(method, params = {}, sessionId) {
    const id = this.#nextId++;
    this.#out.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return new Promise((resolve, reject) => this.#requests.set(id, { resolve, reject, method }));
  }

  #receive(text) {
    const messages = (this.#rest + text).split("\0");
    this.#rest = messages.pop();
    for (const message of messages.map(json => JSON.parse(json))) {
      const request = this.#requests.get(message.id);
      if (!request) {
        this.onEvent(message);
        continue;
      }

      this.#requests.delete(message.id);
      if (message.error) {
        request.reject(new Error(`${request.method}: ${message.error.message}`));
      } else {
        request.resolve(message.result);
      }
    }
  }
}
