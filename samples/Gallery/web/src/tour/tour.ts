import { element } from "../dom";
import { createBoardCard } from "./board-card";
import { createCallCard } from "./call-card";
import { createDownloadCard } from "./download-card";
import { createProgressCard } from "./progress-card";
import { createStreamCard } from "./stream-card";
import { createUploadCard } from "./upload-card";
import { createVaultCard } from "./vault-card";

/** What the bridge can do, each to be tried. */
export function createTour(): HTMLElement {
  return element(
    "div",
    { class: "tour" },
    createCallCard(),
    createStreamCard(),
    createProgressCard(),
    createDownloadCard(),
    createUploadCard(),
    createBoardCard(),
    createVaultCard(),
  );
}
