import { type Branch, ComponentNode, contentOf, ElementNode, type LogicalNode, MarkupNode, TextNode } from "./nodes";

/** Empty components in a row that are passed in search of a place before they get markers: a thousand of them would take a million steps. */
const MaxEmpty = 16;

/** The DOM node that holds the children of a node. */
export function containerOf(branch: Branch): ParentNode & Node {
  let node: Branch | null = branch;
  while (node) {
    if (node instanceof ElementNode) {
      return contentOf(node.dom);
    }

    if (node.container) {
      return node.container;
    }

    node = node.parent;
  }

  throw new Error("A component is placed nowhere.");
}

/** Calls back with each topmost DOM node of a logical node, in order. */
export function eachDom(node: LogicalNode, visit: (dom: ChildNode) => void): void {
  if (node instanceof ElementNode || node instanceof TextNode) {
    visit(node.dom);
  } else if (node instanceof MarkupNode) {
    node.nodes.forEach(visit);
  } else {
    for (const child of node.children) {
      eachDom(child, visit);
    }

    if (node.marker) {
      visit(node.marker);
    }
  }
}

/** The first DOM node that is still where it was put: a library may have moved others. */
function firstIn(node: LogicalNode, container: Node): ChildNode | null {
  if (node instanceof ElementNode || node instanceof TextNode) {
    return node.dom.parentNode === container ? node.dom : null;
  }

  if (node instanceof MarkupNode) {
    return node.nodes.find((dom) => dom.parentNode === container) ?? null;
  }

  for (const child of node.children) {
    const first = firstIn(child, container);
    if (first) {
      return first;
    }
  }

  return node.marker?.parentNode === container ? node.marker : null;
}

/** The DOM node in front of which the child at an index belongs; null for the end of the container. */
export function placeOf(branch: Branch, index: number, container: Node): ChildNode | null {
  const empty: ComponentNode[] = [];
  let before: ChildNode | null = null;
  for (;;) {
    for (let i = index; i < branch.children.length && !before; i++) {
      const child = branch.children[i]!;
      before = firstIn(child, container);
      if (!before && child instanceof ComponentNode && !child.marker) {
        empty.push(child);
      }
    }

    if (!before && branch instanceof ComponentNode && branch.marker?.parentNode === container) {
      before = branch.marker;
    }

    if (before || branch instanceof ElementNode || !branch.parent) {
      break;
    }

    index = branch.parent.children.indexOf(branch) + 1;
    branch = branch.parent;
  }

  if (empty.length <= MaxEmpty) {
    return before;
  }

  for (let i = MaxEmpty; i < empty.length; i += MaxEmpty) {
    empty[i]!.marker = container.insertBefore(document.createComment(""), before);
  }

  return firstIn(empty[MaxEmpty]!, container);
}

/** The steps of an order that can stay where they are: a longest rising sequence, with one member in it if that is given. */
export function staying(order: readonly number[], fixed: number): Set<number> {
  const position = order.indexOf(fixed);
  const tails: number[] = [];
  const previous = new Array<number>(order.length).fill(-1);
  order.forEach((old, i) => {
    if (position >= 0 && i !== position && i < position !== old < fixed) {
      return;
    }

    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (order[tails[middle]!]! < old) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }

    previous[i] = low > 0 ? tails[low - 1]! : -1;
    tails[low] = i;
  });

  const stay = new Set<number>();
  for (let i = tails.length > 0 ? tails[tails.length - 1]! : -1; i >= 0; i = previous[i]!) {
    stay.add(order[i]!);
  }

  return stay;
}
