/**
 * The actions of a module's models that TLC did not count as firing, maybe as it counted them together with others.
 * Contract: found once for the same texts, behaviours and counts.
 */
import type { Site } from '../engine/antecedent-walk.js';
import { findActionSites } from '../engine/action-probes.js';
import type { SpecFormulas } from '../engine/spec-formulas.js';
import { recallParse } from '../source/parse-memory.js';
import { readFormulas } from '../source/tla-formula.js';
import type { ProbedModule } from './probe-run.js';

/** @param files every module of the closure, root first */
export async function findOpenActions(
  { module, runs }: ProbedModule,
  spec: SpecFormulas,
  files: { file: string; text: string }[],
): Promise<Site[]> {
  const counted = runs
    .flatMap((r) => r.attempts.at(-1)?.reading.coverage ?? [])
    .filter((action) => action.total > 0)
    .map((action) => `${action.span?.module ?? module.name}!${action.name}`);
  const fired = new Set(counted.sort());
  const named = module.models.map(({ config }) =>
    JSON.stringify({ specification: config.specification?.name, next: config.next?.name }),
  );
  const behaviours = [...new Set(named)];
  const inputs = [...files.flatMap(({ file, text }) => [file, text]), ...behaviours, ...fired];
  return recallParse('actions', inputs, async () => {
    const modules = await Promise.all(files.map(({ file, text }) => readFormulas(text, file)));
    return findActionSites(
      behaviours.map((b) => JSON.parse(b) as { specification?: string; next?: string }),
      { ...spec, modules },
      (action) => fired.has(`${action.module}!${action.name}`),
    );
  });
}
