/** Makes changes: the one place that knows what each kind means for the gate, and how it is mended. Pure. */
import { CHANGE_KINDS, type Change, type ChangeKind, type Policy } from '../domain/baseline.js';
import type { Place } from '../domain/claim.js';
import { findPlace, type Places } from './places.js';

export interface Comparing {
  places: Places;
  /** The commit compared with, short: for commands that restore from it. */
  base: string;
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

const quote = (path: string): string =>
  /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replace(/'/g, `'\\''`)}'`;

/** What may stand in any file of the module's folder: its module, a configuration, the manifest. */
const FOLDER_WIDE: ReadonlySet<ChangeKind> = new Set<ChangeKind>([
  ...(['states-fewer', 'model-lost', 'control-lost', 'property-lost', 'claim-lost', 'smoke-lost'] as const),
]);

const folderOf = (path: string): string => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : path);

/** A change with its place, severity and command. */
export function makeChange(found: Found, comparing: Comparing, policy: Policy): Change {
  const { kind, subject, was, is, accepted } = found;
  const place = findPlace(comparing.places, ...found.at);
  const severity = severityOf(kind, policy);
  if (accepted !== undefined) return { kind, severity, subject, place, was, is, mend: '', accepted };
  const mend = severity === 'note' ? '' : mendOf(kind, place, comparing);
  return { kind, severity, subject, place, was, is, mend };
}

function severityOf(kind: ChangeKind, policy: Policy): Change['severity'] {
  if (kind === 'code-without-spec') return policy.codeWithoutSpec;
  if (kind === 'spec-without-code') return policy.specWithoutCode;
  return CHANGE_KINDS[kind] === 'note' ? 'note' : 'fails';
}

function mendOf(kind: ChangeKind, place: Place, { base }: Comparing): string {
  const path = quote(place.path);
  if (kind === 'assumption-unowned') return `add "owner" in ${place.path}:${place.line}, then workbench gate`;
  if (kind === 'function-unmodelled')
    return `write // @claim Module!Claim above it in ${place.path}:${place.line}, then workbench coverage`;
  if (kind === 'code-without-spec' || kind === 'spec-without-code') return `git diff ${base} -- ${path}`;
  // Why a claim stands lower is what verify shows; no one file has it.
  if (kind === 'rung-lower' || kind === 'score-lower') return 'workbench verify';
  const where = FOLDER_WIDE.has(kind) ? quote(folderOf(place.path)) : path;
  return `git restore --source=${base} --patch -- ${where}`;
}
