import { type Fields, type FormField, isField } from "./page/fields";

/** What a person filled in, kept over a reload of the page and given back when the fields are there again. */

const Key = "oriel.ui.fields";

/** More than forms that people fill in have, and less than a browser keeps. */
const MaxFields = 500;
const MaxLength = 1_000_000;

/** How long a page may take to show its fields again, in milliseconds. */
const RestoreTime = 10_000;

/** Kinds that are nobody's to keep, or cannot be given back. */
const excluded = new Set(["password", "file", "hidden", "submit", "button", "reset", "image"]);

/** A field's form and name, which of those with that name it is, and what it held. */
interface Kept {
  form: string | null;
  name: string;
  index: number;
  value: string;
  checked?: boolean;
  selected?: string[];
}

/** Those that know what a person has changed: a form that C# does not take keeps it, and so does this. */
let fields: Fields | undefined;

/** Keeps what is edited of these fields. */
export function watch(edited: Fields): void {
  fields = edited;
}

/** Keeps what was changed, in this tab and for its next page alone. */
export function keep(): void {
  const kept: Kept[] = [];
  for (const field of fields?.edited() ?? []) {
    const place = isExcluded(field) ? undefined : placeOf(field);
    if (place && kept.length < MaxFields) {
      kept.push({
        ...place,
        value: field.value,
        checked: field instanceof HTMLInputElement ? field.checked : undefined,
        selected: field instanceof HTMLSelectElement ? [...field.selectedOptions].map((option) => option.value) : undefined,
      });
    }
  }

  const text = JSON.stringify({ path: location.pathname, kept });
  try {
    if (kept.length > 0 && text.length <= MaxLength) {
      sessionStorage.setItem(Key, text);
    }
  } catch {
    // There is no storage, or no room in it: the fields are empty then.
  }
}

/** Gives back what the page before had kept, as its fields appear; what a person has changed meanwhile stays as it is. */
export function restore(): void {
  let rest = take();
  if (rest.length === 0) {
    return;
  }

  const observer = new MutationObserver(() => fill());
  const limit = setTimeout(() => observer.disconnect(), RestoreTime);
  observer.observe(document.documentElement, { childList: true, subtree: true });
  fill();

  function fill(): void {
    const changed = new Set(fields?.edited());
    rest = rest.filter((kept) => {
      const field = find(kept);
      if (field && !changed.has(field)) {
        // When the page has applied the whole frame and its listeners are there.
        queueMicrotask(() => give(field, kept));
      }

      return !field;
    });
    if (rest.length === 0) {
      observer.disconnect();
      clearTimeout(limit);
    }
  }
}

function take(): Kept[] {
  try {
    const text = sessionStorage.getItem(Key);
    sessionStorage.removeItem(Key);
    const { path, kept } = JSON.parse(text ?? "{}") as { path?: string; kept?: Kept[] };
    return path === location.pathname && Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}

function give(field: FormField, kept: Kept): void {
  if (field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio")) {
    if (field.checked === kept.checked) {
      return;
    }

    field.checked = kept.checked === true;
  } else if (field instanceof HTMLSelectElement && field.multiple) {
    for (const option of field.options) {
      option.selected = kept.selected?.includes(option.value) === true;
    }
  } else {
    if (field.value === kept.value) {
      return;
    }

    field.value = kept.value;
  }

  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

function isExcluded(field: FormField): boolean {
  return excluded.has(field.type) || /password|one-time-code|^cc-/.test(field.autocomplete);
}

function placeOf(field: FormField): Pick<Kept, "form" | "name" | "index"> | undefined {
  const form = field.form ? field.form.id || field.form.getAttribute("name") || undefined : null;
  const name = field.name || field.id;
  if (name === "" || (form === undefined && field.id === "") || (form === null && field.id === "")) {
    // Nothing tells it from others when it is there again.
    return undefined;
  }

  // A field that has an id of its own is found without its form.
  return field.id !== "" ? { form: null, name: field.id, index: 0 } : { form: form!, name, index: alike(field.form!, name).indexOf(field) };
}

function find(kept: Kept): FormField | undefined {
  if (kept.form === null) {
    const field = document.getElementById(kept.name);
    return field && isField(field) && !isExcluded(field) ? field : undefined;
  }

  const form = [...document.forms].find((form) => form.id === kept.form || form.getAttribute("name") === kept.form);
  const field = form && alike(form, kept.name)[kept.index];
  return field && !isExcluded(field) ? field : undefined;
}

function alike(form: HTMLFormElement, name: string): FormField[] {
  return [...form.elements].filter((element): element is FormField => isField(element) && element.name === name);
}
