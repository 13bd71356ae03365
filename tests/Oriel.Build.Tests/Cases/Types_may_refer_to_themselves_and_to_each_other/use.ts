import { tree, type Node, type Path } from "./oriel";

tree().then((node) => node.children[0]?.edges["a"]?.to.parent?.children.length);
export const leaf: Node = { children: [], edges: {}, parent: null };
export const path: Path = [leaf, { to: leaf, weight: 1 }];

// @ts-expect-error: it is only read
leaf.parent = leaf;
// @ts-expect-error: the list is only read
path.push(leaf);
