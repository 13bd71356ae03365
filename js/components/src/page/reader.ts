import { FrameError } from "./frame-error";

const MaxNames = 4096;
const MaxStrings = 4096;
const MaxStringLength = 256;

/** What earlier frames have told: names and strings that numbers stand for from then on. */
export class Tables {
  readonly names: string[] = [];
  readonly strings: string[] = [];

  define(text: string): void {
    if (this.strings.length >= MaxStrings || text.length > MaxStringLength) {
      throw new FrameError(`A frame defines a string beyond the bounds of the table (${MaxStrings} of at most ${MaxStringLength} characters).`);
    }

    this.strings.push(text);
  }
}

/** Reads the members of a frame. */
export class FrameReader {
  constructor(
    private readonly items: readonly unknown[],
    private position: number,
    private readonly tables: Tables,
  ) {}

  get more(): boolean {
    return this.position < this.items.length;
  }

  /** A count, an index or an id. */
  number(): number {
    const item = this.next();
    if (typeof item !== "number" || !Number.isSafeInteger(item) || item < 0) {
      throw this.unfit("a number", item);
    }

    return item;
  }

  /** How many things follow, each at least one member long. */
  count(): number {
    const count = this.number();
    if (count > this.items.length - this.position) {
      throw new FrameError(`A frame announces ${count} members where ${this.items.length - this.position} are left.`);
    }

    return count;
  }

  name(): string {
    const item = this.next();
    if (typeof item === "string") {
      if (this.tables.names.length < MaxNames) {
        this.tables.names.push(item);
      }

      return item;
    }

    return this.known(this.tables.names, item, "name");
  }

  text(): string {
    const item = this.next();
    return typeof item === "string" ? item : this.known(this.tables.strings, item, "string");
  }

  /** The value of an attribute; an attribute without one has the empty string. */
  value(): string {
    if (this.items[this.position] === true) {
      this.position++;
      return "";
    }

    return this.text();
  }

  /** Whether the next member is a slot of a template. */
  slot(): boolean {
    if (this.items[this.position] !== null || !this.more) {
      return false;
    }

    this.position++;
    return true;
  }

  /** The id of a reference, or null where there is none. */
  reference(): string | null {
    if (this.items[this.position] === 0) {
      this.position++;
      return null;
    }

    return this.text();
  }

  /** A step of a move: 1 or -1. */
  step(): number {
    const item = this.next();
    if (item !== 1 && item !== -1) {
      throw this.unfit("a step of 1 or -1", item);
    }

    return item;
  }

  private next(): unknown {
    if (!this.more) {
      throw new FrameError("A frame ends in the middle of an operation.");
    }

    return this.items[this.position++];
  }

  private known(table: readonly string[], item: unknown, what: string): string {
    const text = typeof item === "number" ? table[item] : undefined;
    if (text === undefined) {
      throw this.unfit(`a ${what} or its number`, item);
    }

    return text;
  }

  private unfit(wanted: string, found: unknown): FrameError {
    return new FrameError(`A frame has ${(JSON.stringify(found) ?? "nothing").slice(0, 100)} at ${this.position - 1}, where ${wanted} is expected.`);
  }
}
