import { NodeKind, Op } from "../ops";
import { Attributes, isLate } from "./attributes";
import type { Fields } from "./fields";
import { FrameError } from "./frame-error";
import { Keeper } from "./keeper";
import { createElement, parse } from "./markup";
import { type Branch, ComponentNode, contentOf, ElementNode, type LogicalNode, MarkupNode, TextNode } from "./nodes";
import { containerOf, eachDom, placeOf, staying } from "./placing";
import { FrameReader, Tables } from "./reader";
import { isPerUse, type Plan, Slot, Templates } from "./templates";

/** How deep elements may be nested in one another. */
const MaxDepth = 512;

/** What of the page takes part in events. */
export interface Listener {
  listen(node: ElementNode, event: string, prevents: boolean): void;
  /** An element is gone. */
  forget?(element: Element): void;
}

/** What C# rendered, and its DOM. Frames are applied here. */
export class Page {
  private readonly components = new Map<number, ComponentNode>();
  private readonly references = new Map<string, Element>();
  private readonly handlers = new Map<number, { node: ElementNode; name: string }>();
  private readonly removals = new WeakMap<Element, Set<() => void>>();
  private readonly tables = new Tables();
  private readonly attributes: Attributes;
  private readonly templates: Templates;
  private readonly keeper = new Keeper();
  private removed: Set<() => void>[] = [];

  constructor(
    private readonly fields: Fields,
    private readonly listener: Listener,
  ) {
    this.attributes = new Attributes(fields, (node, event, prevents) => listener.listen(node, event, prevents));
    this.templates = new Templates(this.attributes);
  }

  /** Whether the keeping of focus moves it at the moment: such events are nobody's. */
  get refocusing(): boolean {
    return this.keeper.busy;
  }

  /** Gives the children of a root component a place in the document. */
  addRoot(id: number, container: Element): void {
    const root = new ComponentNode(id, container);
    // What else is in the container, or comes, stands outside of the root's children.
    root.marker = container.appendChild(document.createComment(""));
    this.components.set(id, root);
  }

  /** The element of an `ElementReference`. */
  reference(id: string): Element | undefined {
    return this.references.get(id);
  }

  /** Calls back when a frame has removed an element; the result stops it. */
  onRemoved(element: Element, callback: () => void): () => void {
    let callbacks = this.removals.get(element);
    if (!callbacks) {
      this.removals.set(element, (callbacks = new Set()));
    }

    callbacks.add(callback);
    return () => void callbacks.delete(callback);
  }

  /** Applies a frame whose ops begin at a position of a message. */
  apply(message: readonly unknown[], position: number, handled: number): void {
    const reader = new FrameReader(message, position, this.tables);
    this.fields.handled = handled;
    this.keeper.begin();
    try {
      let parents: Branch[] = [];
      while (reader.more) {
        parents = this.applyOp(reader, parents);
      }
    } finally {
      this.fields.finish();
      this.keeper.end();
    }

    this.giveFocus();
    for (const callbacks of this.removed.splice(0)) {
      for (const callback of callbacks) {
        try {
          callback();
        } catch (error) {
          reportError(error);
        }
      }
    }
  }

  // A person who is at something else is not taken away from it, unless by a dialog.
  private giveFocus(): void {
    const wanting = this.attributes.focus.splice(0).find((element) => element.isConnected);
    const opened = this.attributes.opened.splice(0);
    const active = document.activeElement;
    if (wanting && (!active || active === document.body || opened.some((dialog) => dialog.contains(wanting)))) {
      (wanting as HTMLElement).focus();
    }
  }

