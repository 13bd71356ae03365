import * as app from "./oriel";

app.open({ path: "a", mode: "read" });
app.old();
export const level: app.Level = "low";

// @ts-expect-error: a comment does not become code
app.injected;
// @ts-expect-error: no such mode
app.open({ path: "a", mode: "append" });
