/** A value as one line of JSON of about `limit` characters at most, without writing out what is cut off. */
export function summarize(value: unknown, limit: number): string {
  const written: string[] = [];
  let room = limit;

  const write = (text: string): void => {
    if (room > 0) {
      written.push(text.length > room ? `${text.slice(0, room)}…` : text);
    }

    room -= text.length;
  };

  const visit = (part: unknown): void => {
    if (Array.isArray(part)) {
      write("[");
      for (let i = 0; i < part.length && room > 0; i++) {
        write(i > 0 ? ", " : "");
        visit(part[i]);
      }

      write("]");
    } else if (typeof part === "object" && part !== null) {
      let separator = "{ ";
      for (const name of Object.keys(part)) {
        if (room <= 0) {
          break;
        }

        write(`${separator}"${name}": `);
        visit((part as Record<string, unknown>)[name]);
        separator = ", ";
      }

      write(separator === "{ " ? "{}" : " }");
    } else if (typeof part === "string") {
      write(JSON.stringify(part.length > room ? part.slice(0, room + 1) : part));
    } else {
      write(part === undefined ? "undefined" : (JSON.stringify(part) ?? String(part)));
    }
  };

  visit(value);
  return written.join("");
}

/** An array or object of simple values stays on one line up to this many characters. */
const lineLimit = 60;

/** A value as indented JSON, short lists on one line; `undefined`, which JSON cannot write, by its name. */
export function prettyJson(value: unknown, indent = ""): string {
  if (typeof value !== "object" || value === null) {
    return JSON.stringify(value) ?? "undefined";
  }

  const isArray = Array.isArray(value);
  const [open, close] = isArray ? ["[", "]"] : ["{", "}"];
  const members = isArray
    ? value.map((item): [string, unknown] => ["", item])
    : Object.entries(value)
        .filter(([, member]) => member !== undefined)
        .map(([name, member]): [string, unknown] => [`${JSON.stringify(name)}: `, member]);
  if (members.length === 0) {
    return open + close;
  }

  const deeper = `${indent}  `;
  const written = members.map(([name, member]) => name + prettyJson(member, deeper));
  const isSimple = members.every(([, member]) => typeof member !== "object" || member === null);
  if (isSimple && written.reduce((length, text) => length + text.length + 2, 0) <= lineLimit) {
    return isArray ? `[${written.join(", ")}]` : `{ ${written.join(", ")} }`;
  }

  return `${open}\n${deeper}${written.join(`,\n${deeper}`)}\n${indent}${close}`;
}

/** One piece of JSON text and what it is. */
export interface JsonToken {
  readonly text: string;
  readonly kind: "key" | "string" | "number" | "literal" | "plain";
}

const tokenPattern = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|\b(true|false|null)\b/g;

/** Cuts JSON text into what a reader wants coloured; the pieces together are the text. */
export function jsonTokens(json: string): JsonToken[] {
  const tokens: JsonToken[] = [];
  let end = 0;
  for (const match of json.matchAll(tokenPattern)) {
    const [, text, colon, number, literal] = match;
    if (match.index > end) {
      tokens.push({ text: json.slice(end, match.index), kind: "plain" });
    }

    if (text !== undefined) {
      tokens.push({ text, kind: colon === undefined ? "string" : "key" });
      if (colon !== undefined) {
        tokens.push({ text: colon, kind: "plain" });
      }
    } else if (number !== undefined) {
      tokens.push({ text: number, kind: "number" });
    } else if (literal !== undefined) {
      tokens.push({ text: literal, kind: "literal" });
    }

    end = match.index + match[0].length;
  }

  if (end < json.length) {
    tokens.push({ text: json.slice(end), kind: "plain" });
  }

  return tokens;
}
