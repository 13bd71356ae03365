import { BackendPage } from "./backend/backend-page";
import { BridgePage } from "./bridge/bridge-page";
import { byId, element } from "./dom";
import { EventsPage } from "./events/events-page";
import { FilesPage } from "./files/files-page";
import { MonitorPage } from "./monitor/monitor-page";
import { Navigation } from "./navigation";
import { reportTheme, reportVisibility } from "./page-events";
import { showConnection, showThemeChoice } from "./sidebar";

if ("oriel" in window) {
  showThemeChoice();
  void showConnection();
  reportTheme();
  reportVisibility();
  new Navigation(byId("main"), {
    monitor: new MonitorPage(),
    files: new FilesPage(),
    bridge: new BridgePage(),
    events: new EventsPage(),
    backend: new BackendPage(),
  });
} else {
  byId("main").append(
    element(
      "div",
      { class: "failure" },
      element("h1", {}, "This page needs Oriel"),
      element("p", { class: "muted" }, "It is the front end of a desktop application: start samples/Gallery instead."),
    ),
  );
}
