import { Connection } from "./connection";
import { attach as attachInterop } from "./interop";
import { attach as attachNavigation } from "./navigation";
import { restore, watch } from "./recovery";
import { scheme } from "./scheme";
import { Session } from "./session";
import { attach as attachStyles } from "./styles";
import type { Transport } from "./transport";
import { SocketTransport } from "./transport/socket";
import { WindowTransport } from "./transport/window";
import { followDialogs } from "./widgets/dialogs";
import { startWidgets } from "./widgets/widgets";

function begin(): void {
  startWidgets(window);
  const session = new Session(window.oriel ? new WindowTransport(window.oriel) : browserTransport());
  followDialogs((element, callback) => session.page.onRemoved(element, callback));
  if (!window.oriel) {
    watch(session.fields);
    restore();
  }

  attachStyles(session);
  attachInterop(session);
  attachNavigation(session);
  session.open({ url: location.href, scheme: scheme() });
}

function browserTransport(): Transport {
  const address = document.querySelector<HTMLMetaElement>("meta[name=oriel-socket]")?.content ?? "/_oriel/socket";
  const connection = new Connection();
  connection.set("connecting");
  return new SocketTransport(address, connection);
}

if (document.readyState === "loading") {
  document.addEventListener("DOMContentLoaded", begin, { once: true });
} else {
  begin();
}
