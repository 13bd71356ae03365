/** The column that a list is sorted by. */
export interface SortOrder {
  readonly column: string;
  readonly descending: boolean;
}

export type Comparer<T> = (left: T, right: T) => number;

const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** Compares as a person would: without regard to case, "file 2" before "file 10". */
export function compareText(left: string, right: string): number {
  return collator.compare(left, right);
}

/** The items in order, equal ones by `tieBreak` whatever the direction, so that they do not change places. */
export function sorted<T>(items: readonly T[], compare: Comparer<T>, descending: boolean, tieBreak: Comparer<T>): T[] {
  const sign = descending ? -1 : 1;
  return [...items].sort((left, right) => sign * compare(left, right) || tieBreak(left, right));
}

/** The order after a click on a column's heading: the other direction when it is sorted by already. */
export function nextOrder(current: SortOrder, column: string, descendingFirst: boolean): SortOrder {
  return current.column === column
    ? { column, descending: !current.descending }
    : { column, descending: descendingFirst };
}

/** Whether every word of the query occurs in one of the texts, without regard to case. */
export function matches(query: string, ...texts: string[]): boolean {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) {
    return true;
  }

  const lowered = texts.map(text => text.toLowerCase());
  return words.every(word => lowered.some(text => text.includes(word)));
}
