/** TLC registers for probes: numbered places that a spec may use as well. Pure. */

/** So many of them one probe may need. */
const MOST = 4000;
const FIRST = 7100;

/**
 * The first of a row of registers that a spec leaves free: it names no number near it, as a register may be computed
 * from one (`TLCSet(7000 + i, …)`).
 */
export function freeRegister(texts: readonly string[]): number {
  const numbers = texts.flatMap((text) => (text.match(/\d+/g) ?? []).map(Number));
  let first = FIRST;
  while (numbers.some((n) => n > first - 1000 && n < first + MOST)) first += MOST;
  return first;
}
