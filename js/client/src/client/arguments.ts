// What of a call's arguments does not travel in its JSON.

/** C# refuses what is nested more deeply. */
const MaxDepth = 128;

type Take = (value: object) => unknown;

/**
 * Replaces what `take` gives something else for, at any depth. What holds nothing of the kind is given back as it is, and nothing that the
 * page owns is changed.
 */
export function replaceArguments(value: unknown, take: Take): unknown {
  return isObject(value) ? replace(value, take, []) : value;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function replace(value: object, take: Take, path: object[]): unknown {
  const taken = take(value);
  if (taken !== undefined) {
    return taken;
  }

  // A cycle, and what writes itself, are the serializer's affair.
  if (path.length >= MaxDepth || path.includes(value) || typeof (value as { toJSON?: unknown }).toJSON === "function") {
    return value;
  }

  path.push(value);
  const result = Array.isArray(value) ? replaceItems(value, take, path) : replaceMembers(value as Record<string, unknown>, take, path);
  path.pop();
  return result;
}

// Not by its keys: of an array of numbers they would take four times as long as writing it.
function replaceItems(items: unknown[], take: Take, path: object[]): unknown[] {
  let copy: unknown[] | undefined;
  for (let i = 0; i < items.length; i++) {
    const item = items[i];
    const other = isObject(item) ? replace(item, take, path) : item;
    if (other !== item) {
      (copy ??= [...items])[i] = other;
    }
  }

  return copy ?? items;
}

function replaceMembers(members: Record<string, unknown>, take: Take, path: object[]): Record<string, unknown> {
  let copy: Record<string, unknown> | undefined;
  for (const name of Object.keys(members)) {
    const member = members[name];
    const other = isObject(member) ? replace(member, take, path) : member;
    if (other !== member) {
      // Defined, not set: a member may be named __proto__.
      copy ??= { ...members };
      Object.defineProperty(copy, name, { value: other, enumerable: true });
    }
  }

  return copy ?? members;
}
