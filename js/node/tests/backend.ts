// A back end, as an application writes one.
import { App } from "../src/index";

const app = await App.connect();
app.expose("echo", (value) => value);
console.log("a print");
await app.run();
