/**
 * The antecedents and sets of a module's claims as expressions for TLC: each is true where the antecedent is true, or
 * where no set is empty. Pure; the module that asks TLC is written by exploration-probe.ts.
 */
import type { Formula } from '../source/formula.js';
import { expandCall } from './antecedent-calls.js';
import { findSites, type Site, type Unit, type Walk } from './antecedent-sites.js';
import { levelsOf } from './formula-levels.js';
import { renderInside } from './probe-text.js';
import type { SpecFormulas } from './spec-formulas.js';

/** So many places of one claim are looked at; more come of a generated formula, which no reader goes through either. */
const MOST_SITES = 200;

/** @param claims with `everywhere` where the claim is checked in every state, and is no formula about behaviours */
export function findAntecedents(
  claims: { name: string; everywhere: boolean }[],
  spec: SpecFormulas,
): { sites: Site[]; units: Unit[] } {
  const units = new Map<string, Unit>();
  let serial = 0;
  const unitOf = (module: string): Unit => {
    const unit = units.get(module) ?? { module, definitions: [] };
    units.set(module, unit);
    return unit;
  };
  const walk: Walk = {
    spec,
    unitOf,
    fresh: () => (serial += 1),
    levelOf: levelsOf(spec.modules),
    expand: expandCall,
    hidden: new Set(
      spec.modules.flatMap((m) =>
        [...m.definitions, ...m.instances].flatMap((d) => (d.local && d.name !== undefined ? [d.name] : [])),
      ),
    ),
  };
  const root = spec.modules[0];
  if (!root) return { sites: [], units: [] };
  unitOf(root.module);
  const sites = claims.flatMap(({ name, everywhere: isInvariant }) => {
    const call: Formula = {
      kind: 'call',
      name,
      args: [],
      slice: { text: name, indent: '', line: 1, level: 'state' },
    };
    const start = { module: root.module, file: root.file, inside: [], everywhere: isInvariant };
    return findSites(call, [], start, walk)
      .slice(0, MOST_SITES)
      .map(({ frames, core, ...site }) => ({ ...site, claim: name, expression: renderInside(frames, core) }));
  });
  return { sites, units: [...units.values()] };
}
