import { await_, class_, delete_, files, new_, type Class, type class_ as lower } from "./oriel";

await_();
delete_({ path: "a" });
files.delete({ path: "a" });
files.new();
new_.import();
export const answer: Promise<Class> = class_({ class: "a" });
export const same: lower = { function: "f", null: null };

// @ts-expect-error: the word is no name here
import { delete as remove } from "./oriel";
