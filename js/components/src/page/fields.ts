// What a person edits is theirs: an answer that is older than what they did never overwrites it.

type Value = string | null;

/** Something that C# wants a field to be, and what the person has done to it. */
interface Field {
  /** What the field should be as far as C# knows; undefined while the person knows better. */
  wanted?: Value;
  /** What was put off while the person was at it. */
  held?: { name: string; value: Value };
  /** Edited, and C# does not know yet. */
  edited: boolean;
  /** The number of the last event that told C# of an edit. */
  told: number;
}

/** A form control whose value a person can change. */
export type FormField = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

export function isField(element: unknown): element is FormField {
  return element instanceof HTMLInputElement || element instanceof HTMLSelectElement || element instanceof HTMLTextAreaElement;
}

/** Whether the state of the field is a check mark. */
export function isCheck(element: Element): element is HTMLInputElement {
  return element instanceof HTMLInputElement && (element.type === "checkbox" || element.type === "radio");
}

export class Fields {
  /** The number of the last event that C# had handled when the frame at hand was written. */
  handled = 0;

  private readonly fields = new WeakMap<Element, Field>();
  private readonly changed = new Set<Element>();
  private readonly composing = new WeakSet<Element>();
  private readonly touched = new Set<Element>();

  /** The fields that a person has edited since they were last told what to be. */
  *edited(): Iterable<FormField> {
    for (const element of this.changed) {
      if (!element.isConnected) {
        this.changed.delete(element);
      } else if (isField(element)) {
        yield element;
      }
    }
  }

  /** Follows what a person does in a document. */
  follow(document: Document): void {
    document.addEventListener("input", (event) => this.edit(event), true);
    document.addEventListener("compositionstart", (event) => this.composing.add(event.target as Element), true);
    document.addEventListener("compositionend", (event) => this.compose(event.target as Element), true);
    document.addEventListener("reset", (event) => this.reset(event.target as Element), true);
  }

  /** An edit has been sent to C# with an event. */
  told(element: Element, number: number): void {
    for (const member of groupOf(element)) {
      const field = this.of(member);
      field.edited = false;
      field.told = number;
      field.held = undefined;
    }

    // C# knows this value now, and will say if it wants another one.
    this.of(element).wanted = valueOf(element);
  }

  /** The person has made a choice that no handler takes: nothing is on its way to C#. */
  settle(element: Element): void {
    for (const member of groupOf(element)) {
      const field = this.fields.get(member);
      if (field) {
        field.edited = false;
      }
    }
  }

  /** The person has left the field: what was put off is due. */
  leave(element: Element): void {
    const field = this.fields.get(element);
    if (!field) {
      return;
    }

    field.edited = false;
    this.composing.delete(element);
    this.release(element, field);
  }

  /** Sets a property of a field as C# wants it; false if the element has no such property. */
  set(element: Element, name: string, value: Value): boolean {
    if (!owns(element, name)) {
      return false;
    }

    const field = this.of(element);
    if (name === "value" || name === "checked") {
      if (field.told > this.handled) {
        // C# is being told what the field holds, and will say if it wants another value.
        return true;
      }

      if (field.edited || this.composing.has(element)) {
        field.held = { name, value };
        return true;
      }

      field.held = undefined;
      this.changed.delete(element);
    }

    this.apply(element, name, value);
    return true;
  }

  /** What a field may hold has changed: it is set once more behind the frame. */
  touch(element: Element | null): void {
    if (element && isField(element)) {
      this.touched.add(element);
    }
  }

  /** Ends a frame. */
  finish(): void {
    for (const element of this.touched) {
      const field = this.fields.get(element);
      if (field?.wanted !== undefined && !field.edited && !isCheck(element) && valueOf(element) !== field.wanted) {
        write(element, "value", field.wanted);
      }
    }

    this.touched.clear();
  }

  forget(element: Element): void {
    this.changed.delete(element);
  }

  private edit(event: Event): void {
    const element = event.target;
    if (isField(element)) {
      for (const member of groupOf(element)) {
        const field = this.of(member);
        field.edited = true;
        field.wanted = undefined;
      }

      this.changed.add(element);
    }
  }

