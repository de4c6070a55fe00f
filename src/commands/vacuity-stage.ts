/** Everything that is asked about vacuity of one module once its models have run. Contract: an answer to every question. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Probe } from '../domain/probe.js';
import { findExtended } from '../project/module-closure.js';
import { dependsOn, flattenOutlines } from '../source/outline.js';
import { recallParse } from '../source/parse-memory.js';
import { readFormulas } from '../source/tla-formula.js';
import { freeRegister } from '../engine/registers.js';
import type { SpecFormulas } from '../engine/spec-formulas.js';
import { findOpenActions } from './action-questions.js';
import { probeExploration } from './exploration-stage.js';
import { probeFairness } from './fairness-stage.js';
import type { ProbedModule } from './probe-run.js';
import { probeReductions } from './reduction-stage.js';
import { probeTypes } from './type-stage.js';

/** Names of the definitions that probes look into: what claims depend on, specifications, and what states fairness. */
function wantedNames({ module }: ProbedModule): Set<string> {
  const definitions = flattenOutlines(module.outlines).flatMap((o) => o.definitions);
  const wanted = new Set([
    ...Object.keys(module.claims).flatMap((claim) => [...dependsOn(module.outlines, claim)]),
  ]);
  const opened = (name: string): string[] => {
    const conjuncts = definitions.find((d) => d.name === name)?.conjuncts ?? [];
    return conjuncts.map((c) => c.text.trim()).filter((text) => /^\w+$/.test(text) && text !== name);
  };
  // A set that grows while it is gone through: each name's conjuncts come behind it.
  const conjuncts = new Set(module.models.flatMap((m) => m.config.specification?.name ?? []));
  for (const name of conjuncts) for (const inner of opened(name)) conjuncts.add(inner);
  const fair = new Set(definitions.filter((d) => /\b[WS]F_/.test(d.body)).map((d) => d.name));
  for (let before = -1; before < fair.size;) {
    before = fair.size;
    for (const d of definitions) if (d.references.some((name) => fair.has(name))) fair.add(d.name);
  }
  return new Set([...wanted, ...conjuncts, ...fair]);
}

/** The wanted definitions of every module of the closure. */
async function readSpec(
  probed: ProbedModule,
  files: { file: string; text: string }[],
): Promise<SpecFormulas> {
  const { module } = probed;
  const wanted = wantedNames(probed);
  const modules = await Promise.all(
    files.map(({ file, text }) => {
      return recallParse('formulas', [file, text, ...[...wanted].sort()], () =>
        readFormulas(text, file, (name) => wanted.has(name)),
      );
    }),
  );
  const outlines = flattenOutlines(module.outlines);
  const substitutes = module.models.flatMap((m) =>
    m.config.constants.filter((c) => c.kind === 'substitute').map(({ name, value }) => ({ name, value })),
  );
  return {
    modules,
    outlines: module.outlines,
    substitutes,
    firstRegister: freeRegister(files.map((f) => f.text)),
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
  const { module, context } = probed;
  const files = module.outlines.map(({ file }) => ({
    file,
    text: readFileSync(join(context.root, file), 'utf8'),
  }));
  const spec = await readSpec(probed, files);
  const actions = await findOpenActions(probed, spec, files);
  return [
    ...(await probeExploration(probed, spec, actions)),
    ...(await probeTypes(probed, spec)),
    ...(await probeReductions(probed)),
    ...(await probeFairness(probed, spec)),
  ];
}
