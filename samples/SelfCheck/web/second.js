import { expect, report } from "./report.js";

await report({
  "granted command": async () => expect((await oriel.invoke("add", [1, 2])) === 3, "1 + 2"),
  "granted state": async () => {
    const cart = oriel.state("cart");
    expect((await cart.ready).items.length > 0, JSON.stringify(cart.get()));
    const error = await cart.set({ items: [] }).catch((error) => error);
    expect(error?.code === -32003, JSON.stringify(error));
  },
  "command without a grant": async () => {
    const error = await oriel.invoke("echo", 1).catch((error) => error);
    expect(error.code === -32003, JSON.stringify(error));
  },
  "capability without a grant": async () => {
    const error = await oriel.invoke("onUIThread").catch((error) => error);
    expect(error.code === -32003, JSON.stringify(error));
  },
});

await oriel.invoke("secondIsDone");
