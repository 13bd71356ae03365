// What of a call's arguments does not travel in its JSON.

/** C# refuses what is nested more deeply. */
const MaxDepth = 128;

/**
 * Replaces what `take` gives something else for, at any depth. What holds nothing of the kind is given back as it is, and nothing that the
 * page owns is changed.
 */
export function replaceArguments(value: unknown, take: (value: object) => unknown, path: object[] = []): unknown {
  if (typeof value !== "object" || value === null) {
    return value;
  }

  const taken = take(value);
  if (taken !== undefined) {
    return taken;
  }

  // A cycle, and what writes itself, are the serializer's affair.
  if (path.length >= MaxDepth || path.includes(value) || typeof (value as { toJSON?: unknown }).toJSON === "function") {
    return value;
  }

  path.push(value);
  let copy: Record<string, unknown> | undefined;
  for (const key of Object.keys(value)) {
    const member = (value as Record<string, unknown>)[key];
    const other = replaceArguments(member, take, path);
    if (other !== member) {
      copy ??= (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>;
      copy[key] = other;
    }
  }

  path.pop();
  return copy ?? value;
}
