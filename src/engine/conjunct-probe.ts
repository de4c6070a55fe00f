/**
 * A generated module that tells which conjunct of a violated invariant is false: its only state is the last one of the
 * counterexample, and each conjunct is an invariant of its own, so that TLC names the false one. Pure.
 */
import type { Config } from '../domain/config.js';
import type { State, Value } from '../domain/behaviour.js';
import { formatValue } from './values.js';

export const CONJUNCT_MODULE = 'WbConjunctProbe';

/** A conjunct as it stands in the source; `column` (from 1) keeps nested lists aligned. */
export interface ConjunctText {
  text: string;
  column: number;
}

export interface ConjunctProbe {
  module: string;
  text: string;
  config: Config;
  /** Name of the invariant of each conjunct, in order. */
  names: string[];
}

/** Model values anywhere in a value; they must be declared before a generated module can name them. */
function modelValuesIn(value: Value): string[] {
  switch (value.kind) {
    case 'model':
      return [value.value];
    case 'set':
    case 'seq':
      return value.elements.flatMap(modelValuesIn);
    case 'record':
      return value.fields.flatMap((f) => modelValuesIn(f.value));
    case 'function':
      return value.pairs.flatMap((p) => [...modelValuesIn(p.key), ...modelValuesIn(p.value)]);
    case 'int':
    case 'bool':
    case 'string':
    case 'text':
      return [];
  }
}

/**
 * @param extended the module that defines the invariant
 * @param declared names the module or its closure already declares as constants
 * @returns undefined where a value of the state has no TLA+ text that TLC reads back
 */
export function conjunctProbe(
  extended: string,
  state: State,
  conjuncts: ConjunctText[],
  config: Config,
  declared: string[],
): ConjunctProbe | undefined {
  // In one order, whether TLC printed the state just now or it was kept: the probe of the one is found for the other.
  const variables = Object.entries(state.variables).sort(([a], [b]) => (a < b ? -1 : 1));
  if (variables.some(([, value]) => JSON.stringify(value).includes('"kind":"text"'))) return undefined;
  const used = [...new Set(variables.flatMap(([, value]) => modelValuesIn(value)))];
  const fresh = used.filter((name) => !declared.includes(name));
  const names = conjuncts.map((_, i) => `WbConjunct${i + 1}`);
  const text = [
    `---- MODULE ${CONJUNCT_MODULE} ----`,
    `EXTENDS ${extended}, TLC`,
    ...(fresh.length > 0 ? [`CONSTANTS ${fresh.join(', ')}`] : []),
    'WbInit ==',
    ...variables.map(([name, value]) => `  /\\ ${name} = ${formatValue(value)}`),
    `WbNext == FALSE /\\ UNCHANGED <<${variables.map(([name]) => name).join(', ')}>>`,
    ...conjuncts.flatMap((c, i) => [`${names[i] ?? ''} ==`, ' '.repeat(c.column - 1) + c.text]),
    '====',
    '',
  ].join('\n');
  const { specification: _spec, ...rest } = config;
  return {
    module: CONJUNCT_MODULE,
    text,
    names,
    config: {
      ...rest,
      init: { name: 'WbInit', line: 0 },
      next: { name: 'WbNext', line: 0 },
      constants: [
        ...config.constants,
        ...fresh.map((name) => ({ name, kind: 'assign' as const, value: name, line: 0 })),
      ],
      invariants: names.map((name) => ({ name, line: 0 })),
      properties: [],
      symmetry: [],
      view: [],
      constraints: [],
      actionConstraints: [],
      checkDeadlock: { value: false, line: 0 },
    },
  };
}
