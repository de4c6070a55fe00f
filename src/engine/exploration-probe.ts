/**
 * A generated module that tells in one exploration which variables ever change, which antecedents of claims are ever
 * true, and which sets they quantify over are ever not empty; the exploration ends when all was seen. Pure.
 */
import type { Site } from './antecedent-walk.js';
import { unitName } from './probe-text.js';

const MARK = '@wb seen';
/** The module may define what TLC's standard module defines too: so that comes in under a name of its own. */
const TLC = 'WbTLC';
/** No state is as deep; a negative number would need the module Integers. */
const NO_LEVEL = '999999';

export interface ExplorationQuestion {
  /** The module to extend. */
  extended: string;
  /** Every variable of the module. */
  variables: string[];
  /** Variables that no earlier probe saw changing. */
  changing: string[];
  /** Sites that no earlier probe saw, each of level state or step. */
  sites: Site[];
  /** The first TLC register that the spec leaves free. */
  firstRegister: number;
}

export interface ExplorationProbe {
  /** The module that TLC starts with, then those it needs. */
  generated: { name: string; text: string }[];
  invariant: string;
  /**
   * A property of steps that always holds; absent where nothing is asked of steps. No action constraint: that would not
   * be asked of steps that leave a state constraint, of which claims are.
   */
  property?: string;
}

/** What one exploration saw: by the variable's name, or by the site's number. */
export type Seen = Map<string, { depth: number; states: number }>;

const get = (what: number | string): string => `${TLC}!TLCGet(${JSON.stringify(what)})`;
const set = (register: number, value: string): string => `${TLC}!TLCSet(${String(register)}, ${value})`;

/** `TRUE` on the way to noting, in a register and by printing it once, that something is so. */
function noteText(name: string, register: number, key: string, condition: string): string {
  const print = `${TLC}!PrintT(<<"${MARK}", "${key}", ${get('level')}, ${get('distinct')}>>)`;
  return `${name} == ${get(register)} \\/ ~(${condition}) \\/ (${set(register, 'TRUE')} /\\ ${print})`;
}

const unitText = (name: string, module: string, needs: Site['needs'], rest: string[] = []): string => {
  const imports = [...new Set(needs.flatMap((n) => n.imports))];
  return [
    `---- MODULE ${name} ----`,
    `EXTENDS ${module}`,
    ...imports.map((imported) => `LOCAL INSTANCE ${imported}`),
    ...needs.map((n) => n.text),
    ...rest,
    '====',
    '',
  ].join('\n');
};

/**
 * What is seen is noted in a TLC register and printed once, with the number of steps and of distinct states that it
 * took. The invariant is violated when all was seen. One worker: registers are per worker.
 */
export function explorationProbe(question: ExplorationQuestion): ExplorationProbe {
  const { extended, variables, changing, sites, firstRegister } = question;
  const asked = [
    ...changing.map((name) => ({ key: name, ofStep: true, text: [], condition: `${name}' # ${name}` })),
    ...sites.map(({ number, level, first, expression }) => ({
      key: String(number),
      ofStep: level === 'step',
      text: [`WbSite${String(number)} ==`, expression],
      condition: `${first ? `${get('level')} = ${get(firstRegister)} /\\ ` : ''}WbSite${String(number)}`,
    })),
  ].map((one, i) => ({ ...one, note: `WbNote${String(i)}`, register: firstRegister + 1 + i }));
  const steps = asked.filter((a) => a.ofStep).map((a) => a.note);
  const states = asked.filter((a) => !a.ofStep).map((a) => a.note);
  const all = asked.map((a) => get(a.register)).join(' /\\ ');
  // The level that TLC gives to initial states is taken from the first state it shows.
  const level = `(${get(firstRegister)} # ${NO_LEVEL} \\/ ${set(firstRegister, get('level'))})`;
  const probe = [
    `${TLC} == INSTANCE TLC`,
    `ASSUME ${set(firstRegister, NO_LEVEL)}`,
    ...asked.map((a) => `ASSUME ${set(a.register, 'FALSE')}`),
    ...asked.flatMap((a) => [...a.text, noteText(a.note, a.register, a.key, a.condition)]),
    `WbSeeSteps == [][${['TRUE', ...steps].join(' /\\ ')}]_<<${variables.join(', ')}>>`,
    `WbNotAllSeen == ${[level, ...states].join(' /\\ ')} /\\ ~(${all})`,
  ];
  const needs = sites.flatMap((s) => s.needs);
  const own = needs.filter((n) => n.module === extended);
  const name = unitName(extended);
  const others = [...new Set(needs.map((n) => n.module))].filter((module) => module !== extended);
  return {
    generated: [
      { name, text: unitText(name, extended, own, probe) },
      ...others.map((module) => {
        const those = needs.filter((n) => n.module === module);
        return { name: unitName(module), text: unitText(unitName(module), module, those) };
      }),
    ],
    invariant: 'WbNotAllSeen',
    ...(steps.length > 0 ? { property: 'WbSeeSteps' } : {}),
  };
}

/** Reads the lines that a probe printed. */
export function readSeen(printed: string[]): Seen {
  const pattern = new RegExp(`<<"${MARK}", "(\\w+)", (\\d+), (\\d+)>>`);
  const seen: Seen = new Map();
  for (const line of printed) {
    const [, key, depth, states] = pattern.exec(line) ?? [];
    if (key !== undefined && !seen.has(key)) seen.set(key, { depth: Number(depth), states: Number(states) });
  }
  return seen;
}