  private applyOp(reader: FrameReader, parents: Branch[]): Branch[] {
    const op = reader.number();
    switch (op) {
      case Op.Component:
        return [this.component(reader.number())];
      case Op.Gone:
        for (let count = reader.count(); count > 0; count--) {
          this.components.delete(reader.number());
        }

        return parents;
      case Op.Unhandled:
        for (let count = reader.count(); count > 0; count--) {
          this.unhandle(reader.number());
        }

        return parents;
      case Op.Define:
        this.tables.define(reader.text());
        return parents;
      case Op.Template:
        this.templates.define(reader);
        return parents;
    }

    const parent = parents[parents.length - 1];
    if (!parent) {
      throw new FrameError(`A frame has the operation ${op} outside of a component.`);
    }

    switch (op) {
      case Op.Insert:
        this.insert(reader, parent);
        break;
      case Op.Remove:
        this.remove(parent, reader.number());
        break;
      case Op.Attribute:
        this.setAttribute(elementAt(parent, reader.number()), reader.name(), reader.value());
        break;
      case Op.NoAttribute:
        this.removeAttribute(elementAt(parent, reader.number()), reader.name());
        break;
      case Op.Handler:
        this.handle(elementAt(parent, reader.number()), reader.name(), reader.number());
        break;
      case Op.Text:
        this.setText(childAt(parent, reader.number()), reader.text());
        break;
      case Op.Markup:
        this.setMarkup(parent, reader.number(), reader.text());
        break;
      case Op.In:
        parents.push(elementAt(parent, reader.number()));
        break;
      case Op.Out:
        if (parents.length === 1) {
          throw new FrameError("A frame leaves the component that it is in.");
        }

        parents.pop();
        break;
      case Op.Move:
        this.move(reader, parent);
        break;
      default:
        throw new FrameError(`A frame has the unknown operation ${op}.`);
    }

    return parents;
  }

  private component(id: number): ComponentNode {
    const component = this.components.get(id);
    if (!component) {
      throw new FrameError(`A frame changes component ${id}, which is not there.`);
    }

    return component;
  }

  private insert(reader: FrameReader, parent: Branch): void {
    const index = reader.number();
    if (index > parent.children.length) {
      throw new FrameError(`A frame inserts at ${index} of ${parent.children.length} children.`);
    }

    const container = containerOf(parent);
    const content = document.createDocumentFragment();
    // The parent for what depends on where an element stands: a fragment has no namespace.
    const node = this.readNode(reader, content, parent instanceof ElementNode ? parent.dom : (container as Node), 0);
    if (content.firstChild) {
      container.insertBefore(content, placeOf(parent, index, container));
      this.touchOptions(container);
    }

    node.parent = parent;
    if (index === parent.children.length) {
      parent.children.push(node);
    } else {
      parent.children.splice(index, 0, node);
    }
  }

  private readNode(reader: FrameReader, target: Node, parent: Node, depth: number): LogicalNode {
    if (depth > MaxDepth) {
      throw new FrameError(`A frame nests elements deeper than ${MaxDepth}.`);
    }

    const kind = reader.number();
    switch (kind) {
      case NodeKind.Element:
        return this.readElement(reader, target, parent, depth);
      case NodeKind.Text:
        return new TextNode(target.appendChild(document.createTextNode(reader.text())));
      case NodeKind.Markup: {
        const nodes = parse(reader.text(), parent);
        nodes.forEach((node) => target.appendChild(node));
        return new MarkupNode(nodes);
      }
      case NodeKind.Component:
        return this.addComponent(reader.number());
      case NodeKind.Use: {
        const { plan, content } = this.templates.get(reader.number()).copy(parent);
        const { node } = this.fill(reader, plan, content.firstChild, content, parent);
        target.appendChild(content);
        return node;
      }
      default:
        throw new FrameError(`A frame inserts a node of the unknown kind ${kind}.`);
    }
  }

  private readElement(reader: FrameReader, target: Node, parent: Node, depth: number): ElementNode {
    const node = new ElementNode(elementOf(reader.name(), parent));
    const late: [name: string, value: string][] = [];
    for (let count = reader.count(); count > 0; count--) {
      const name = reader.name();
      const value = reader.value();
      if (isLate(name)) {
        late.push([name, value]);
      } else {
        this.attributes.set(node, name, value);
      }
    }

    for (let count = reader.count(); count > 0; count--) {
      this.handle(node, reader.name(), reader.number());
    }

    this.refer(node, reader.reference());
    const content = contentOf(node.dom);
    for (let count = reader.count(); count > 0; count--) {
      const child = this.readNode(reader, content, node.dom, depth + 1);
      child.parent = node;
      node.children.push(child);
    }

    for (const [name, value] of late) {
      this.attributes.set(node, name, value);
    }

    target.appendChild(node.dom);
    return node;
  }

