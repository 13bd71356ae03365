const quiet = "data-oriel-quiet";

/** Hides a hint when Escape is pressed, until the pointer or the focus comes back. */
export function handleTooltips(document: Document): void {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      for (const holder of document.querySelectorAll(".o-tooltip-holder:hover, .o-tooltip-holder:focus-within")) {
        holder.setAttribute(quiet, "");
      }
    }
  });
  for (const kind of ["pointerout", "focusout"] as const) {
    document.addEventListener(kind, (event) => {
      const holder = event.target instanceof Element ? event.target.closest(`[${quiet}]`) : null;
      if (holder && !(event.relatedTarget instanceof Node && holder.contains(event.relatedTarget))) {
        holder.removeAttribute(quiet);
      }
    });
  }
}
