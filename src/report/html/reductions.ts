/** What hid states from a model's runs, in words. Pure. */
import type { ModelView, RunView } from '../view/model-view.js';

type Reduction = RunView['reductions'][number];

const isSame = (a: Reduction, b: Reduction): boolean => a.kind === b.kind && a.name === b.name;
const textOf = ({ kind, name }: Reduction): string => `${kind} ${name}`;

/**
 * `VIEW View, CONSTRAINT Small`: what made the run look at fewer states than are reachable; empty where nothing did. A
 * substitution stands among the constants: what is reachable is reachable with it.
 */
export const cutsText = (run: Pick<RunView, 'reductions'>): string =>
  run.reductions
    .filter(({ kind }) => kind !== 'SUBSTITUTION')
    .map(textOf)
    .join(', ');

/**
 * A line for each reduction that was declared or in force, with the reason that the manifest gives. What is in force and
 * declared by nobody is shown like the rest, or the facts would be those of another model.
 */
export function reductionLines({ declared, runs }: ModelView): string[] {
  const found: Reduction[] = [];
  for (const one of [...(declared?.reduces ?? []), ...runs.flatMap((run) => run.reductions)])
    if (!found.some((other) => isSame(one, other))) found.push(one);
  return found.map((one) => {
    const reason = declared?.reduces.find((other) => isSame(one, other))?.reason;
    const times = runs.filter((run) => run.reductions.some((other) => isSame(one, other))).length;
    // A run of its own for what is temporal goes without symmetry.
    const where = times === 0 || times === runs.length ? '' : ` (in ${times} of ${runs.length} runs)`;
    return `${textOf(one)}${where}: ${reason ?? 'no reason is declared'}`;
  });
}
