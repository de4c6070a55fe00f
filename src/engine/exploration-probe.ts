/**
 * A generated module that tells in one exploration which variables ever change, which antecedents of claims are ever
 * true, and which sets they quantify over are ever not empty; the exploration ends when all was seen. Pure.
 */
import type { Site, Unit } from './antecedent-sites.js';
import { unitName } from './probe-text.js';

const MARK = '@wb seen';
/** TLC registers are numbered; specs seldom use any, and never ones this high. */
const FIRST_REGISTER = 7100;

export interface ExplorationQuestion {
  /** The module to extend. */
  extended: string;
  /** Variables that no earlier probe saw changing. */
  variables: string[];
  /** Sites that no earlier probe saw, each of level state or step. */
  sites: Site[];
  /** Definitions that the sites need. */
  units: Unit[];
}

export interface ExplorationProbe {
  /** The module that TLC starts with, then those it needs. */
  generated: { name: string; text: string }[];
  invariant: string;
  /** Always TRUE; absent where nothing is asked of steps. */
  actionConstraint?: string;
}

/** What one exploration saw: by the variable's name, or by the site's number. */
export type Seen = Map<string, { depth: number; states: number }>;

/** `TRUE` on the way to noting, in a register and by printing it once, that something is so. */
function noteText(name: string, register: number, key: string, condition: string): string {
  const seen = `TLCGet(${String(register)})`;
  const note = `TLCSet(${String(register)}, TRUE) /\\ PrintT(<<"${MARK}", "${key}", TLCGet("level"), TLCGet("distinct")>>)`;
  return `${name} == ${seen} \\/ ~(${condition}) \\/ (${note})`;
}

/**
 * What is seen is noted in a TLC register and printed once, with the number of steps and of distinct states that it
 * took. The invariant is violated when all was seen. One worker: registers are per worker.
 */
export function explorationProbe({
  extended,
  variables,
  sites,
  units,
}: ExplorationQuestion): ExplorationProbe {
  const asked = [
    ...variables.map((name) => ({ key: name, ofStep: true, text: [], condition: `${name}' # ${name}` })),
    ...sites.map(({ number, level, expression }) => ({
      key: String(number),
      ofStep: level === 'step',
      text: [`WbSite${String(number)} ==`, expression],
      condition: `WbSite${String(number)}`,
    })),
  ].map((one, i) => ({ ...one, note: `WbNote${String(i)}`, register: FIRST_REGISTER + i }));
  const steps = asked.filter((a) => a.ofStep).map((a) => a.note);
  const states = asked.filter((a) => !a.ofStep).map((a) => a.note);
  const all = asked.map((a) => `TLCGet(${String(a.register)})`).join(' /\\ ');
  const name = unitName(extended);
  const text = [
    `---- MODULE ${name} ----`,
    `EXTENDS ${extended}, TLC`,
    ...asked.map((a) => `ASSUME TLCSet(${String(a.register)}, FALSE)`),
    ...units.filter((u) => u.module === extended).flatMap((u) => u.definitions),
    ...asked.flatMap((a) => [...a.text, noteText(a.note, a.register, a.key, a.condition)]),
    `WbSeeSteps == ${['TRUE', ...steps].join(' /\\ ')}`,
    `WbNotAllSeen == ${['TRUE', ...states].join(' /\\ ')} /\\ ~(${all})`,
    '====',
    '',
  ].join('\n');
  const others = units
    .filter((u) => u.module !== extended)
    .map(({ module, definitions }) => ({
      name: unitName(module),
      text: [`---- MODULE ${unitName(module)} ----`, `EXTENDS ${module}`, ...definitions, '====', ''].join(
        '\n',
      ),
    }));
  return {
    generated: [{ name, text }, ...others],
    invariant: 'WbNotAllSeen',
    ...(steps.length > 0 ? { actionConstraint: 'WbSeeSteps' } : {}),
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
