/**
 * Compares the base's baseline with head's. Contract: two equal baselines have no change; what is lost or weaker fails,
 * and so does what cannot be told to be no weaker. Pure.
 */
import type { Baseline, BaselineModule, Change } from '../domain/baseline.js';
import { makeChange, type Comparing, type Found } from './change.js';
import { compareClaims } from './compare-claims.js';
import { compareModels } from './compare-models.js';
import { compareNative } from './compare-native.js';
import { compareAssumes, compareExplored, compareOperators } from './compare-operators.js';
import { compareLedger, comparePolicy, compareScope, isBelow } from './compare-project.js';
import { compareSteps } from './compare-steps.js';
import { findDrift } from './drift.js';
import { keyOf } from './places.js';

/** Everything that differs, failures first, then by place. */
export function compare(was: Baseline, is: Baseline, comparing: Comparing): Change[] {
  const { policy } = was;
  const found: Found[] = [
    ...matchModules(was, is).flatMap(([before, after]) =>
      [
        ...compareClaims(before, after),
        ...compareOperators(before, after),
        ...compareAssumes(before, after),
        ...compareExplored(before, after),
        ...compareModels(before, after, policy.fewerStates),
        ...compareSteps(before, after),
        ...compareAccepted(before, after),
      ].map((one) => ({ ...one, at: [...one.at, ...placeOfLost(before.path, is)] })),
    ),
    ...compareNative(was.native, is.native),
    ...compareLedger(was, is),
    ...compareScores(was, is),
    ...compareTools(was, is),
    ...comparePolicy(was.policy, is.policy),
    ...compareScope(was, is),
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
  explored: {},
  assumes: [],
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

/** A module that is no more: workbench.json where that says to look elsewhere, else its file as it was called. */
function placeOfLost(path: string, is: Baseline): string[] {
  const { specs, leftOut } = is.scope;
  const left = leftOut.find((entry) => isBelow(path, entry));
  if (left !== undefined) return [keyOf.requirement(`leftOut ${left}`)];
  return [isBelow(path, specs) ? keyOf.gone(path) : keyOf.requirement('specs')];
}

/** What a manifest accepts with a reason: no failure, and never in silence. */
function compareAccepted(was: BaselineModule, is: BaselineModule): Found[] {
  return is.accepted.flatMap(({ finding, reason }): Found[] => {
    const before = was.accepted.find((entry) => entry.finding === finding);
    if (before?.reason === reason) return [];
    const old = before === undefined ? 'a finding that fails' : `accepted: ${before.reason}`;
    const [kind = '', name = ''] = finding.split(' ');
    const at = [keyOf.accepted(is.name, `${kind} ${name}`), keyOf.module(is.name)];
    const text = 'accepted in the manifest';
    const subject = `${is.name}: ${finding}`;
    return [{ kind: 'finding-accepted', subject, was: old, is: text, at, accepted: reason }];
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
