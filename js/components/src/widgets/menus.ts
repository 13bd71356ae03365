/** Puts a menu where it is seen whole, and the focus on its first item. Without a place it stays below its button. */
export function openMenu(menu: unknown, x?: number | null, y?: number | null): void {
  if (!(menu instanceof HTMLElement) || !menu.isConnected) {
    return;
  }

  if (typeof x === "number" && typeof y === "number") {
    // From the keyboard there is no pointer: beside what the menu is for.
    const holder = x === 0 && y === 0 ? menu.parentElement?.querySelector(".o-context")?.getBoundingClientRect() : undefined;
    place(menu, holder ? holder.left : x, holder ? holder.top : y);
  }

  (menu.querySelector<HTMLElement>('[role^="menuitem"]') ?? menu).focus();
}

/** Puts the focus on an element that is still there. */
export function focus(element: unknown): void {
  if (element instanceof HTMLElement && element.isConnected) {
    element.focus();
  }
}

function place(menu: HTMLElement, x: number, y: number): void {
  const box = menu.getBoundingClientRect();
  menu.style.left = `${Math.max(0, Math.min(x, innerWidth - box.width))}px`;
  menu.style.top = `${Math.max(0, Math.min(y, innerHeight - box.height))}px`;
}
