import { element } from "./dom";
import { jsonTokens } from "./json-text";

/** Colouring makes an element a token; beyond this the text is shown plain. */
const colouredLimit = 100_000;
/** What a person scrolls through; more would only make the page slow. */
const shownLimit = 1_000_000;

/** Shows JSON text in a `<pre>`, coloured. */
export function showJson(view: HTMLElement, json: string): void {
  if (json.length > colouredLimit) {
    const cut = json.length - shownLimit;
    view.textContent = cut > 0 ? `${json.slice(0, shownLimit)}\n… ${cut} characters more` : json;
    return;
  }

  view.replaceChildren(
    ...jsonTokens(json).map(({ text, kind }) =>
      kind === "plain" ? document.createTextNode(text) : element("span", { class: `json-${kind}` }, text),
    ),
  );
}
