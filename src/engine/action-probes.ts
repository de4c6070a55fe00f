/**
 * The actions of a specification as questions to TLC: does some step satisfy the action, wherever it stands. Pure; the
 * module that asks is written by exploration-probe.ts.
 */
import type { Formula } from '../source/formula.js';
import { expandAction, findActions, isAction, type FoundAction } from './action-sites.js';
import type { Position, Site } from './antecedent-walk.js';
import { startWalk } from './antecedents.js';
import { fairActions } from './fairness-probe.js';
import { renderInside } from './probe-text.js';
import type { SpecFormulas } from './spec-formulas.js';

/** The behaviours that models have. */
export interface Behaviour {
  specification?: string | undefined;
  next?: string | undefined;
}

/** Antecedents are asked for in the same module, and have lower numbers. */
const FIRST_NUMBER = 1_000_000;

/** So many uses of one action are asked for. */
const MOST_USES = 60;

/** One question for each action but those that are known to fire, by module and name. */
export function findActionSites(
  behaviours: Behaviour[],
  spec: SpecFormulas,
  fires: (action: { module: string; name: string }) => boolean,
): Site[] {
  const root = spec.modules[0];
  if (!root) return [];
  const walk = { ...startWalk(spec, FIRST_NUMBER), find: findActions, expand: expandAction };
  const start = (file: string): Position => ({
    ...{ module: root.module, file, inside: [], everywhere: true, later: false, certain: false },
  });
  const found = behaviours.flatMap(({ specification, next }) => {
    const name = specification ?? next;
    if (name === undefined) return [];
    const slice = { text: name, indent: '', line: 1, level: 'state' as const };
    return findActions({ kind: 'call', name, args: [], through: [], slice }, [], start(root.file), walk);
  });
  const inNext = new Set(found.filter(isAction).map(keyOf));
  const named = (formula: Formula): boolean => formula.kind === 'call' && formula.through.length === 0;
  const inFairness = behaviours
    .flatMap((b) => (b.specification === undefined ? [] : fairActions(b.specification, spec)))
    .filter(({ action }) => named(action))
    .flatMap(({ action, bounds, file }) => {
      const frames = bounds.map((some) => ({ kind: 'some' as const, bounds: some }));
      // What is in it is a part of Next, or else nothing.
      return findActions(action, frames, start(file), walk).filter(isAction).slice(0, 1);
    })
    .filter((f) => !inNext.has(keyOf(f)));
  return merge([...found.filter(isAction), ...inFairness], fires);
}

const keyOf = ({ action }: FoundAction): string => `${action.module}!${action.name}`;

function merge(found: FoundAction[], fires: (action: { module: string; name: string }) => boolean): Site[] {
  const uses = new Map<string, FoundAction[]>();
  for (const one of found) uses.set(keyOf(one), [...(uses.get(keyOf(one)) ?? []), one]);
  const numbers = new Map(
    [...uses.values()].flatMap((same) => same.map((one) => [one.number, same[0]?.number ?? one.number])),
  );
  const byNumber = new Map(found.map((one) => [one.number, one]));
  const isKnown = (one: FoundAction | undefined): boolean =>
    one !== undefined && (fires(one.action) || (one.isPart && isKnown(byNumber.get(one.outer[0] ?? 0))));
  return [...uses.values()].flatMap((same): Site[] => {
    const [first] = same;
    if (!first || same.some(isKnown)) return [];
    const open = same.filter((one) => one.reason === undefined).slice(0, MOST_USES);
    const { frames: _frames, core: _core, action: _action, isPart: _isPart, reason, ...site } = first;
    const unasked =
      open.length === same.length
        ? undefined
        : (same.find((one) => one.reason !== undefined)?.reason ??
          `only ${String(MOST_USES)} of its ${String(same.length)} uses are asked for`);
    return [
      {
        ...site,
        claim: '',
        expression: open.map((one) => `(\n${renderInside(one.frames, one.core)}\n)`).join(' \\/ '),
        needs: open.flatMap((one) => one.needs),
        around: same.map((one) => one.outer.flatMap((n) => numbers.get(n) ?? [])),
        ...(open.length === 0 && reason !== undefined ? { reason } : {}),
        ...(open.length > 0 && unasked !== undefined ? { partly: unasked } : {}),
      },
    ];
  });
}
