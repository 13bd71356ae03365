import { reload } from "./fresh-session";

const style = `
:host { all: initial; position: fixed; inset: 0; z-index: 2147483647; display: grid; place-items: center; padding: 1rem;
  background: Canvas; color: CanvasText; font: 1rem/1.5 system-ui, sans-serif; color-scheme: light dark; overflow: auto; }
section { max-width: 45rem; width: 100%; }
h1 { font-size: 1.5rem; margin: 0 0 .5rem; }
p { margin: 0 0 1rem; overflow-wrap: anywhere; white-space: pre-wrap; }
pre { overflow: auto; max-height: 50vh; padding: .75rem; border: 1px solid; font: .8125rem/1.4 ui-monospace, monospace; }
button { font: inherit; padding: .4rem 1rem; cursor: pointer; }
`;

/** Shows an error in front of the page; the page behind it can no longer be used. */
export function showError(message: string, details: string | null): HTMLElement {
  const host = document.createElement("oriel-error");
  const root = host.attachShadow({ mode: "open" });
  // A sheet of its own is allowed where a policy forbids inline styles.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  root.adoptedStyleSheets = [sheet];

  const section = document.createElement("section");
  section.setAttribute("role", "alertdialog");
  section.setAttribute("aria-modal", "true");
  section.setAttribute("aria-labelledby", "title");
  section.setAttribute("aria-describedby", "message");
  add(section, "h1", "title", "This page has stopped");
  add(section, "p", "message", message);
  if (details) {
    add(section, "pre", "details", details).tabIndex = 0;
  }

  const button = add(section, "button", "reload", "Reload");
  button.setAttribute("type", "button");
  button.addEventListener("click", reload);
  root.append(section);

  for (const child of document.body.children) {
    child.setAttribute("inert", "");
  }

  document.body.append(host);
  button.focus();
  return host;
}

function add(parent: Element, name: string, id: string, text: string): HTMLElement {
  const element = document.createElement(name);
  element.id = id;
  element.textContent = text;
  parent.append(element);
  return element;
}
