/**
 * The antecedents and sets of a module's claims as expressions for TLC: each is true where the antecedent is true, or
 * where no set is empty. Pure; the module that asks TLC is written by exploration-probe.ts.
 */
import { dependsOn } from '../source/outline.js';
import { expandCall } from './antecedent-calls.js';
import { findSites, unaskedSite } from './antecedent-sites.js';
import type { Site, Walk } from './antecedent-walk.js';
import { levelsOf } from './formula-levels.js';
import { renderInside } from './probe-text.js';
import type { SpecFormulas } from './spec-formulas.js';

/** So many places of one claim are looked at; more come of a generated formula, which no reader goes through either. */
const MOST_SITES = 200;

/** A walk through formulas of a spec; what one walk generates is numbered from `first` on. */
export function startWalk(spec: SpecFormulas, first = 0): Walk {
  let serial = first;
  const recursive = new Set(spec.outlines.flatMap((o) => o.recursive.map((r) => r.name)));
  return {
    spec,
    fresh: () => (serial += 1),
    levelOf: levelsOf(spec.modules),
    find: findSites,
    expand: expandCall,
    hidden: new Set(
      spec.modules.flatMap((m) =>
        [...m.definitions, ...m.instances].flatMap((d) => (d.local && d.name !== undefined ? [d.name] : [])),
      ),
    ),
    isRecursive: (name) =>
      [...dependsOn(spec.outlines, name)].some(
        (used) => recursive.has(used) && dependsOn(spec.outlines, used).has(name),
      ),
  };
}

/** @param claims with `everywhere` where the claim is checked in every state, and is no formula about behaviours */
export function findAntecedents(claims: { name: string; everywhere: boolean }[], spec: SpecFormulas): Site[] {
  const root = spec.modules[0];
  if (!root) return [];
  const walk = startWalk(spec);
  return claims.flatMap(({ name, everywhere }) => {
    const slice = { text: name, indent: '', line: 1, level: 'state' as const };
    const call = { kind: 'call' as const, name, args: [], through: [], slice };
    const start = {
      module: root.module,
      file: root.file,
      inside: [],
      everywhere,
      later: false,
      certain: true,
    };
    const found = findSites(call, [], start, walk);
    const rest = found.length - MOST_SITES;
    const unlooked = `so are ${String(rest)} more places, and no more than ${String(MOST_SITES)} are asked for`;
    const open = rest > 0 ? [unaskedSite(slice, unlooked, start, walk)] : [];
    return [...found.slice(0, MOST_SITES), ...open].map(({ frames, core, ...site }) => ({
      ...site,
      claim: name,
      expression: renderInside(frames, core),
    }));
  });
}
