/** The number of columns whose cells come nearest to twice as wide as high; an unfilled last row counts against it. */
export function columnsFor(cells: number, width: number, height: number): number {
  let best = 1;
  let bestCost = Infinity;
  for (let columns = 1; columns <= cells; columns++) {
    const rows = Math.ceil(cells / columns);
    const shape = width / columns / (height / rows);
    const unused = columns * rows - cells;
    const cost = Math.abs(Math.log(shape / 2)) + unused / cells;
    if (cost < bestCost) {
      best = columns;
      bestCost = cost;
    }
  }

  return best;
}
