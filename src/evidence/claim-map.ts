/**
 * Folds anchors and declared claims into the claim map: which native functions each claim covers. Pure. A claim that
 * covers no function, and an anchor that names no claim, are faults.
 */
import type { NativeFunction } from '../domain/claim.js';
import type { SpecModule } from '../domain/model.js';
import type { AnchorMap } from '../domain/run-record.js';
import { nearest } from '../source/spelling.js';

export interface ClaimMapEntry {
  id: string;
  statement: string;
  auxiliary: boolean;
  functions: NativeFunction[];
}

export interface ClaimMap {
  entries: ClaimMapEntry[];
  /** Functions that no spec covers, each with its reason. */
  unmodelled: (NativeFunction & { reason: string })[];
  /** All faults of the anchors and of the map, in the order of their places. */
  faults: AnchorMap['faults'];
}

export type DeclaredClaims = Pick<SpecModule, 'name' | 'claims' | 'fileRel' | 'manifestRel'>;

/** @param modules modules with their claims; the place of a claim without function is the module's manifest */
export function foldClaimMap(modules: readonly DeclaredClaims[], anchors: AnchorMap): ClaimMap {
  const entries: ClaimMapEntry[] = modules.flatMap((module) =>
    Object.entries(module.claims).map(([name, claim]) => ({
      id: `${module.name}!${name}`,
      statement: claim.statement,
      auxiliary: claim.auxiliary ?? false,
      functions: [],
    })),
  );
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const faults = [...anchors.faults];
  const unmodelled: ClaimMap['unmodelled'] = [];
  for (const { claims, unmodelled: reason, ...place } of anchors.functions) {
    if (reason !== undefined) unmodelled.push({ ...place, reason });
    for (const id of claims) {
      const entry = byId.get(id);
      if (entry !== undefined) entry.functions.push(place);
      else faults.push({ path: place.path, line: place.line, message: explainUnknown(id, place.name, byId) });
    }
  }
  for (const module of modules) {
    for (const [name, claim] of Object.entries(module.claims)) {
      const entry = byId.get(`${module.name}!${name}`);
      if (claim.auxiliary === true || entry === undefined || entry.functions.length > 0) continue;
      const path = module.manifestRel ?? module.fileRel;
      faults.push({ path, line: 1, message: `claim ${entry.id} has no native function` });
    }
  }
  faults.sort((a, b) => (a.path === b.path ? a.line - b.line : a.path < b.path ? -1 : 1));
  return { entries, unmodelled, faults };
}

function explainUnknown(id: string, name: string, known: ReadonlyMap<string, unknown>): string {
  const close = nearest(id, [...known.keys()]);
  const hint = close === undefined ? '' : `; did you mean ${close}?`;
  return `dangling @claim above ${name}: no module declares ${id}${hint}`;
}
