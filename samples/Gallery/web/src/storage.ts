/** What was stored under a key; null when nothing was, or when the engine keeps no storage for this origin. */
export function stored(key: string): string | null {
  try {
    return localStorage.getItem(`gallery.${key}`);
  } catch {
    return null;
  }
}

/** Stores a preference. Losing one is not worth an error. */
export function store(key: string, value: string): void {
  try {
    localStorage.setItem(`gallery.${key}`, value);
  } catch {
    // No storage: the preference lasts as long as the page.
  }
}
