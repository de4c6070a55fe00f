/**
 * Intended weakenings. Contract: an entry approves exactly the change it names, only where head's baseline has it and
 * base's has not, and never what a run showed. Pure.
 */
import { CHANGE_KINDS, type Approval, type Baseline, type Change } from '../domain/baseline.js';
import { sortChanges } from './compare.js';

/** Whether any reason can make this change pass. */
export const isAcceptable = (change: Change): boolean => CHANGE_KINDS[change.kind] !== 'never accepted';

const isSame = (a: Omit<Approval, 'reason'>, b: Omit<Approval, 'reason'>): boolean =>
  a.kind === b.kind && a.subject === b.subject && a.was === b.was && a.is === b.is;

type Accepted = Pick<Baseline, 'accepted'> | undefined;

/** The entries of head's baseline that this very change adds: one that stands there once more is new once. */
export function findNewApprovals(base: Accepted, head: Accepted): Approval[] {
  const old = [...(base?.accepted ?? [])];
  return (head?.accepted ?? []).filter((entry) => {
    const at = old.findIndex((other) => isSame(entry, other) && entry.reason === other.reason);
    if (at >= 0) old.splice(at, 1);
    return at < 0;
  });
}

/** The changes, with the reason on those that an entry approves. */
export function applyApprovals(changes: readonly Change[], approvals: readonly Approval[]): Change[] {
  return sortChanges(
    changes.map((change) => {
      if (change.severity !== 'fails' || !isAcceptable(change)) return change;
      const entry = approvals.find((a) => isSame(a, change));
      return entry === undefined ? change : { ...change, accepted: entry.reason, mend: '' };
    }),
  );
}

/** Entries that approve nothing any more: the change they speak of is another by now. */
export function findUnusedApprovals(changes: readonly Change[], approvals: readonly Approval[]): Approval[] {
  return approvals.filter((entry) => !changes.some((change) => isSame(entry, change)));
}

/** An entry for each change that fails and may be accepted. */
export function approve(changes: readonly Change[], reason: string): Approval[] {
  return changes
    .filter((c) => c.severity === 'fails' && c.accepted === undefined && isAcceptable(c))
    .map(({ kind, subject, was, is }) => ({ kind, subject, was, is, reason }));
}

export const isFailure = (change: Change): boolean =>
  change.severity === 'fails' && change.accepted === undefined;
