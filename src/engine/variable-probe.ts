/** A generated module that tells which variables of a spec ever change, in one exploration that stops when all have. Pure. */

/** Base name of the generated module; specs must not define names with this prefix. */
export const PROBE_MODULE = 'WbVariableProbe';
const MARK = '@wb changed';
/** TLC registers are numbered; specs seldom use any, and never ones this high. */
const FIRST_REGISTER = 7100;

export interface Probe {
  module: string;
  text: string;
  actionConstraint: string;
  invariant: string;
}

/**
 * The module extends the spec. Its action constraint is always TRUE; on the way it notes every variable that differs
 * between the two states of a step in a TLC register and prints it once. Its invariant is violated as soon as every
 * variable in question has changed, which ends the exploration early.
 *
 * @param extended name of the module to extend
 * @param variables those that no earlier probe saw changing; at least one
 */
export function variableProbe(extended: string, variables: string[]): Probe {
  const register = (i: number): number => FIRST_REGISTER + i;
  const notes = variables.map(
    (v, i) =>
      `  /\\ (${v}' = ${v} \\/ TLCGet(${register(i)}) \\/ (TLCSet(${register(i)}, TRUE) /\\ PrintT(<<"${MARK}", "${v}">>)))`,
  );
  const all = variables.map((_, i) => `TLCGet(${register(i)})`).join(' /\\ ');
  const text = [
    `---- MODULE ${PROBE_MODULE} ----`,
    `EXTENDS ${extended}, TLC`,
    ...variables.map((_, i) => `ASSUME TLCSet(${register(i)}, FALSE)`),
    'WbNoteChanges ==',
    ...notes,
    `WbNotAllChanged == ~(${all})`,
    '====',
    '',
  ].join('\n');
  return { module: PROBE_MODULE, text, actionConstraint: 'WbNoteChanges', invariant: 'WbNotAllChanged' };
}

/** Variables that a probe's printed lines report as changing. */
export function changedVariables(printed: string[]): string[] {
  const pattern = new RegExp(`<<"${MARK}", "(\\w+)">>`);
  return [...new Set(printed.flatMap((line) => pattern.exec(line)?.[1] ?? []))].sort();
}
