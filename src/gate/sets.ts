/** Lists of names that stand for sets: what one has that another has not, and how one is shown. Pure. */

/** What is in the first and not in the second. */
export const gone = (was: readonly string[], is: readonly string[]): string[] =>
  was.filter((name) => !is.includes(name));

export const list = (names: readonly string[]): string => (names.length === 0 ? 'none' : names.join(', '));