  private compose(element: Element): void {
    this.composing.delete(element);
    const field = this.fields.get(element);
    if (field && !field.edited) {
      this.release(element, field);
    }
  }

  private release(element: Element, field: Field): void {
    const held = field.held;
    if (held) {
      field.held = undefined;
      this.apply(element, held.name, held.value);
    }
  }

  private reset(form: Element): void {
    for (const element of (form as HTMLFormElement).elements ?? []) {
      const field = this.fields.get(element);
      this.changed.delete(element);
      if (field) {
        field.edited = false;
        field.held = undefined;
        field.wanted = undefined;
      }
    }
  }

  private apply(element: Element, name: string, value: Value): void {
    if (name === "value") {
      this.of(element).wanted = value ?? "";
      if (element instanceof HTMLSelectElement) {
        // Its options may come later in the frame.
        this.touched.add(element);
      }
    }

    write(element, name, value);
  }

  private of(element: Element): Field {
    let field = this.fields.get(element);
    if (!field) {
      this.fields.set(element, (field = { edited: false, told: 0 }));
    }

    return field;
  }
}

function owns(element: Element, name: string): boolean {
  switch (name) {
    case "value":
      return isField(element) && !isCheck(element);
    case "checked":
    case "indeterminate":
      return element instanceof HTMLInputElement;
    case "selected":
      return element instanceof HTMLOptionElement;
    default:
      return name in element;
  }
}

function write(element: Element, name: string, value: Value): void {
  if (name !== "value") {
    (element as unknown as Record<string, boolean>)[name] = value !== null;
    return;
  }

  if (element instanceof HTMLSelectElement) {
    select(element, value ?? "");
  } else if (element instanceof HTMLInputElement && element.type === "file") {
    // Only a person chooses files.
    element.value = "";
  } else if ((element as HTMLInputElement).value !== (value ?? "")) {
    replace(element as HTMLInputElement, value ?? "");
  }
}

// A browser puts the caret behind a text that is set.
function replace(element: HTMLInputElement | HTMLTextAreaElement, value: string): void {
  const active = element.ownerDocument.activeElement === element;
  const { selectionStart: start, selectionEnd: end, selectionDirection: direction, scrollTop } = element;
  const last = element.value.length;
  element.value = value;
  if (active && start !== null && end !== null) {
    const at = (position: number): number => (position === last ? value.length : Math.min(position, value.length));
    element.setSelectionRange(at(start), at(end), direction ?? undefined);
    element.scrollTop = scrollTop;
  }
}

function select(element: HTMLSelectElement, value: string): void {
  if (!element.multiple) {
    element.value = value;
    return;
  }

  const chosen = new Set(listOf(value));
  for (const option of element.options) {
    option.selected = chosen.has(option.value);
  }
}

// The value of a select of many is a JSON array.
function listOf(value: string): string[] {
  try {
    const list: unknown = JSON.parse(value);
    return Array.isArray(list) ? list.map(String) : [String(list)];
  } catch {
    return value === "" ? [] : [value];
  }
}

/** What a field holds, as the attribute of C# that it belongs to would say it. */
export function valueOf(element: Element): string {
  if (element instanceof HTMLSelectElement && element.multiple) {
    return JSON.stringify([...element.selectedOptions].map((option) => option.value));
  }

  return timed(element, (element as HTMLInputElement).value);
}

/** Browsers leave seconds of zero out, .NET writes them. */
export function timed(element: Element, value: string): string {
  const type = (element as HTMLInputElement).type;
  return (type === "time" && value.length === 5) || (type === "datetime-local" && value.length === 16) ? `${value}:00` : value;
}

// Radio buttons are one field: checking one unchecks another.
function groupOf(element: Element): Element[] {
  if (!(element instanceof HTMLInputElement) || element.type !== "radio" || !element.name) {
    return [element];
  }

  const all = element.getRootNode() as Document | ShadowRoot;
  return [...all.querySelectorAll<HTMLInputElement>("input[type=radio]")].filter((other) => other.name === element.name && other.form === element.form);
}
