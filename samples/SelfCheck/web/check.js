import { expect, report } from "./report.js";

await report({
  "typed command": async () => expect((await oriel.invoke("add", { a: 1, b: 2 })) === 3, "1 + 2"),
  "arguments by position": async () => expect((await oriel.invoke("add", [1, 2])) === 3, "1 + 2"),
  "exposed": async () => expect((await oriel.invoke("twice", { number: 21 })) === 42, "2 * 21"),
  "service": async () => expect((await oriel.invoke("greeter", { name: "Ada" })) === "Hello, Ada! It is True.", "the greeting"),
  "class of services": async () => expect((await oriel.invoke("lists.greet", { name: "Ada" })) === "Hello, Ada! It is True.", "the greeting"),
  "metadata": async () => {
    const drawing = {
      id: "00000000-0000-0000-0000-000000000001",
      hue: "darkGreen",
      shapes: [{ kind: "circle", radius: 1.5 }, { kind: "square", side: 2 }],
      layers: { a: [1, 2], b: [] },
      printed: "2024-02-29T12:00:00+00:00",
      title: "ü 😀",
    };
    const { preview, ...drawn } = await oriel.invoke("lists.draw", { drawing: { ...drawing, under: { ...drawing, printed: null }, preview: new Uint8Array([1, 2, 3]) } });
    expect(preview instanceof Uint8Array && String(preview) === "1,2,3", `the preview is ${preview}`);
    expect(drawn.under.printed === null && drawn.under.title === "ü 😀" && drawn.under.preview.length === 0, JSON.stringify(drawn.under));
    expect(drawn.hue === "darkGreen" && drawn.shapes[0].kind === "square" && drawn.shapes[1].radius === 1.5 && drawn.layers.a[1] === 2, JSON.stringify(drawn));
    const error = await oriel.invoke("lists.draw", { drawing: { ...drawing, hue: "blue" } }).catch((error) => error);
    expect(error.code === -32602 && error.data.path === "$.drawing.hue", JSON.stringify(error));
  },
  "raw command": async () => {
    const odd = { text: "\u0000 \u2028 \ud800 ü 😀 </script>", list: [1, null, true] };
    expect(JSON.stringify(await oriel.invoke("echo", odd)) === JSON.stringify(odd), "the echo differs");
  },
  "UI thread": () => oriel.invoke("onUIThread"),
  "wrong arguments": async () => {
    const error = await oriel.invoke("add", { a: "x", b: 1 }).catch((error) => error);
    expect(error.code === -32602 && error.data.path === "$.a", JSON.stringify(error));
  },
  "exception": async () => {
    const error = await oriel.invoke("fail").catch((error) => error);
    expect(error.code === -32603 && error.data.type === "System.InvalidOperationException", JSON.stringify(error));
  },
  "stream": async () => {
    const seen = [];
    for await (const number of oriel.stream("lists.count", { from: 1 })) {
      seen.push(number);
    }

    expect(seen.length === 100 && seen[99] === 100, `${seen.length} items`);
  },
  "stream of the page, and progress": async () => {
    const values = async function* () {
      yield* [1.5, 2, 3];
    };
    const reports = [];
    const sum = await oriel.invoke("lists.sum", { values: values() }, { onProgress: (value) => reports.push(value) });
    expect(sum === 6.5 && reports.at(-1) === 6.5, `${sum}, reports ${reports}`);
  },
  "cancellation": async () => {
    const abort = new AbortController();
    const call = oriel.invoke("lists.wait", {}, { signal: abort.signal }).catch((error) => error);
    abort.abort();
    expect((await call).name === "AbortError", "no AbortError");
    await oriel.invoke("lists.waitIsCancelled");
  },
  "bytes": async () => {
    const sent = new Uint8Array(300_000).map((_, index) => index);
    const received = await oriel.invoke("blobs.reverse", { content: sent });
    expect(received instanceof Uint8Array && received.length === sent.length && received.reverse().every((byte, index) => byte === sent[index]), "the bytes differ");
  },
  "bytes as a stream": async () => {
    let length = 0;
    for await (const part of await oriel.invoke("blobs.read", { length: 3_000_000 })) {
      length += part.length;
    }

    expect(length === 3_000_000, `${length} bytes`);
  },
  "bytes of the page as a stream": async () => {
    const second = new ReadableStream({
      start(controller) {
        controller.enqueue(new Uint8Array(500_000));
        controller.close();
      },
    });
    const length = await oriel.invoke("blobs.measure", { first: new Blob([new Uint8Array(1_000_000)]), second });
    expect(length === 1_500_000, `${length} bytes`);
  },
  "state": async () => {
    const cart = oriel.state("cart");
    const seen = [];
    const stop = cart.subscribe((value) => seen.push(value.items.length));
    await cart.set((value) => ({ items: [...value.items, "milk"] }));
    await cart.patch([{ op: "replace", path: "/items/0", value: "coffee" }]);
    const changed = new Promise((resolve) => cart.subscribe((value) => value.items.includes("bread") && resolve(value.items)));
    await oriel.invoke("cart");
    expect(String(await changed) === "coffee,milk,bread" && seen.at(-1) === 3, `${await changed}, ${seen}`);
    stop();
  },
  "served content": async () => expect((await (await fetch(await oriel.invoke("served"))).arrayBuffer()).byteLength === 1_000, "the length"),
  "events": async () => {
    const answer = new Promise((resolve) => oriel.once("noted", resolve));
    await oriel.emit("note", { text: "hello", window: 0 });
    expect((await answer).window === 1, "the answer");
  },
  "DOM events": async () => {
    const answer = new Promise((resolve) => addEventListener("noted", (event) => resolve(event.detail), { once: true }));
    dispatchEvent(new CustomEvent("note", { detail: { text: "hello", window: 0 } }));
    expect((await answer).text === "hello", "the answer");
  },
  "protocol up": async () => {
    const sent = new Uint8Array(300_000).map((_, index) => index);
    const response = await fetch("check://app/echo", { method: "POST", body: sent });
    const received = new Uint8Array(await response.arrayBuffer());
    expect(received.length === sent.length && received.every((byte, index) => byte === sent[index]), "the bytes differ");
  },
  "protocol range": async () => {
    const response = await fetch("check://app/part", { headers: { Range: "bytes=10-19" } });
    expect(response.status === 206 && (await response.arrayBuffer()).byteLength === 10, String(response.status));
  },
  "asset": async () => expect((await fetch("style.css")).headers.get("content-type").startsWith("text/css"), "the media type"),
});

await oriel.invoke("done");
