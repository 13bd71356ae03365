// What GtkDriver keeps in a page. Every script of the driver begins with this one.
const driver = (globalThis.__driver ??= (() => {
  const record = [];
  const held = {};
  const waiting = [];
  const write = (line) => {
    record.push(line);
    for (const wake of waiting.splice(0)) {
      wake();
    }
  };
  const answer = (value) => JSON.stringify(value) ?? "null";

  return {
    held,
    write,
    answer,
    async attempt(action) {
      try {
        return { value: await action() };
      } catch (error) {
        return { error: { name: error.name, code: error.code ?? 0, message: String(error.message), data: error.data === undefined ? null : JSON.stringify(error.data) } };
      }
    },
    listen(names) {
      for (const name of names) {
        oriel.on(name, (data) => write(`${name} ${answer(data)}`));
      }
    },
    recordStates() {
      window.addEventListener("oriel:down", (event) => {
        for (const line of event.detail.split("\n")) {
          if (line.includes("oriel:state")) {
            write(`state ${answer(JSON.parse(line).data)}`);
          }
        }
      });
    },
    async recorded(count) {
      while (record.length < count) {
        await new Promise((resolve) => waiting.push(resolve));
      }

      return record;
    },
    // The answer to a request that the test has written itself.
    post(id, line) {
      return new Promise((resolve) => {
        window.addEventListener("oriel:down", (event) => {
          for (const text of event.detail.split("\n")) {
            const message = JSON.parse(text);
            if (message.id === id || (message.type === "response" && message.id === undefined)) {
              resolve(text);
            }
          }
        });
        window.addEventListener("oriel:failed", (event) => {
          const end = event.detail.indexOf("\n");
          if (event.detail.slice(0, end).split(" ").includes(id)) {
            resolve(event.detail.slice(end + 1));
          }
        });
        window.dispatchEvent(new CustomEvent("oriel:up", { detail: `r${id} ${line}` }));
      });
    },
    async fetch(url, method, headers, body) {
      try {
        const bytes = body === null ? undefined : Uint8Array.from(body);
        const response = await fetch(url, { method, headers, body: bytes });
        const content = new Uint8Array(await response.arrayBuffer());
        return { status: response.status, headers: Object.fromEntries(response.headers), body: Array.from(content) };
      } catch (error) {
        return { status: 0, headers: {}, body: [] };
      }
    },
    bytes(kind, length) {
      const bytes = new Uint8Array(length);
      for (let i = 0; i < length; i++) {
        bytes[i] = i * 31 + (i >> 8) + (i >> 16);
      }

      switch (kind) {
        case "Uint8Array":
          return bytes;
        case "ArrayBuffer":
          return bytes.buffer;
        case "DataView": {
          const larger = new Uint8Array(length + 20);
          larger.set(bytes, 10);
          return new DataView(larger.buffer, 10, length);
        }
        case "Blob":
          return new Blob([bytes.subarray(0, length >> 1), bytes.subarray(length >> 1)]);
        case "File":
          return new File([bytes], "pattern.bin");
        case "ReadableStream": {
          let at = 0;
          return new ReadableStream({
            pull(controller) {
              if (at < length) {
                controller.enqueue(bytes.subarray(at, (at += 1_000_000)));
              } else {
                controller.close();
              }
            },
          });
        }
      }
    },
    async seen(value) {
      const kind = value instanceof Uint8Array ? "bytes" : value instanceof ReadableStream ? "stream" : typeof value;
      const bytes = kind === "stream" ? new Uint8Array(await new Response(value).arrayBuffer()) : value;
      const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
      return { kind, length: bytes.length, hash: Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("") };
    },
    // A page that is busy: this blocks its thread until the answer comes.
    block(url) {
      const request = new XMLHttpRequest();
      request.open("GET", url, false);
      request.send();
    },
  };
})());
