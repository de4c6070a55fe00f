/** Everything that is asked about vacuity of one module once its models have run. Contract: an answer to every question. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Probe } from '../domain/probe.js';
import { findExtended } from '../project/module-closure.js';
import { dependsOn, flattenOutlines } from '../source/outline.js';
import { recallParse } from '../source/parse-memory.js';
import { readFormulas } from '../source/tla-formula.js';
import type { SpecFormulas } from '../engine/spec-formulas.js';
import { probeAntecedents } from './antecedent-stage.js';
import type { ProbedModule } from './probe-run.js';

/** The definitions that claims depend on, of every module of the closure. */
async function readSpec({ module, context }: ProbedModule): Promise<SpecFormulas> {
  const wanted = new Set(
    Object.keys(module.claims).flatMap((claim) => [...dependsOn(module.outlines, claim)]),
  );
  const modules = await Promise.all(
    module.outlines.map(({ file }) => {
      const text = readFileSync(join(context.root, file), 'utf8');
      return recallParse('formulas', [file, text, ...[...wanted].sort()], () =>
        readFormulas(text, file, (name) => wanted.has(name)),
      );
    }),
  );
  const outlines = flattenOutlines(module.outlines);
  return {
    modules,
    extended: (name) => {
      const first = outlines.find((o) => o.module === name);
      if (!first) return [];
      const rest = outlines.filter((o) => o !== first);
      return findExtended([first, ...rest])
        .slice(1)
        .map((o) => o.module);
    },
  };
}

/** The answers, in the order of the questions; each says in which models it was looked for. */
export async function probeVacuity(probed: ProbedModule): Promise<Probe[]> {
  const spec = await readSpec(probed);
  return probeAntecedents(probed, spec);
}
