/** The gate's result as terminal lines: what changed, where evidence comes from, failures with their command. Pure. */
import { CHANGE_KINDS, type Change } from '../domain/baseline.js';
import { mapTexts, oneLine } from './formats/control-characters.js';
import type { Paint } from './paint.js';
import { wrapText } from './wrap.js';

export interface GateView {
  base: { ref: string; commit: string };
  head: { commit: string; dirty: boolean };
  /** The base has no baseline: there is nothing to lose yet. */
  first: boolean;
  touched: { path: string; what: string; functions: string[]; claims: string[] }[];
  /** `Locks: from the base`. */
  evidence: { part: string; from: string }[];
  changes: Change[];
  exitCode: number;
}

const isFailure = (c: Change): boolean => c.severity === 'fails' && c.accepted === undefined;
const short = (commit: string): string => commit.slice(0, 10);
const several = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;

/** @param given its texts may hold anything; what a terminal would obey is shown as a code */
export function gateLines(given: GateView, width: number, paint: Paint): string[] {
  const view = mapTexts(given, oneLine);
  const { base, head, changes } = view;
  const failures = changes.filter(isFailure);
  const accepted = changes.filter((c) => c.accepted !== undefined);
  const notes = changes.filter((c) => c.severity === 'note');
  return [
    `base ${short(base.commit)}, where HEAD ${short(head.commit)} and ${base.ref} part`,
    ...(base.commit === head.commit
      ? [`${base.ref} has all that HEAD has: only what is not committed yet can differ`]
      : []),
    ...(head.dirty ? ['the work tree has uncommitted changes: they are part of what is compared'] : []),
    ...(view.first
      ? ['the base has no runs/baseline.json: nothing can be lost yet, only verdicts count']
      : []),
    ...touchedLines(view.touched, width),
    ...view.evidence.map(({ part, from }) => `evidence for ${part}: ${from}`),
    ...failures.flatMap((c) => changeLines(c, paint.red('FAIL'), width)),
    ...accepted.flatMap((c) => changeLines(c, paint.yellow('accepted in this change:'), width)),
    ...notes.flatMap((c) => changeLines(c, paint.dim('note'), width)),
    ...closingLines(view, failures, { accepted: accepted.length, notes: notes.length, width }),
  ];
}

function touchedLines(touched: GateView['touched'], width: number): string[] {
  if (touched.length === 0) return ['nothing that claims rest on differs'];
  return touched.flatMap(({ path, what, functions, claims }) => {
    const inside = functions.length === 0 ? '' : ` (${firstOf(functions)})`;
    const text = `changed ${what} ${path}${inside}: ${claims.length === 0 ? 'no claim' : firstOf(claims)}`;
    return hang(text, width);
  });
}

const firstOf = (names: string[]): string =>
  names.length <= 4 ? names.join(', ') : `${names.slice(0, 4).join(', ')} and ${names.length - 4} more`;

/** `FAIL path:line kind subject`, then was, is and the command. */
export function changeLines(change: Change, mark: string, width: number): string[] {
  const { kind, subject, place, was, is, mend, accepted } = change;
  const rows = [
    ...(was === '' ? [] : [`was: ${was}`]),
    ...(is === '' ? [] : [`is: ${is}`]),
    ...(accepted === undefined ? [] : [`reason: ${accepted}`]),
    ...(mend === '' ? [] : [`mend: ${mend}`]),
  ];
  return [
    `${mark} ${place.path}:${place.line}: ${kind}: ${subject}`,
    ...rows.flatMap((r) => hang(r, width, 5)),
  ];
}

/** Lines of a text; what does not fit stands further in. */
function hang(text: string, width: number, indent = 0): string[] {
  const [first = '', ...rest] = wrapText(text, width - 2, indent);
  return [first, ...rest.map((line) => `  ${line}`)];
}

function closingLines(
  view: GateView,
  failures: Change[],
  { accepted, notes, width }: { accepted: number; notes: number; width: number },
): string[] {
  return [
    `gate: ${several(failures.length, 'failure')}, ${accepted} accepted in this change, ${several(notes, 'note')} (exit ${view.exitCode})`,
    ...acceptLines(view.base.ref, failures, width),
  ];
}

/** How weakenings are accepted, or what keeps `--accept` from it: a command that would be refused is no help. */
function acceptLines(ref: string, failures: Change[], width: number): string[] {
  const weakened = failures.filter((c) => CHANGE_KINDS[c.kind] !== 'never accepted').length;
  if (weakened === 0) return [];
  const what = weakened === 1 ? 'the weakening' : 'the weakenings';
  // An old baseline keeps nothing from being accepted: the command makes it anew.
  const first = failures.filter((c) => c.kind === 'verdict-failed' || c.kind === 'not-shown');
  if (first.length > 0)
    return hang(
      `before ${what} can be accepted, mend ${firstOf(first.map((c) => `${c.kind} ${c.subject}`))}`,
      width,
    );
  return [
    `if ${what} ${weakened === 1 ? 'is' : 'are'} intended: workbench gate --accept --base ${ref} --reason "why"`,
  ];
}
