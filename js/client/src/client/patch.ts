import type { PatchOperation } from "../api.js";

/**
 * Applies a JSON patch (RFC 6902: replace, add, remove) without changing the value: what the patch does not touch is shared.
 * Members are looked up among an object's own, so that `__proto__` and its like are names as any other.
 */
export function applyPatch(value: unknown, patch: readonly PatchOperation[]): unknown {
  for (const { op, path, value: next } of patch) {
    if (path !== "" && path[0] !== "/") {
      throw nowhere(path);
    }

    const tokens = path.split("/").slice(1).map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
    value = change(value, tokens, 0, op, next, path);
  }

  return value;
}

function change(target: any, tokens: string[], depth: number, op: PatchOperation["op"], next: unknown, path: string): unknown {
  if (depth === tokens.length) {
    return next;
  }

  const token = tokens[depth]!;
  const isLast = depth + 1 === tokens.length;
  const inner = () => change(target[token], tokens, depth + 1, op, next, path);
  if (Array.isArray(target)) {
    const isNew = isLast && op === "add";
    const at = isNew && token === "-" ? target.length : /^(0|[1-9]\d*)$/.test(token) ? Number(token) : NaN;
    if (!(at < target.length || (isNew && at === target.length))) {
      throw nowhere(path);
    }

    const copy = [...target];
    if (isNew) {
      copy.splice(at, 0, next);
    } else if (isLast && op === "remove") {
      copy.splice(at, 1);
    } else {
      copy[at] = inner();
    }

    return copy;
  }

  const isObject = typeof target === "object" && target !== null;
  if (!isObject || !(Object.hasOwn(target, token) || (isLast && op === "add"))) {
    throw nowhere(path);
  }

  if (isLast && op === "remove") {
    const { [token]: _, ...rest } = target;
    return rest;
  }

  // A computed name makes a member of its own, whatever the name is.
  return { ...target, [token]: isLast ? next : inner() };
}

const nowhere = (path: string) => new TypeError(`The path "${path}" leads nowhere in the state.`);
