/**
 * Two generated modules that look for a state that TypeOK allows, reachable or not, and that a claim does not. The one
 * steps from the initial states by changing one variable at a time: that finds most within a few steps. In the other
 * the initial states are all that TypeOK allows: a claim that is true in each says nothing more than TypeOK. Pure.
 */
import { namesIn, oneLine, type Slice } from '../source/formula.js';
import { dependsOn, findDefinition, type Outline } from '../source/outline.js';
import { expressionOf } from './probe-text.js';

export const TYPE_MODULE = 'WbTypeProbe';
const MARK = '@wb beyond';

export interface TypeProbe {
  module: string;
  text: string;
  init: string;
  next: string;
  invariant: string;
}

/** The set that a type invariant gives for a variable, from conjuncts `x \in S`, `x \subseteq S`, `{x, y} \subseteq S`. */
function setsOf(
  type: string,
  outlines: readonly Outline[],
  inside: readonly string[] = [],
): Map<string, string> {
  const sets = new Map<string, string>();
  const definition = findDefinition(outlines, type);
  for (const conjunct of definition?.conjuncts ?? []) {
    const text = oneLine(conjunct.text);
    const single = /^(\w+) \\(in|subseteq) (.*)$/.exec(text);
    const several = /^\{([\w, ]+)\} \\subseteq (.*)$/.exec(text);
    if (single) {
      const [, name = '', sign, set = ''] = single;
      sets.set(name, sign === 'in' ? set : `SUBSET (${set})`);
    } else if (several) {
      const [, names = '', set = ''] = several;
      for (const name of names.split(',')) sets.set(name.trim(), set);
    } else if (/^\w+$/.test(text) && !inside.includes(text)) {
      for (const [name, set] of setsOf(text, outlines, [...inside, type])) sets.set(name, set);
    }
  }
  return sets;
}

/** A set in one line means the same only where no bulleted list stands in it. */
const isPlain = (set: string): boolean => !/\/\\|\\\//.test(set);

export interface TypeQuestion {
  /** The module to extend. */
  extended: string;
  /** Name of the type invariant. */
  type: string;
  variables: string[];
  /** What is asked of each, by number. */
  claims: { number: number; formula: string }[];
  outlines: readonly Outline[];
  /** The first TLC register that the spec leaves free. */
  firstRegister: number;
}

/** The module may define what TLC's standard module defines too: so that comes in under a name of its own. */
const TLC = 'WbTLC';

function moduleText(question: TypeQuestion, init: string[], next: string[]): TypeProbe {
  const { extended, claims, firstRegister } = question;
  const set = (n: number, value: string): string => `${TLC}!TLCSet(${String(firstRegister + n)}, ${value})`;
  const register = (n: number): string => `${TLC}!TLCGet(${String(firstRegister + n)})`;
  const notes = claims.map(
    ({ number: n, formula }) =>
      `WbNote${String(n)} == ${register(n)} \\/ ${formula} \\/ (${set(n, 'TRUE')} /\\ ${TLC}!PrintT(<<"${MARK}", ${String(n)}, 0, ${TLC}!TLCGet("distinct")>>))`,
  );
  const all = claims.map((c) => register(c.number)).join(' /\\ ');
  const text = [
    `---- MODULE ${TYPE_MODULE} ----`,
    `EXTENDS ${extended}`,
    `${TLC} == INSTANCE TLC`,
    ...claims.map((c) => `ASSUME ${set(c.number, 'FALSE')}`),
    ...['WbInit ==', ...init, 'WbNext ==', ...next],
    ...notes,
    `WbNotAllBeyond == ${claims.map((c) => `WbNote${String(c.number)}`).join(' /\\ ')} /\\ ~(${all})`,
    '====',
    '',
  ].join('\n');
  return { module: TYPE_MODULE, text, init: 'WbInit', next: 'WbNext', invariant: 'WbNotAllBeyond' };
}

const ENDLESS = /^(Nat|Int|Real|Seq|STRING|BagOf)$/;

/** Whether TLC cannot go through a set, for all that its text and the operators it uses tell. */
function isEndless(set: string, outlines: readonly Outline[]): boolean {
  const names = namesIn(set).flatMap((name) => [...dependsOn(outlines, name)]);
  return names.some((name) => ENDLESS.test(name));
}

/** Small sets first, as far as their text tells: TLC goes through one after the other. */
const sizeOf = (set: string): number => (/\bSUBSET\b/.test(set) ? 2 : 0) + (/->/.test(set) ? 1 : 0);

/** Steps from the initial states, one variable at a time; undefined where the type invariant gives no set at all. */
export function changeProbe(question: TypeQuestion, initial: Slice[]): TypeProbe | undefined {
  const { type, variables, outlines } = question;
  const sets = [...setsOf(type, outlines)]
    .filter(([name, set]) => variables.includes(name) && isPlain(set) && !isEndless(set, outlines))
    .sort((a, b) => sizeOf(a[1]) - sizeOf(b[1]));
  if (sets.length === 0 || initial.length === 0) return undefined;
  const steps = sets.map(([name, set]) => {
    const others = variables.filter((v) => v !== name);
    const same = others.length === 0 ? '' : ` /\\ UNCHANGED <<${others.join(', ')}>>`;
    return `     \\/ ${name}' \\in (${set})${same}`;
  });
  const init = [initial.map(expressionOf).join(' /\\ ')];
  return moduleText(question, init, ['  /\\', ...steps, `  /\\ ${type}'`]);
}

/** All states that the type invariant allows; else the name of a variable for which it gives no set. */
export function enumerationProbe(question: TypeQuestion): TypeProbe | { missing: string } {
  const { type, variables, outlines } = question;
  const sets = setsOf(type, outlines);
  const missing = variables.find((v) => {
    const set = sets.get(v);
    return set === undefined || !isPlain(set) || isEndless(set, outlines);
  });
  if (missing !== undefined) return { missing };
  const init = [...variables.map((v) => `  /\\ ${v} \\in (${sets.get(v) ?? ''})`), `  /\\ ${type}`];
  return moduleText(question, init, [`  FALSE /\\ UNCHANGED <<${variables.join(', ')}>>`]);
}

/** Numbers of the claims that some state of the right types violates, with the states it took. */
export function readBeyond(printed: string[]): Map<number, number> {
  const pattern = new RegExp(`<<"${MARK}", (\\d+), 0, (\\d+)>>`);
  const seen = new Map<number, number>();
  for (const line of printed) {
    const match = pattern.exec(line);
    if (match && !seen.has(Number(match[1]))) seen.set(Number(match[1]), Number(match[2]));
  }
  return seen;
}
