// The members of the EventArgs of C#, by the name of the browser's event.
import { timed } from "../page/fields";

/** Makes what C# is told of an event. */
export type ArgumentsOf = (event: any) => unknown;

const makers = new Map<string, ArgumentsOf>();

function define(make: ArgumentsOf, names: string): void {
  for (const name of names.split(" ")) {
    makers.set(name, make);
  }
}

define((event: Event) => ({ value: changeOf(event.target as Element) }), "input change");
define((event: Event) => ({ type: event.type }), "copy cut paste beforecopy beforecut beforepaste focus blur focusin focusout");
define(mouse, "click dblclick auxclick contextmenu mousedown mouseup mousemove mouseover mouseout mouseenter mouseleave");
define(drag, "drag dragend dragenter dragleave dragover dragstart drop");
define(keyboard, "keydown keyup keypress");
define(pointer, "pointerdown pointerup pointermove pointerover pointerout pointerenter pointerleave pointercancel gotpointercapture lostpointercapture");
define(touch, "touchstart touchend touchmove touchenter touchleave touchcancel");
define(wheel, "wheel mousewheel");
define(progress, "loadstart progress abort load loadend timeout");
define(failure, "error");

/** What C# is told of an event: an empty object for those of which it needs nothing. */
export function argumentsOf(name: string, event: Event): unknown {
  return makers.get(name)?.(event) ?? {};
}

function changeOf(element: Element): unknown {
  if (element instanceof HTMLInputElement && element.type === "checkbox") {
    return element.checked;
  }

  if (element instanceof HTMLSelectElement && element.multiple) {
    return [...element.selectedOptions].map((option) => option.value);
  }

  const value = (element as HTMLInputElement).value as string | undefined;
  return value === undefined ? (element.textContent ?? "") : timed(element, value);
}

function modifiers(event: KeyboardEvent | MouseEvent | TouchEvent): object {
  return { ctrlKey: event.ctrlKey, shiftKey: event.shiftKey, altKey: event.altKey, metaKey: event.metaKey, type: event.type };
}

function position(point: MouseEvent | Touch): object {
  return { screenX: point.screenX, screenY: point.screenY, clientX: point.clientX, clientY: point.clientY, pageX: point.pageX, pageY: point.pageY };
}

function mouse(event: MouseEvent): object {
  return {
    detail: event.detail,
    ...position(event),
    offsetX: event.offsetX,
    offsetY: event.offsetY,
    movementX: event.movementX,
    movementY: event.movementY,
    button: event.button,
    buttons: event.buttons,
    ...modifiers(event),
  };
}

function drag(event: DragEvent): object {
  const data = event.dataTransfer;
  return {
    ...mouse(event),
    dataTransfer: data && {
      dropEffect: data.dropEffect,
      effectAllowed: data.effectAllowed,
      files: [...data.files].map((file) => file.name),
      items: [...data.items].map(({ kind, type }) => ({ kind, type })),
      types: [...data.types],
    },
  };
}

function keyboard(event: KeyboardEvent): object {
  return { key: event.key, code: event.code, location: event.location, repeat: event.repeat, isComposing: event.isComposing, ...modifiers(event) };
}

function pointer(event: PointerEvent): object {
  return {
    ...mouse(event),
    pointerId: event.pointerId,
    width: event.width,
    height: event.height,
    pressure: event.pressure,
    tiltX: event.tiltX,
    tiltY: event.tiltY,
    pointerType: event.pointerType,
    isPrimary: event.isPrimary,
  };
}

function touch(event: TouchEvent): object {
  const points = (list: TouchList): object[] => [...list].map((point) => ({ identifier: point.identifier, ...position(point) }));
  return {
    detail: event.detail,
    touches: points(event.touches),
    targetTouches: points(event.targetTouches),
    changedTouches: points(event.changedTouches),
    ...modifiers(event),
  };
}

function wheel(event: WheelEvent): object {
  return { ...mouse(event), deltaX: event.deltaX, deltaY: event.deltaY, deltaZ: event.deltaZ, deltaMode: event.deltaMode };
}

function progress(event: ProgressEvent): object {
  return { lengthComputable: event.lengthComputable ?? false, loaded: event.loaded ?? 0, total: event.total ?? 0, type: event.type };
}

function failure(event: ErrorEvent): object {
  return { message: event.message ?? null, filename: event.filename ?? null, lineno: event.lineno ?? 0, colno: event.colno ?? 0, type: event.type };
}
