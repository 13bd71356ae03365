// What no frame may bring into the page, whoever wrote it.

/** Attributes that a browser follows, or hands to something that runs. */
const navigational = new Set(["href", "src", "action", "formaction", "xlink:href", "data", "poster", "background", "cite", "codebase", "from", "to", "by", "values"]);
/** What shows a document, or goes to one, rather than an image or a sound. */
const documents = new Set(["iframe", "frame", "object", "embed", "a", "area", "form"]);
const actions = new Set(["action", "formaction", "data", "codebase"]);
const dataScripts = new Set(["application/json", "application/ld+json", "text/template", "text/x-template"]);
const warned = new Set<string>();

/** Whether an attribute may be set; says once a name if not. */
export function allows(element: Element, name: string, value: string): boolean {
  const lower = name.toLowerCase();
  let reason = "";
  if (lower.startsWith("on")) {
    reason = "event handlers are C# methods";
  } else if (lower === "srcdoc") {
    reason = "a frame's document is not made of a string";
  } else if (navigational.has(lower) && (lower === "values" ? value.split(";") : [value]).some(runs)) {
    reason = "its address would run as script";
  } else if (navigational.has(lower) && (documents.has(element.localName.toLowerCase()) || actions.has(lower)) && isData(value)) {
    reason = "a document is not made of its address";
  } else if (lower === "attributename" && /^\s*(on|(xlink:)?href)/i.test(value)) {
    reason = "an animation may not change where a link goes";
  } else if (lower === "content" && element.localName === "meta" && /url\s*=/i.test(value) && runs(value.replace(/^[\s\S]*?url\s*=\s*['"]?/i, ""))) {
    reason = "its address would run as script";
  }

  if (reason && !warned.has(lower) && warned.size < 100) {
    warned.add(lower);
    console.warn(`Oriel does not set the attribute "${lower}" of <${element.localName}>: ${reason}.`);
  }

  return !reason;
}

function runs(address: string): boolean {
  return /^(javascript:|vbscript:|data:(text\/html|application\/xhtml\+xml))/i.test(plain(address));
}

// Many kinds of documents run scripts: SVG, XML, whatever a browser takes for one of them.
function isData(address: string): boolean {
  return /^data:/i.test(plain(address));
}

// Browsers drop blanks and control characters before they look for the scheme.
function plain(address: string): string {
  return address.replace(/[\u0000-\u0020\u007f-\u00a0\u2028\u2029\ufeff]+/g, "");
}

/** Takes out of parsed markup what would run, and applies its styles so that a policy against inline styles allows them. */
export function disarm(content: ParentNode): void {
  for (const element of content.querySelectorAll("*")) {
    if (element.localName === "script" && !dataScripts.has((element.getAttribute("type") ?? "").trim().toLowerCase())) {
      element.remove();
      continue;
    }

    for (const { name, value } of [...element.attributes]) {
      if (!allows(element, name, value)) {
        element.removeAttribute(name);
      }
    }

    if (element.localName === "template" && "content" in element) {
      disarm((element as HTMLTemplateElement).content);
    }
  }
}
