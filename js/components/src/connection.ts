import { keep } from "./recovery";

/** How it stands with the connection of this page. */
export type State = "connecting" | "connected" | "disconnected" | "refused" | "abandoned" | "ended";

/** A connection that is back so soon is nobody's concern. */
const NoticeDelay = 500;

/** So often, in so many milliseconds, a page may load itself anew. */
const MaxReloads = 5;
const ReloadSpan = 60_000;
const ReloadKey = "oriel.ui.reloads";

const texts: Partial<Record<State, string>> = {
  connecting: "Reconnecting…",
  disconnected: "The connection was lost. Reconnecting…",
  refused: "This page may no longer connect.",
  abandoned: "The connection could not be made again.",
};

const style = `
:host { all: initial; position: fixed; inset-block-start: .75rem; inset-inline: 0; z-index: 2147483646; display: flex; justify-content: center; pointer-events: none; color-scheme: light dark; }
div { pointer-events: auto; display: flex; gap: .75rem; align-items: center; padding: .4rem .9rem; border: 1px solid GrayText; border-radius: .5rem;
  background: Canvas; color: CanvasText; font: .875rem/1.4 system-ui, sans-serif; box-shadow: 0 2px 12px rgb(0 0 0 / .25); }
button { font: inherit; cursor: pointer; }
`;

/** Tells the page and its person how it stands with the connection: `data-oriel-connection` at once, words after half a second. */
export class Connection {
  /** Tries to connect now. */
  onRetry: () => void = () => {};

  private state: State | undefined;
  private notice: Notice | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  set(state: State): void {
    const first = this.state === undefined;
    this.state = state;
    document.documentElement.dataset["orielConnection"] = state;
    if (state === "connected" || state === "ended" || (first && state === "connecting")) {
      clearTimeout(this.timer);
      this.timer = undefined;
      this.notice?.remove();
      this.notice = undefined;
    } else if (this.notice) {
      this.show();
    } else {
      this.timer ??= setTimeout(() => this.show(), NoticeDelay);
    }
  }

  private show(): void {
    this.notice ??= new Notice();
    const isOver = this.state === "refused";
    this.notice.tell(texts[this.state!] ?? "", isOver ? "Reload" : "Reconnect now", () => (isOver ? reloadWith(this) : this.onRetry()));
  }
}

/** Loads the page anew, with what its person had filled in: its session is gone. */
export function reloadWith(connection: Connection): void {
  keep();
  if (mayReload()) {
    location.reload();
  } else {
    // Something ends its sessions again and again; a person decides when to try once more.
    forgetReloads();
    connection.set("refused");
  }
}

function mayReload(): boolean {
  try {
    const since = Date.now() - ReloadSpan;
    const reloads = (JSON.parse(sessionStorage.getItem(ReloadKey) ?? "[]") as number[]).filter((time) => time > since);
    sessionStorage.setItem(ReloadKey, JSON.stringify([...reloads, Date.now()].slice(-MaxReloads)));
    return reloads.length < MaxReloads;
  } catch {
    // No storage, so nothing is known of the last time.
    return false;
  }
}

function forgetReloads(): void {
  try {
    sessionStorage.removeItem(ReloadKey);
  } catch {
    // There is no storage.
  }
}

/** The words, in front of the page and apart from what C# renders. */
class Notice {
  private readonly host = document.createElement("oriel-connection");
  private readonly text = document.createElement("span");
  private readonly button = document.createElement("button");

  constructor() {
    const root = this.host.attachShadow({ mode: "open" });
    // A sheet of its own is allowed where a policy forbids inline styles.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [sheet];
    const box = document.createElement("div");
    this.text.setAttribute("role", "status");
    this.button.type = "button";
    box.append(this.text, this.button);
    root.append(box);
    document.documentElement.append(this.host);
  }

  tell(text: string, action: string, act: () => void): void {
    if (this.text.textContent !== text) {
      this.text.textContent = text;
    }

    this.button.textContent = action;
    this.button.onclick = act;
  }

  remove(): void {
    this.host.remove();
  }
}
