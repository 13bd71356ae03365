// A document whose session does not fit it begins anew, once: the next one may not fit either.
const Key = "oriel.ui.reloaded";

/** Whether this document may reload by itself; it may not a second time. */
export function mayReload(): boolean {
  try {
    const may = sessionStorage.getItem(Key) === null;
    sessionStorage.setItem(Key, "1");
    return may;
  } catch {
    // No storage, so nothing is known of the last time.
    return false;
  }
}

/** Reloads because a person asks for it: what follows may try once more. */
export function reload(): void {
  try {
    sessionStorage.removeItem(Key);
  } catch {
    // There is no storage.
  }

  location.reload();
}
