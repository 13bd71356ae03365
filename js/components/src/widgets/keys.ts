// The keyboard within tabs, menu bars and menus, as the WAI-ARIA patterns have it: one stop for Tab, arrows within. It is done here
// because the page must be kept from scrolling, and because the focus cannot wait for an answer.

type Kind = "tabs" | "menubar" | "menu";

const items: Record<Kind, string> = {
  tabs: '[role="tab"]:not(:disabled)',
  menubar: '.o-menu-holder > [role="menuitem"]:not(:disabled)',
  menu: '[role^="menuitem"]:not(:disabled)',
};

/** How long letters count as the beginning of one word. */
const wordPause = 500;

let word = "";
let lastLetter = 0;

export function handleKeys(document: Document): void {
  document.addEventListener("keydown", tellValue, true);
  document.addEventListener("keydown", onKey);
}

/** A field that is told of when the person is done is done by Enter: its value goes ahead of the key. */
function tellValue(event: KeyboardEvent): void {
  const field = event.target;
  if (event.key === "Enter" && !event.isComposing && field instanceof HTMLInputElement && field.hasAttribute("data-oriel-enter")) {
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function onKey(event: KeyboardEvent): void {
  const target = event.target;
  if (!(target instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) {
    return;
  }

  const group = target.closest<HTMLElement>("[data-oriel-keys]");
  const kind = group?.dataset["orielKeys"] as Kind | undefined;
  if (!group || !kind || !Object.hasOwn(items, kind)) {
    return;
  }

  const all = itemsOf(group, kind);
  const current = all.indexOf(target);
  const next = kind === "menu" && isAcross(event.key) ? acrossBar(group, event) : destination(event, kind, all, current);
  if (!next) {
    return;
  }

  event.preventDefault();
  move(all, next);
  if (kind === "tabs") {
    next.click();
  }
}

function itemsOf(group: HTMLElement, kind: Kind): HTMLElement[] {
  return [...group.querySelectorAll<HTMLElement>(items[kind])].filter((item) => item.closest("[data-oriel-keys]") === group);
}

function destination(event: KeyboardEvent, kind: Kind, all: HTMLElement[], current: number): HTMLElement | undefined {
  const [back, forward] = kind === "menu" ? ["ArrowUp", "ArrowDown"] : ["ArrowLeft", "ArrowRight"];
  switch (event.key) {
    case forward:
      return all[(current + 1) % all.length];
    case back:
      return all[(Math.max(current, 0) - 1 + all.length) % all.length];
    case "Home":
      return all[0];
    case "End":
      return all.at(-1);
    default:
      return kind !== "tabs" && isLetter(event.key) ? byWord(event, all, current) : undefined;
  }
}

function isLetter(key: string): boolean {
  return key.length === 1 && key !== " ";
}

function byWord(event: KeyboardEvent, all: HTMLElement[], current: number): HTMLElement | undefined {
  word = event.timeStamp - lastLetter < wordPause ? word + event.key.toLowerCase() : event.key.toLowerCase();
  lastLetter = event.timeStamp;

  // The same letter again goes on to the next that begins with it.
  const repeated = [...word].every((letter) => letter === word[0]);
  const sought = repeated ? word[0]! : word;
  const start = repeated ? current + 1 : Math.max(current, 0);
  return [...all.slice(start), ...all.slice(0, start)].find((item) => item.textContent?.trim().toLowerCase().startsWith(sought));
}

function isAcross(key: string): boolean {
  return key === "ArrowLeft" || key === "ArrowRight";
}

/** From an open menu to the one beside it, which opens. */
function acrossBar(menu: HTMLElement, event: KeyboardEvent): HTMLElement | undefined {
  const bar = menu.closest<HTMLElement>('[data-oriel-keys="menubar"]');
  const opener = menu.closest(".o-menu-holder")?.querySelector<HTMLElement>('[role="menuitem"]');
  if (!bar || !opener) {
    return undefined;
  }

  const all = itemsOf(bar, "menubar");
  const next = destination(event, "menubar", all, all.indexOf(opener));
  if (next && next !== opener) {
    event.preventDefault();
    move(all, next);
    next.click();
  }

  return undefined;
}

function move(all: HTMLElement[], next: HTMLElement): void {
  if (all.includes(next)) {
    for (const item of all) {
      item.tabIndex = item === next ? 0 : -1;
    }
  }

  next.focus();
}
