import { disarm } from "./safety";

const Svg = "http://www.w3.org/2000/svg";
const MathMl = "http://www.w3.org/1998/Math/MathML";
const Html = "http://www.w3.org/1999/xhtml";

/** The namespace of an element by its name and where it stands, as a browser's parser chooses it. */
export function namespaceOf(name: string, parent: Node): string {
  if (name === "svg") {
    return Svg;
  }

  if (name === "math") {
    return MathMl;
  }

  const space = (parent as Element).namespaceURI;
  return (space === Svg && (parent as Element).localName !== "foreignObject") || space === MathMl ? space : Html;
}

/** Makes an element that never runs: a script that a parser of fragments made has already been started. */
export function createElement(name: string, parent: Node): Element {
  const space = namespaceOf(name, parent);
  // A prefix hides a script of SVG only from those who look at the whole name.
  if (name.slice(name.lastIndexOf(":") + 1).toLowerCase() === "script") {
    return inert();
  }

  return space === Html ? document.createElement(name) : document.createElementNS(space, name);
}

function inert(): Element {
  const template = document.createElement("template");
  template.innerHTML = "<script></script>";
  return template.content.firstElementChild!;
}

/** The DOM nodes of raw markup, as they are where they are put. */
export function parse(markup: string, parent: Node): ChildNode[] {
  if (markup.length === 0) {
    return [];
  }

  const template = document.createElement("template");
  let content: ParentNode & Node = template.content;
  const space = namespaceOf("", parent);
  if (space === Html) {
    template.innerHTML = markup;
  } else {
    const root = space === Svg ? "svg" : "math";
    template.innerHTML = `<${root}>${markup}</${root}>`;
    // Markup that closes the element goes on behind it as HTML: it is left out.
    content = template.content.firstElementChild ?? template.content;
  }

  disarm(content);
  const nodes = [...content.childNodes].map((node) => document.adoptNode(node));
  for (const node of nodes) {
    if (node.nodeType === Node.ELEMENT_NODE) {
      restyle(node as Element);
    }
  }

  return nodes;
}

// The text of a style attribute may be refused by the page's policy; the same through the object model is not.
function restyle(element: Element): void {
  for (const styled of [element, ...element.querySelectorAll("[style]")]) {
    const style = styled.getAttribute("style");
    if (style !== null && "style" in styled) {
      (styled as HTMLElement).style.cssText = style;
    }
  }
}
