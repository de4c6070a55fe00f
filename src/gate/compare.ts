/**
 * Compares the base's baseline with head's. Contract: two equal baselines have no change; what is lost or weaker fails,
 * and so does what cannot be told to be no weaker. Pure.
 */
import type { Baseline, BaselineModule, Change, Policy } from '../domain/baseline.js';
import { makeChange, type Comparing, type Found } from './change.js';
import { compareClaims, compareOperators } from './compare-claims.js';
import { compareModels, compareSteps } from './compare-models.js';
import { compareNative } from './compare-native.js';
import { findDrift } from './drift.js';
import { keyOf } from './places.js';

/** Everything that differs, failures first, then by place. */
export function compare(was: Baseline, is: Baseline, comparing: Comparing): Change[] {
  const { policy } = was;
  const found: Found[] = [
    ...matchModules(was, is).flatMap(([before, after]) => [
      ...compareClaims(before, after),
      ...compareOperators(before, after),
      ...compareModels(before, after, policy.fewerStates),
      ...compareSteps(before, after),
      ...compareAccepted(before, after),
    ]),
    ...compareNative(was.native, is.native),
    ...compareAssumptions(was, is),
    ...compareScores(was, is),
    ...compareTools(was, is),
    ...comparePolicy(was.policy, is.policy),
    ...findDrift(was, is),
  ];
  return sortChanges(found.map((one) => makeChange(one, comparing, policy)));
}

/** Failures first, then by file and line. */
export function sortChanges(changes: readonly Change[]): Change[] {
  // A baseline that is out of date comes last of the failures: it is mended when all else is.
  const rank = (c: Change): number => {
    if (c.severity === 'note') return 3;
    if (c.accepted !== undefined) return 2;
    return c.kind === 'evidence-old' ? 1 : 0;
  };
  const text = (c: Change): string =>
    `${c.place.path}:${String(c.place.line).padStart(7)} ${c.subject} ${c.kind}`;
  return [...changes].sort(
    (a, b) => rank(a) - rank(b) || (text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0),
  );
}

const nothing = (module: BaselineModule): BaselineModule => ({
  ...module,
  definitions: {},
  claims: [],
  models: [],
  steps: [],
  accepted: [],
});

/** Modules that are the same one: by name, as claims are named by it, else by path. */
export function matchModules(was: Baseline, is: Baseline): [BaselineModule, BaselineModule][] {
  const pairs = was.modules.map((before): [BaselineModule, BaselineModule] => {
    const after = is.modules.find((m) => m.name === before.name && m.path === before.path);
    return [before, after ?? is.modules.find((m) => m.name === before.name) ?? nothing(before)];
  });
  const met = new Set(pairs.map(([, after]) => after));
  const fresh = is.modules.filter((m) => !met.has(m));
  return [...pairs, ...fresh.map((after): [BaselineModule, BaselineModule] => [nothing(after), after])];
}

function compareAccepted(was: BaselineModule, is: BaselineModule): Found[] {
  return is.accepted
    .filter((entry) => !was.accepted.includes(entry))
    .map((entry) => ({
      kind: 'finding-accepted',
      subject: `${is.name}: ${entry}`,
      was: 'a finding',
      is: 'accepted in the manifest',
      at: [keyOf.module(is.name)],
    }));
}

function compareAssumptions(was: Baseline, is: Baseline): Found[] {
  return is.assumptions.flatMap((now): Found[] => {
    const before = was.assumptions.find((a) => a.id === now.id);
    const at = [keyOf.assumption(now.id)];
    if ((before === undefined || before.owner !== undefined) && now.owner === undefined) {
      const owned = before?.owner === undefined ? 'no such assumption' : `owner ${before.owner}`;
      return [{ kind: 'assumption-unowned', subject: now.id, was: owned, is: 'no owner', at }];
    }
    if (before === undefined)
      return [{ kind: 'assumption-changed', subject: now.id, was: '', is: now.statement, at }];
    if (before.statement === now.statement) return [];
    return [{ kind: 'assumption-changed', subject: now.id, was: before.statement, is: now.statement, at }];
  });
}

function compareScores(was: Baseline, is: Baseline): Found[] {
  return Object.entries(was.scores).flatMap(([subject, before]): Found[] => {
    const after = is.scores[subject];
    if (after === before) return [];
    const kind = after === undefined || after < before ? 'score-lower' : 'score-higher';
    const at = [keyOf.claim(subject), keyOf.module(subject)];
    return [{ kind, subject, was: String(before), is: after === undefined ? 'none' : String(after), at }];
  });
}

/** What the project asks of itself: less is a loss like any other. */
function comparePolicy(was: Policy, is: Policy): Found[] {
  const rank = (value: string): number => (value === 'fails' ? 1 : 0);
  const isLess: Record<keyof Policy, boolean> = {
    requiredRung: is.requiredRung < was.requiredRung,
    fewerStates: is.fewerStates > was.fewerStates,
    codeWithoutSpec: rank(is.codeWithoutSpec) < rank(was.codeWithoutSpec),
    specWithoutCode: rank(is.specWithoutCode) < rank(was.specWithoutCode),
  };
  return (Object.keys(isLess) as (keyof Policy)[])
    .filter((key) => isLess[key])
    .map((key) => ({
      kind: 'requirement-lower',
      subject: key,
      was: String(was[key]),
      is: String(is[key]),
      at: [keyOf.requirement(key)],
    }));
}

function compareTools(was: Baseline, is: Baseline): Found[] {
  return (['jar', 'workbench'] as const).flatMap((tool): Found[] =>
    was.tools[tool] === is.tools[tool]
      ? []
      : [
          {
            kind: 'tool-changed',
            subject: tool,
            was: was.tools[tool].slice(0, 10),
            is: is.tools[tool].slice(0, 10),
            at: [],
          },
        ],
  );
}
