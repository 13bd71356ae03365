type Child = Node | string;
type AttributeValue = string | number | boolean | undefined;

/** Makes an element. An attribute that is `true` is set empty; one that is `false` or undefined is left out. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, AttributeValue> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) {
      made.setAttribute(name, value === true ? "" : String(value));
    }
  }

  made.append(...children);
  return made;
}

/** Sets the text of a node, leaving the document alone when it is there already. */
export function setText(node: Node, text: string): void {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

/** The element of the document with that id, which index.html promises. */
export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) {
    throw new Error(`index.html has no element with the id "${id}".`);
  }

  return found;
}
