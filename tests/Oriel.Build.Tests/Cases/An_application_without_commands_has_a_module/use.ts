import * as app from "./oriel";

export const names: readonly string[] = Object.keys(app);

// @ts-expect-error: it has nothing
app.greet;
