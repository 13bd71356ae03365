import type { Fields } from "./fields";
import type { ElementNode } from "./nodes";
import { allows } from "./safety";

const Xlink = "http://www.w3.org/1999/xlink";
const Xml = "http://www.w3.org/XML/1998/namespace";
const PreventDefault = "__internal_preventDefault_on";
const StopPropagation = "__internal_stopPropagation_on";

/** Attributes that say what a person can change: they are set as properties, behind the element's children. */
const states = new Set(["value", "checked", "selected", "muted", "indeterminate"]);
/** What decides which values an input takes. */
const limits = new Set(["type", "min", "max", "step", "multiple", "maxlength"]);

/** Whether an attribute has to wait for the other attributes and the children of a new element. */
export function isLate(name: string): boolean {
  return states.has(name) || name === "autofocus";
}

/** Sets attributes as a browser needs them set. */
export class Attributes {
  /** Elements that want the focus when the frame has been applied. */
  readonly focus: Element[] = [];
  /** Dialogs that the frame at hand opens. */
  readonly opened: Element[] = [];

  constructor(
    private readonly fields: Fields,
    /** Called when an element takes part in the handling of an event. */
    private readonly listen: (node: ElementNode, event: string, prevents: boolean) => void,
  ) {}

  set(node: ElementNode, name: string, value: string): void {
    const element = node.dom;
    if (name.startsWith("__internal_")) {
      this.flag(node, name, true);
    } else if (states.has(name) && this.fields.set(element, name, value)) {
      // A property that was set, or waits until the person is done.
    } else if (!allows(element, name, value)) {
      element.removeAttribute(name);
    } else if (name === "style" && "style" in element) {
      // A policy that forbids inline styles allows this way.
      (element as HTMLElement).style.cssText = value;
    } else {
      setPlain(element, name, value);
      if (limits.has(name)) {
        this.fields.touch(element);
      } else if (name === "autofocus") {
        this.focus.push(element);
      } else if (name === "open" && element.localName === "dialog") {
        this.opened.push(element);
      }
    }
  }

  remove(node: ElementNode, name: string): void {
    const element = node.dom;
    if (name.startsWith("__internal_")) {
      this.flag(node, name, false);
    } else if (states.has(name) && this.fields.set(element, name, null)) {
      // As above.
    } else if (name === "open" && element.localName === "dialog" && isModal(element)) {
      // Without the attribute alone it would stay in front of everything, unseen.
      (element as HTMLDialogElement).close();
    } else if (name.startsWith("xlink:")) {
      element.removeAttributeNS(Xlink, name.slice(6));
    } else {
      element.removeAttribute(name);
      if (limits.has(name)) {
        this.fields.touch(element);
      }
    }
  }

  private flag(node: ElementNode, name: string, on: boolean): void {
    const prevents = name.startsWith(PreventDefault);
    if (!prevents && !name.startsWith(StopPropagation)) {
      return;
    }

    const event = name.slice(prevents ? PreventDefault.length : StopPropagation.length);
    const flags = prevents ? (node.prevents ??= new Set()) : (node.stops ??= new Set());
    if (on) {
      flags.add(event);
      this.listen(node, event, prevents);
    } else {
      flags.delete(event);
    }
  }
}

function setPlain(element: Element, name: string, value: string): void {
  if (name.startsWith("xlink:")) {
    element.setAttributeNS(Xlink, name, value);
  } else if (name.startsWith("xml:")) {
    element.setAttributeNS(Xml, name, value);
  } else {
    element.setAttribute(name, value);
  }
}

function isModal(dialog: Element): boolean {
  try {
    return dialog.matches(":modal");
  } catch {
    return false;
  }
}
