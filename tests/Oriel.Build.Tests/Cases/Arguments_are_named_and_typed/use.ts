import { greet, ping } from "./oriel";

export const text: Promise<string> = greet({ name: "Ada" });
export const nothing: Promise<void> = ping();
export const patient = ping({ timeout: 0, signal: new AbortController().signal });

// @ts-expect-error: the argument is missing
greet({});
// @ts-expect-error: the arguments are missing
greet();
// @ts-expect-error: a number is not a text
greet({ name: 1 });
// @ts-expect-error: there is no such argument
greet({ name: "Ada", age: 36 });
// @ts-expect-error: the answer is a text
export const wrong: Promise<number> = greet({ name: "Ada" });
// @ts-expect-error: there is no such option
ping({ credit: 1 });
