// What C# rendered, beside the DOM: its indices count these nodes, so a frame fits wherever a library has moved the DOM nodes to.

/** A node that has children. */
export type Branch = ElementNode | ComponentNode;

/** A node of the logical tree. */
export type LogicalNode = Branch | TextNode | MarkupNode;

export class TextNode {
  parent: Branch | null = null;

  constructor(readonly dom: Text) {}
}

/** Raw markup: any number of DOM nodes, none included. */
export class MarkupNode {
  parent: Branch | null = null;

  constructor(public nodes: ChildNode[]) {}
}

export class ElementNode {
  parent: Branch | null = null;
  readonly children: LogicalNode[] = [];
  /** Event names to the ids of their handlers. */
  handlers: Map<string, number> | null = null;
  /** Events whose default is prevented here. */
  prevents: Set<string> | null = null;
  /** Events that go no further than here. */
  stops: Set<string> | null = null;
  reference: string | null = null;

  constructor(readonly dom: Element) {}
}

export class ComponentNode {
  parent: Branch | null = null;
  readonly children: LogicalNode[] = [];
  /** Where the component ends, if it was worth a node of its own. */
  marker: Comment | null = null;

  constructor(
    readonly id: number,
    /** Where the children of a root go. */
    readonly container: Element | null = null,
  ) {}
}

/** The DOM node that the children of an element are put into. */
export function contentOf(element: Element): ParentNode & Node {
  return element.localName === "template" && "content" in element ? (element as HTMLTemplateElement).content : element;
}

/** The component that renders a node. */
export function componentOf(node: LogicalNode): ComponentNode | null {
  let parent: Branch | null = node.parent;
  while (parent instanceof ElementNode) {
    parent = parent.parent;
  }

  return parent;
}
