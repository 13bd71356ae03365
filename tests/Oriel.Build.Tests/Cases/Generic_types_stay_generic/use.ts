import { page, type Page } from "./oriel";

page({ of: { first: "a", second: [1] } }).then((users) => users.items[0]!.name);
export const numbers: Page<number> = { items: [1], next: { items: [], next: null } };

// @ts-expect-error: the second part is a list
page({ of: { first: "a", second: 1 } });
// @ts-expect-error: a page is a page of something
export const bare: Page = { items: [] };