  /** Fills the slots of a template's copy; `next` is the DOM node that the plan's first one is. */
  private fill(reader: FrameReader, plan: Plan, next: ChildNode | null, target: Node, parent: Node): { node: LogicalNode; next: ChildNode | null } {
    switch (plan.kind) {
      case NodeKind.Text: {
        const dom = next as Text;
        if (plan.text === Slot) {
          dom.data = reader.text();
        }

        return { node: new TextNode(dom), next: dom.nextSibling };
      }
      case NodeKind.Markup: {
        if (plan.text === Slot) {
          const nodes = parse(reader.text(), parent);
          nodes.forEach((node) => target.insertBefore(node, next));
          return { node: new MarkupNode(nodes), next };
        }

        const nodes: ChildNode[] = [];
        for (; nodes.length < plan.nodes; next = next!.nextSibling) {
          nodes.push(next!);
        }

        return { node: new MarkupNode(nodes), next };
      }
      case NodeKind.Component:
        return { node: this.addComponent(plan.id ?? reader.number()), next };
      case NodeKind.Element: {
        const node = new ElementNode(next as ChildNode & Element);
        const late: [name: string, value: string][] = [];
        for (const attribute of plan.attributes) {
          if (isPerUse(attribute)) {
            const value = attribute.value ?? reader.value();
            if (isLate(attribute.name)) {
              late.push([attribute.name, value]);
            } else {
              this.attributes.set(node, attribute.name, value);
            }
          }
        }

        for (const { name, id } of plan.handlers) {
          this.handle(node, name, id ?? reader.number());
        }

        if (plan.reference !== false) {
          this.refer(node, plan.reference ?? reader.text());
        }

        const content = contentOf(node.dom);
        let cursor = content.firstChild;
        for (const child of plan.children) {
          const filled = this.fill(reader, child, cursor, content, node.dom);
          cursor = filled.next;
          filled.node.parent = node;
          node.children.push(filled.node);
        }

        for (const [name, value] of late) {
          this.attributes.set(node, name, value);
        }

        return { node, next: (node.dom as ChildNode).nextSibling };
      }
    }
  }

  private addComponent(id: number): ComponentNode {
    if (this.components.has(id)) {
      throw new FrameError(`A frame inserts component ${id}, which is there already.`);
    }

    const component = new ComponentNode(id);
    this.components.set(id, component);
    return component;
  }

  private refer(node: ElementNode, id: string | null): void {
    if (id !== null) {
      node.reference = id;
      this.references.set(id, node.dom);
    }
  }

  private handle(node: ElementNode, name: string, id: number): void {
    if (name.length === 0) {
      throw new FrameError("A frame has a handler of an event without a name.");
    }

    (node.handlers ??= new Map()).set(name, id);
    this.handlers.set(id, { node, name });
    this.listener.listen(node, name, false);
  }

  private unhandle(id: number): void {
    const handler = this.handlers.get(id);
    this.handlers.delete(id);
    if (handler?.node.handlers?.get(handler.name) === id) {
      handler.node.handlers.delete(handler.name);
    }
  }

  private setAttribute(node: ElementNode, name: string, value: string): void {
    this.attributes.set(node, name, value);
    this.touchOptions(node.dom);
  }

  private removeAttribute(node: ElementNode, name: string): void {
    const event = name.startsWith("on") ? name.slice(2) : node.dom.hasAttribute(name) ? "" : name;
    if (event && node.handlers?.delete(event)) {
      return;
    }

    this.attributes.remove(node, name);
    this.touchOptions(node.dom);
  }

  private setText(node: LogicalNode, text: string): void {
    if (!(node instanceof TextNode)) {
      throw new FrameError("A frame sets the text of what is not text.");
    }

    node.dom.data = text;
    this.touchOptions(node.dom.parentNode);
  }

  private setMarkup(parent: Branch, index: number, markup: string): void {
    const node = childAt(parent, index);
    if (!(node instanceof MarkupNode)) {
      throw new FrameError("A frame sets the markup of what is not markup.");
    }

    const container = containerOf(parent);
    const nodes = parse(markup, parent instanceof ElementNode ? parent.dom : container);
    const place = placeOf(parent, index, container);
    nodes.forEach((dom) => container.insertBefore(dom, place));
    node.nodes.forEach((dom) => dom.remove());
    node.nodes = nodes;
    this.touchOptions(container);
  }

