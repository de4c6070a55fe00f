/** Makes changes: the one place that knows what each kind means for the gate, and how it is mended. Pure. */
import { CHANGE_KINDS, type Change, type ChangeKind, type Policy } from '../domain/baseline.js';
import { mendOf, type RestoreFrom } from './mend.js';
import { findPlace, type Places } from './places.js';

export interface Comparing {
  places: Places;
  /** What commands that restore need. */
  base: RestoreFrom;
}

/** What a comparison found, before it is told what it means. */
export interface Found {
  kind: ChangeKind;
  subject: string;
  was: string;
  is: string;
  /** Keys of places, the nearest first. */
  at: string[];
  /** A reason that stands in the change already, for all to see. */
  accepted?: string;
}

/** A change with its place, severity and command. */
export function makeChange(found: Found, comparing: Comparing, policy: Policy): Change {
  const { kind, subject, was, is, accepted } = found;
  const place = findPlace(comparing.places, ...found.at);
  const severity = severityOf(kind, policy);
  if (accepted !== undefined) return { kind, severity, subject, place, was, is, mend: '', accepted };
  const mend = severity === 'note' ? '' : mendOf(kind, place, comparing.base);
  return { kind, severity, subject, place, was, is, mend };
}

function severityOf(kind: ChangeKind, policy: Policy): Change['severity'] {
  if (kind === 'code-without-spec') return policy.codeWithoutSpec;
  if (kind === 'spec-without-code') return policy.specWithoutCode;
  return CHANGE_KINDS[kind] === 'note' ? 'note' : 'fails';
}
