import { measure, type Bag, type Empty, type Extended, type Lookup } from "./oriel";

measure({ box: { width: 1, "z-index": null }, names: { a: null }, rows: [[1, "a"]] }).then(([width, height]) => width + height);
export const bag: Bag = { anything: 1 };
export const empty: Empty = {};
export const extended: Extended = { name: "a", more: [1] };
export const lookup: Lookup = { a: { x: "three" }, b: { x: -2 } };

// @ts-expect-error: a bag holds numbers
export const wrong: Bag = { anything: "a" };
// @ts-expect-error: the name is required
export const unnamed: Extended = { more: [1] };
// @ts-expect-error: two is not allowed
export const two: Lookup = { a: { x: 2 } };
