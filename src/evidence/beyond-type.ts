/** What runs of controls show of claims and the type invariant: a state of the right types that violates the claim. Pure. */
import type { ModelRun } from '../domain/run-record.js';

/** Names by which a module's type invariant goes, the plain ones first; `TPTypeOK` is TLA+'s two-phase commit's. */
const TYPE_NAMES = [
  /^(Types?_?(OK|Invariant|Inv|Correct|Correctness|Safety)?|Typing|WellTyped)$/i,
  /(^(Inv|Invariant)_?Types?|Types?_?(OK|Invariant|Inv|Correct|Correctness))$/i,
];

/** The claim that says of which kind the variables are; undefined where a module has none. */
export const findTypeClaim = (claims: readonly string[]): string | undefined =>
  TYPE_NAMES.flatMap((pattern) => claims.filter((name) => pattern.test(name)))[0];

/**
 * A control in which the claim is violated, while the run of all claims that it does not violate shows that every
 * reachable state satisfies the type invariant: the violating state too.
 */
export function controlBeyondType(
  claim: string,
  type: string,
  runs: readonly ModelRun[],
): string | undefined {
  const typed = new Set(
    runs
      .filter((r) => r.purpose.kind === 'the rest' && r.outcome.kind === 'Holds')
      .filter((r) => r.enabled.invariants.includes(type))
      .map((r) => r.model),
  );
  return runs.find(
    (r) =>
      typed.has(r.model) &&
      r.outcome.kind === 'Violated' &&
      r.outcome.of === 'invariant' &&
      r.outcome.property === claim,
  )?.model;
}
