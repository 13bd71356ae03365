import { NodeKind } from "../ops";
import { type Attributes, isLate } from "./attributes";
import { FrameError } from "./frame-error";
import { createElement, namespaceOf, parse } from "./markup";
import { contentOf, ElementNode } from "./nodes";
import type { FrameReader } from "./reader";

const MaxTemplates = 256;
const MaxNodes = 512;

/** A slot: what each use of the template fills in. */
export const Slot = null;
export type Slotted<T> = T | typeof Slot;

export interface ElementPlan {
  kind: NodeKind.Element;
  name: string;
  attributes: { name: string; value: Slotted<string> }[];
  handlers: { name: string; id: Slotted<number> }[];
  /** False where the element has no reference. */
  reference: Slotted<string> | false;
  children: Plan[];
}

/** A node of a template. */
export type Plan = ElementPlan | { kind: NodeKind.Text | NodeKind.Markup; text: Slotted<string>; /** DOM nodes of the copy. */ nodes: number } | { kind: NodeKind.Component; id: Slotted<number> };

/** A subtree that is made once, and copied from then on. */
class Template {
  private readonly made = new Map<string, { plan: Plan; content: DocumentFragment }>();

  constructor(
    private readonly plan: Plan,
    private readonly attributes: Attributes,
  ) {}

  /** A copy of the parts that are the same in all uses, and what each use adds. */
  copy(parent: Node): { plan: Plan; content: DocumentFragment } {
    // The same names mean other elements in SVG.
    const space = namespaceOf("", parent);
    let made = this.made.get(space);
    if (!made) {
      this.made.set(space, (made = { plan: structuredClone(this.plan), content: document.createDocumentFragment() }));
      this.build(made.plan, made.content, parent);
    }

    return { plan: made.plan, content: document.importNode(made.content, true) };
  }

  private build(plan: Plan, target: Node, parent: Node): void {
    if (plan.kind === NodeKind.Element) {
      const element = createElement(plan.name, parent);
      const node = new ElementNode(element);
      for (const attribute of plan.attributes) {
        if (!isPerUse(attribute)) {
          this.attributes.set(node, attribute.name, attribute.value!);
        }
      }

      for (const child of plan.children) {
        this.build(child, contentOf(element), element);
      }

      target.appendChild(element);
    } else if (plan.kind === NodeKind.Text) {
      target.appendChild(document.createTextNode(plan.text ?? ""));
    } else if (plan.kind === NodeKind.Markup && plan.text !== Slot) {
      const nodes = parse(plan.text, parent);
      plan.nodes = nodes.length;
      nodes.forEach((node) => target.appendChild(node));
    }
  }
}

export class Templates {
  private readonly templates: Template[] = [];

  constructor(private readonly attributes: Attributes) {}

  get(index: number): Template {
    const template = this.templates[index];
    if (!template) {
      throw new FrameError(`A frame uses template ${index} of ${this.templates.length}.`);
    }

    return template;
  }

  define(reader: FrameReader): void {
    if (this.templates.length >= MaxTemplates) {
      throw new FrameError(`A frame defines more than ${MaxTemplates} templates.`);
    }

    const plan = readPlan(reader, { left: MaxNodes });
    this.templates.push(new Template(plan, this.attributes));
  }
}

function readPlan(reader: FrameReader, nodes: { left: number }): Plan {
  if (--nodes.left < 0) {
    throw new FrameError(`A frame defines a template of more than ${MaxNodes} nodes.`);
  }

  const kind = reader.number();
  switch (kind) {
    case NodeKind.Element:
      return {
        kind,
        name: reader.name(),
        attributes: Array.from({ length: reader.count() }, () => ({ name: reader.name(), value: reader.slot() ? Slot : reader.value() })),
        handlers: Array.from({ length: reader.count() }, () => ({ name: reader.name(), id: reader.slot() ? Slot : reader.number() })),
        reference: reader.slot() ? Slot : (reader.reference() ?? false),
        children: Array.from({ length: reader.count() }, () => readPlan(reader, nodes)),
      };
    case NodeKind.Text:
    case NodeKind.Markup:
      return { kind, text: reader.slot() ? Slot : reader.text(), nodes: 0 };
    case NodeKind.Component:
      return { kind, id: reader.slot() ? Slot : reader.number() };
    default:
      throw new FrameError(`A template has a node of the unknown kind ${kind}.`);
  }
}

/** The attributes of a plan that the copy does not have yet. */
export function isPerUse(attribute: { name: string; value: Slotted<string> }): boolean {
  return attribute.value === Slot || isLate(attribute.name) || attribute.name === "open" || attribute.name.startsWith("__");
}
