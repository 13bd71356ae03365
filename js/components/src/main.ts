import { attach as attachInterop } from "./interop";
import { attach as attachNavigation } from "./navigation";
import { attach as attachScheme, scheme } from "./scheme";
import { Session } from "./session";
import { attach as attachStyles } from "./styles";
import { WindowTransport } from "./transport/window";
import { startWidgets } from "./widgets/widgets";

function begin(): void {
  startWidgets(window);
  const session = new Session(new WindowTransport(window.oriel!));
  attachScheme(session);
  attachStyles(session);
  attachInterop(session);
  attachNavigation(session);
  session.open({ url: location.href, scheme: scheme() });
}

if (document.readyState === "loading") {
  document.addEventListener("DOMContentLoaded", begin, { once: true });
} else {
  begin();
}
