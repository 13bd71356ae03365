import { element } from "../dom";
import { failureOf } from "../errors";
import { formatClock } from "../format";
import { icon } from "../icons";
import { showFailure } from "../notices";
import { states, tour, type Attempt } from "../oriel";
import { tourCard, tourRow } from "./tour-card";

const keptAttempts = 4;

/** Whether this window was opened for a guest; what it may do is C#'s to say. */
export const isGuest = new URLSearchParams(location.search).get("window") === "guest";

/** A command that asks for a capability: this window has it, or not. */
export function createVaultCard(): HTMLElement {
  const attempt = element("button", { class: "button", type: "button" }, icon("star"), "Open the vault");
  const guest = element("button", { class: "button primary", type: "button" }, icon("link"), "Ask a guest to");
  const list = element("ol", { class: "tour-attempts", role: "log", "aria-label": "Attempts" });

  attempt.addEventListener("click", () => void tryVault());
  guest.addEventListener("click", () => {
    tour.openWindow({ guest: true }).catch((error: unknown) => showFailure("The window could not be opened.", error));
  });
  states.board.subscribe(({ attempts }) => {
    list.replaceChildren(...(attempts.length > 0 ? attempts.map(describe) : [element("li", { class: "muted" }, "Nobody has tried yet.")]));
  });
  if (isGuest) {
    void tryVault();
  }

  return tourCard(
    "vault",
    "A refusal",
    isGuest
      ? "This is a guest's window: it may use everything but the vault."
      : "The vault asks for a capability. A guest's window has all others.",
    '[Command(Capability = "vault")]',
    element("div", { class: "tour-pair" }, tourRow(attempt, ...(isGuest ? [] : [guest])), list),
  );
}

async function tryVault(): Promise<void> {
  const by = isGuest ? "guest" : "main";
  const made = await tour.openVault().then(
    answer => ({ by, opened: true, answer, time: Date.now() }),
    (error: unknown) => {
      const { code, message } = failureOf(error);
      return { by, opened: false, answer: code === undefined ? message : `${code} ${message}`, time: Date.now() };
    },
  );

  try {
    await states.board.set(board => ({ ...board, attempts: [made, ...board.attempts].slice(0, keptAttempts) }));
  } catch (error) {
    showFailure("The attempt could not be told.", error);
  }
}

function describe({ by, opened, answer, time }: Attempt): HTMLElement {
  return element(
    "li",
    { "data-opened": String(opened), "data-by": by, title: answer },
    icon(opened ? "star" : "warning"),
    element("span", { class: "muted" }, formatClock(time)),
    element("span", { class: "badge" }, by),
    element("span", { class: "cut" }, answer),
  );
}
