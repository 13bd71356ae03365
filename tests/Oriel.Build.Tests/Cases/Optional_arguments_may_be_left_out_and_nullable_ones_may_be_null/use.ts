import { find, list } from "./oriel";

find({ text: null });
find({ text: "a", limit: 3, after: null });
list();
list({});
list({ hidden: true }, { timeout: 100 });

// @ts-expect-error: what may be null may not be left out
find({});
// @ts-expect-error: what may be left out may not be null
find({ text: "a", limit: null });
// @ts-expect-error: the arguments stand before the options
list({ timeout: 100 });
