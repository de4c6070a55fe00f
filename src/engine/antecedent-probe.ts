/**
 * Generated modules that tell in one exploration which antecedents of claims are ever true, and which sets they
 * quantify over are ever not empty; the exploration ends when all were seen. Pure.
 */
import type { Site, Unit } from './antecedent-sites.js';
import { unitName } from './probe-text.js';

const MARK = '@wb reached';
/** Behind those of the variable probe. */
const FIRST_REGISTER = 7200;

export interface AntecedentProbe {
  module: string;
  generated: { name: string; text: string }[];
  invariant: string;
  /** Absent where no antecedent speaks of a step. */
  actionConstraint?: string;
}

/**
 * What is seen is noted in a TLC register and printed once, with the number of steps and of distinct states that it
 * took. The invariant is violated when all was seen. One worker: registers are per worker.
 *
 * @param sites those that are asked for, each of level state or step
 * @param units every unit that they need; the root's first
 */
export function antecedentProbe(sites: Site[], units: Unit[]): AntecedentProbe {
  const [root, ...others] = units;
  if (!root) throw new Error('an antecedent probe needs the root module');
  const name = unitName(root.module);
  const register = (n: number): string => `TLCGet(${String(FIRST_REGISTER + n)})`;
  const notes = sites.flatMap(({ number: n, expression }) => [
    `WbSite${String(n)} ==`,
    expression,
    `WbNote${String(n)} == ${register(n)} \\/ ~WbSite${String(n)} \\/ (TLCSet(${String(FIRST_REGISTER + n)}, TRUE) /\\ PrintT(<<"${MARK}", ${String(n)}, TLCGet("level"), TLCGet("distinct")>>))`,
  ]);
  const ofLevel = (level: Site['level']): string[] =>
    sites.filter((s) => s.level === level).map((s) => `WbNote${String(s.number)}`);
  const steps = ofLevel('step');
  const all = sites.map((s) => register(s.number)).join(' /\\ ');
  const text = [
    `---- MODULE ${name} ----`,
    `EXTENDS ${root.module}, TLC`,
    ...sites.map((s) => `ASSUME TLCSet(${String(FIRST_REGISTER + s.number)}, FALSE)`),
    ...root.definitions,
    ...notes,
    `WbSeeStates == ${['TRUE', ...ofLevel('state')].join(' /\\ ')}`,
    `WbSeeSteps == ${['TRUE', ...steps].join(' /\\ ')}`,
    `WbNotAllSeen == WbSeeStates /\\ ~(${all})`,
    '====',
    '',
  ].join('\n');
  const generated = others.map((unit) => ({
    name: unitName(unit.module),
    text: [
      `---- MODULE ${unitName(unit.module)} ----`,
      `EXTENDS ${unit.module}`,
      ...unit.definitions,
      '====',
      '',
    ].join('\n'),
  }));
  return {
    module: name,
    generated: [{ name, text }, ...generated],
    invariant: 'WbNotAllSeen',
    ...(steps.length > 0 ? { actionConstraint: 'WbSeeSteps' } : {}),
  };
}

/** What one exploration saw, by the site's number. */
export type Seen = Map<number, { depth: number; states: number }>;

/** Reads the lines that a probe printed. */
export function readSeen(printed: string[]): Seen {
  const pattern = new RegExp(`<<"${MARK}", (\\d+), (\\d+), (\\d+)>>`);
  const seen: Seen = new Map();
  for (const line of printed) {
    const match = pattern.exec(line);
    const number = Number(match?.[1]);
    if (match && !seen.has(number)) seen.set(number, { depth: Number(match[2]), states: Number(match[3]) });
  }
  return seen;
}
