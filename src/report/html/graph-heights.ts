/** How high the states of a small graph stand: within each column in such an order that steps are short. Pure. */

interface Pair {
  from: number;
  to: number;
}

const SWEEPS = 10;

const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;

/**
 * Heights nearest to the wanted ones that keep the order and the distance of a row: states that would stand closer
 * share their displacement.
 */
function settle(wanted: readonly number[], row: number): number[] {
  const blocks: { sum: number; size: number }[] = [];
  wanted.forEach((y, i) => {
    blocks.push({ sum: y - i * row, size: 1 });
    for (;;) {
      const [before, last] = blocks.slice(-2);
      if (!before || !last || before.sum / before.size <= last.sum / last.size) break;
      blocks.splice(-2, 2, { sum: before.sum + last.sum, size: before.size + last.size });
    }
  });
  return blocks.flatMap(({ sum, size }) => Array<number>(size).fill(sum / size)).map((y, i) => y + i * row);
}

/**
 * Heights of all states, column by column, to and fro, each near the middle of its neighbours in the column before.
 * @param row the least distance of two states of one column
 */
export function findHeights(columns: readonly number[], pairs: readonly Pair[], row: number): number[] {
  const members: number[][] = [];
  columns.forEach((column, i) => (members[column] ??= []).push(i));
  const heights = columns.map((column, i) => (members[column]?.indexOf(i) ?? 0) * row);
  const neighbours = columns.map((): number[] => []);
  for (const { from, to } of pairs)
    if (Math.abs((columns[from] ?? 0) - (columns[to] ?? 0)) === 1) {
      neighbours[from]?.push(to);
      neighbours[to]?.push(from);
    }
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const forward = sweep % 2 === 0;
    for (const column of forward ? members : [...members].reverse()) {
      const wanted = new Map(
        column.map((i) => {
          const near = (neighbours[i] ?? []).filter(
            (other) => (columns[other] ?? 0) < (columns[i] ?? 0) === forward,
          );
          return [i, near.length === 0 ? (heights[i] ?? 0) : mean(near.map((other) => heights[other] ?? 0))];
        }),
      );
      column.sort((a, b) => (wanted.get(a) ?? 0) - (wanted.get(b) ?? 0) || a - b);
      settle(
        column.map((i) => wanted.get(i) ?? 0),
        row,
      ).forEach((y, k) => (heights[column[k] ?? 0] = y));
    }
  }
  return heights;
}
