import type { Session } from "./session";

let version = 0;

/** Loads the style sheets anew when their files have changed. */
export function attach(session: Session): void {
  session.on("styles", () => {
    version++;
    for (const link of document.querySelectorAll<HTMLLinkElement>("link[rel~=stylesheet][href]")) {
      const address = new URL(link.href, document.baseURI);
      if (address.origin !== location.origin || address.protocol !== location.protocol) {
        continue;
      }

      // The address alone may be answered from a cache. The element stays: it may be one of C#'s.
      address.searchParams.set("oriel-version", String(version));
      link.href = address.href;
    }
  });
}
