const expect = (isTrue, otherwise) => {
  if (!isTrue) {
    throw new Error(otherwise);
  }
};

const checks = {
  "typed command": async () => expect((await oriel.invoke("add", { a: 1, b: 2 })) === 3, "1 + 2"),
  "service": async () => expect((await oriel.invoke("greet", "Ada")) === "Hello, Ada! It is True.", "the greeting"),
  "raw command": async () => {
    const odd = { text: "\u0000 \u2028 \ud800 ü 😀 </script>", list: [1, null, true] };
    expect(JSON.stringify(await oriel.invoke("echo", odd)) === JSON.stringify(odd), "the echo differs");
  },
  "UI thread": () => oriel.invoke("onUIThread"),
  "wrong arguments": async () => {
    const error = await oriel.invoke("add", { a: "x" }).catch((error) => error);
    expect(error.code === -32602 && error.data.path === "$.a", JSON.stringify(error));
  },
  "exception": async () => {
    const error = await oriel.invoke("fail", { a: 1, b: 2 }).catch((error) => error);
    expect(error.code === -32603 && error.data.type === "System.InvalidOperationException", JSON.stringify(error));
  },
  "stream": async () => {
    const seen = [];
    for await (const number of oriel.stream("count", { from: 1, to: 100 })) {
      seen.push(number);
    }

    expect(seen.length === 100 && seen[99] === 100, `${seen.length} items`);
  },
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
};

for (const [name, check] of Object.entries(checks)) {
  try {
    await check();
    await oriel.invoke("report", { name, error: null });
  } catch (error) {
    await oriel.invoke("report", { name, error: String(error) });
  }
}

await oriel.invoke("done");
