/**
 * How often actions fire in models whose declared run TLC could not make while it counted: it counts in a run of its own,
 * without the claims. Contract: runs as they came, with the counts of actions where those were missing.
 */
import type { Model } from '../domain/model.js';
import type { ModelRun } from '../domain/run-record.js';
import { isCounted } from '../engine/coverage-fault.js';
import { configWith } from '../engine/plan.js';
import { runProbe, type ProbedModule } from './probe-run.js';

const COVERAGE_MODULE = 'WbCoverageProbe';

/** Undefined where TLC cannot count in a model at all. */
export async function countActions(probed: ProbedModule): Promise<ModelRun[] | undefined> {
  const counted: ModelRun[] = [];
  for (const run of probed.runs) {
    const last = run.attempts.at(-1);
    const model = probed.module.models.find((m) => m.id === run.model);
    if (run.purpose.kind !== 'declared' || last === undefined || model === undefined || isCounted(last)) {
      counted.push(run);
      continue;
    }
    const coverage = await countIn(model, probed);
    if (coverage === undefined) return undefined;
    const attempt = { ...last, reading: { ...last.reading, coverage } };
    counted.push({ ...run, attempts: [...run.attempts.slice(0, -1), attempt] });
  }
  return counted;
}

type Coverage = ModelRun['attempts'][number]['reading']['coverage'];

async function countIn(model: Model, probed: ProbedModule): Promise<Coverage | undefined> {
  const text = [`---- MODULE ${COVERAGE_MODULE} ----`, `EXTENDS ${model.module}`, '====', ''].join('\n');
  const reading = await runProbe(probed, model, {
    generated: [{ name: COVERAGE_MODULE, text }],
    config: configWith(model.config, { invariants: [], properties: [], deadlock: false }),
    log: 'actions',
    coverage: true,
  });
  return reading?.outcome.kind === 'Holds' ? reading.coverage : undefined;
}
