/**
 * Generated modules that leave one fairness condition out of a specification: where every temporal claim holds without
 * it, no claim needs it. Pure.
 */
import { oneLine, type Formula, type ModuleFormulas, type Slice } from '../source/formula.js';
import { codeOf } from '../source/outline.js';
import { placed } from './probe-text.js';
import { findOperator, type SpecFormulas } from './spec-formulas.js';

/** A conjunct of a specification, with the quantifiers around it. */
interface Conjunct {
  bounds: Slice[][];
  slice: Slice;
  formula: Formula;
  file: string;
  isFair: boolean;
}

export interface FairnessDrop {
  /** The condition in one line. */
  text: string;
  place: { path: string; line: number };
  probe: { module: string; text: string; specification: string };
}

export const FAIRNESS_MODULE = 'WbFairnessProbe';

/** Names of the operators that state fairness, themselves or through others. */
export function fairNames(modules: ModuleFormulas[]): ReadonlySet<string> {
  const definitions = modules.flatMap((m) => m.definitions);
  const fair = new Set<string>();
  for (let before = -1; before < fair.size;) {
    before = fair.size;
    for (const d of definitions) if (statesFairness(d.body, fair)) fair.add(d.name);
  }
  return fair;
}

function statesFairness(formula: Formula, fair: ReadonlySet<string>): boolean {
  if (formula.kind === 'and') return formula.parts.some((p) => statesFairness(p.formula, fair));
  if (formula.kind === 'forall') return statesFairness(formula.body, fair);
  if (formula.kind === 'call') return formula.through.length === 0 && fair.has(formula.name);
  return formula.kind === 'fairness';
}

/** The conjuncts of a specification: operators without parameters are opened where they state fairness. */
function conjunctsOf(
  at: { formula: Formula; slice: Slice; bounds: Slice[][]; file: string },
  root: string,
  spec: SpecFormulas,
  fair: ReadonlySet<string>,
): Conjunct[] {
  const { formula, slice, bounds, file } = at;
  const whole = { bounds, slice, formula, file, isFair: statesFairness(formula, fair) };
  if (!whole.isFair) return [whole];
  if (formula.kind === 'and')
    return formula.parts.flatMap((p) => conjunctsOf({ ...at, ...p }, root, spec, fair));
  if (formula.kind === 'forall') {
    const body = { formula: formula.body, slice: formula.bodySlice };
    return conjunctsOf({ ...at, ...body, bounds: [...bounds, formula.bounds] }, root, spec, fair);
  }
  const found = formula.kind === 'call' ? findOperator(spec, root, formula.name) : undefined;
  if (!found || found.definition.params.length > 0) return [whole];
  const { definition } = found;
  const inner = { formula: definition.body, slice: definition.bodySlice, bounds, file: found.file };
  return conjunctsOf(inner, root, spec, fair);
}

/** The actions that a specification is fair to, each with the quantifiers around it. */
export function fairActions(
  specification: string,
  spec: SpecFormulas,
): { action: Formula; bounds: Slice[][]; file: string }[] {
  return conjunctsOfSpecification(specification, spec).flatMap(({ formula, bounds, file }) =>
    formula.kind === 'fairness' ? [{ action: formula.action, bounds, file }] : [],
  );
}

const textOf = ({ bounds, slice }: Conjunct): string =>
  bounds.reduceRight(
    (inner, some) => `\\A\n${some.map(placed).join('\n,\n')}\n:\n(\n${inner}\n)`,
    placed(slice),
  );

/**
 * Conjuncts of a specification that state fairness where no condition can be taken out: behind an instance (`C!Spec`), or
 * in a LET.
 */
export function unreadFairness(specification: string, spec: SpecFormulas): Omit<FairnessDrop, 'probe'>[] {
  const fair = fairNames(spec.modules);
  const open = (c: Conjunct): Conjunct[] =>
    c.formula.kind === 'and' ? c.formula.parts.flatMap((part) => open({ ...c, ...part })) : [c];
  return conjunctsOfSpecification(specification, spec)
    .filter((c) => !c.isFair)
    .flatMap(open)
    .filter(({ formula, slice }) => {
      const isBehind = formula.kind === 'call' && formula.through.length > 0 && fair.has(formula.name);
      return isBehind || /\b[WS]F_/.test(codeOf(slice.text));
    })
    .map(({ slice, file }) => ({ text: oneLine(slice.text), place: { path: file, line: slice.line } }));
}

function conjunctsOfSpecification(specification: string, spec: SpecFormulas): Conjunct[] {
  const root = spec.modules[0];
  const found = root && findOperator(spec, root.module, specification);
  if (!found) return [];
  const { definition, file } = found;
  const start = { formula: definition.body, slice: definition.bodySlice, bounds: [], file };
  return conjunctsOf(start, root.module, spec, fairNames(spec.modules));
}

/** One probe for each fairness condition of a specification. */
export function fairnessDrops(specification: string, spec: SpecFormulas): FairnessDrop[] {
  const root = spec.modules[0]?.module ?? '';
  const conjuncts = conjunctsOfSpecification(specification, spec);
  return conjuncts
    .filter((c) => c.isFair)
    .map((dropped) => {
      const rest = conjuncts.filter((c) => c !== dropped).map((c) => `(\n${textOf(c)}\n)`);
      const text = [
        `---- MODULE ${FAIRNESS_MODULE} ----`,
        `EXTENDS ${root}`,
        'WbSpec ==',
        rest.join(' /\\\n'),
        '====',
        '',
      ].join('\n');
      return {
        text: oneLine(textOf(dropped).replace(/\(\n|\n\)/g, ' ')),
        place: { path: dropped.file, line: dropped.slice.line },
        probe: { module: FAIRNESS_MODULE, text, specification: 'WbSpec' },
      };
    });
}
