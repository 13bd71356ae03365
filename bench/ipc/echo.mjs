// The Node peer of `bench/run ipc`: answers requests, and reads events and no more.
import { App } from "../../js/node/dist/index.js";

const app = await App.connect();
app.expose("echo", (data) => data);
app.expose("sink", () => null);
app.expose("flush", (count) => count);
app.on("tick", () => {});
await app.run();