  private remove(parent: Branch, index: number): void {
    const node = childAt(parent, index);
    parent.children.splice(index, 1);
    node.parent = null;
    this.touchOptions(containerOf(parent));
    eachDom(node, (dom) => dom.remove());
    this.forget(node);
  }

  // What is below goes with its parent, unless a library has moved it elsewhere.
  private forget(node: LogicalNode): void {
    if (!(node instanceof ElementNode || node instanceof ComponentNode)) {
      return;
    }

    if (node instanceof ElementNode) {
      this.fields.forget(node.dom);
      this.listener.forget?.(node.dom);
      const callbacks = this.removals.get(node.dom);
      if (callbacks) {
        this.removed.push(callbacks);
      }

      if (node.reference !== null && this.references.get(node.reference) === node.dom) {
        this.references.delete(node.reference);
      }

      node.handlers?.forEach((id) => this.handlers.delete(id));
      node.handlers = null;
      const content = contentOf(node.dom);
      for (const child of node.children) {
        eachDom(child, (dom) => {
          if (dom.parentNode !== content) {
            dom.remove();
          }
        });
      }
    }

    for (const child of node.children) {
      this.forget(child);
    }
  }

  private move(reader: FrameReader, parent: Branch): void {
    const before = parent.children.slice();
    const order = before.map((_, index) => index);
    const from = new Set<number>();
    const to = new Set<number>();
    for (let count = reader.count(); count > 0; count--) {
      const source = reader.number();
      const target = reader.number();
      const length = reader.number();
      const step = reader.step();
      if (source + length > before.length) {
        throw new FrameError(`A frame moves children ${source} to ${source + length - 1} of ${before.length}.`);
      }

      for (let i = 0; i < length; i++) {
        const place = target + i * step;
        if (from.has(source + i) || to.has(place) || place < 0 || place >= before.length) {
          throw new FrameError("A frame moves children in a way that is no order of them.");
        }

        from.add(source + i);
        to.add(place);
        order[place] = source + i;
      }
    }

    if (new Set(order).size !== order.length) {
      throw new FrameError("A frame moves children in a way that is no order of them.");
    }

    order.forEach((old, index) => (parent.children[index] = before[old]!));
    this.reorder(parent, before, order);
  }

  private reorder(parent: Branch, before: readonly LogicalNode[], order: readonly number[]): void {
    const container = containerOf(parent);
    const focused = this.keeper.focused;
    const stay = staying(order, focused ? before.findIndex((node) => holds(node, focused)) : -1);
    let place = placeOf(parent, order.length, container);
    for (let index = order.length - 1; index >= 0; index--) {
      const doms: ChildNode[] = [];
      eachDom(parent.children[index]!, (dom) => {
        if (dom.parentNode === container) {
          doms.push(dom);
        }
      });
      if (!stay.has(order[index]!)) {
        doms.forEach((dom) => this.keeper.move(container, dom, place));
      }

      place = doms[0] ?? place;
    }

    this.touchOptions(container);
  }

  // A select shows its value only among options that are there.
  private touchOptions(container: Node | null): void {
    if (!(container instanceof Element)) {
      return;
    }

    if (container.localName === "select") {
      this.fields.touch(container);
    } else if (container.localName === "optgroup" || container.localName === "option") {
      this.fields.touch(container.closest("select"));
    }
  }
}

function childAt(parent: Branch, index: number): LogicalNode {
  const child = parent.children[index];
  if (!child) {
    throw new FrameError(`A frame changes child ${index} of ${parent.children.length}.`);
  }

  return child;
}

function elementAt(parent: Branch, index: number): ElementNode {
  const child = childAt(parent, index);
  if (!(child instanceof ElementNode)) {
    throw new FrameError(`A frame treats child ${index} as an element, which it is not.`);
  }

  return child;
}

function elementOf(name: string, parent: Node): Element {
  try {
    return createElement(name, parent);
  } catch {
    throw new FrameError(`A frame has an element of the impossible name "${name.slice(0, 100)}".`);
  }
}

function holds(node: LogicalNode, element: Element): boolean {
  let found = false;
  eachDom(node, (dom) => (found ||= dom.contains(element)));
  return found;
}
