/**
 * Every protective step of every spec matters: with the step deleted, the positive model that lists the noticing claim
 * fails by it. A step declared redundant is deleted, too, and its model must still hold.
 */
import { expect } from 'chai';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pLimit from 'p-limit';
import { DEADLOCK, type ProtectiveStep } from '../../src/domain/manifest.js';
import type { Outcome } from '../../src/domain/outcome.js';
import { FINGERPRINT, SEED } from '../../src/engine/job.js';
import { configWith } from '../../src/engine/plan.js';
import { runModel } from '../../src/engine/run-model.js';
import { prepareToolchain } from '../../src/engine/toolchain.js';
import { planBudget } from '../../src/host/budget.js';
import type { LoadedModule } from '../../src/project/loaded-module.js';
import { loadModules } from '../../src/project/modules.js';
import { loadProject } from '../../src/project/project.js';
import { renderConfig } from '../../src/source/config-edit.js';
import { applyEdits } from '../../src/source/span-edit.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const modules = await loadModules(loadProject(root));
const toolchain = await prepareToolchain();
const budget = planBudget({});
const limit = pLimit(budget.jobs);

/** Runs the step's model on the module without the step, one property enabled; none: as its .cfg says. */
async function runWithout(module: LoadedModule, step: ProtectiveStep, property?: string): Promise<Outcome> {
  const model = module.models.find((m) => m.id === step.model);
  if (!model) throw new Error(`${step.model}: no such model`);
  const folder = await mkdtemp(join(tmpdir(), 'wb-step-'));
  try {
    const file = join(folder, basename(module.file));
    await writeFile(file, applyEdits(await readFile(module.file, 'utf8'), step.delete, module.fileRel));
    const temporal = property !== undefined && module.claims[property]?.kind === 'property';
    const alone = {
      invariants: property === undefined || temporal || property === DEADLOCK ? [] : [property],
      properties: temporal ? [property] : [],
      deadlock: !temporal,
    };
    const config = property === undefined ? model.config : configWith(model.config, alone);
    const attempt = await runModel(
      {
        rootModule: module.name,
        closure: [file, ...model.closure.slice(1)],
        generated: [],
        configText: renderConfig(config),
        profile: 'tiny',
        workers: 1,
        heapMb: budget.heapMb,
        timeoutSeconds: 240,
        coverage: false,
        seed: SEED,
        fingerprint: FINGERPRINT,
        assumeOnly: false,
        enabledProperties: config.properties.map((p) => p.name),
        log: { file: join(folder, 'run.log'), name: 'run.log' },
      },
      toolchain,
      {},
    );
    return attempt.reading.outcome;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const nameOf = (outcome: Outcome): string =>
  outcome.kind === 'Violated' ? (outcome.property ?? 'unnamed') : outcome.kind;

/** Started all at once, so that both cores work while mocha waits for them one by one. */
function startAll(module: LoadedModule, step: ProtectiveStep): Map<string, Promise<Outcome>> {
  const properties = step.noticedBy ?? [undefined];
  return new Map(
    properties.map((p) => {
      const outcome = limit(() => runWithout(module, step, p));
      outcome.catch(() => undefined);
      return [p ?? 'as it is', outcome] as const;
    }),
  );
}

for (const module of modules) {
  describe(`the protective steps of ${module.name}`, () => {
    const steps = module.declared.workbench?.protectiveSteps ?? [];
    const running = new Map<ProtectiveStep, Map<string, Promise<Outcome>>>();
    before(() => {
      for (const step of steps) running.set(step, startAll(module, step));
    });

    it('are declared', () => {
      expect(steps.length).to.be.greaterThan(3);
      for (const step of steps)
        expect((step.noticedBy === undefined) !== (step.redundant === undefined), step.step).to.equal(true);
    });

    for (const step of steps) {
      const fact = step.noticedBy
        ? `without "${step.step}" the model ${basename(step.model)} violates ${step.noticedBy.join(', ')}`
        : `without "${step.step}" nothing is noticed, as declared: ${step.redundant ?? ''}`;
      it(fact, async function () {
        this.timeout(600_000);
        const model = module.models.find((m) => m.id === step.model);
        expect(model?.role, 'a positive model').to.equal('positive');
        for (const [property, pending] of running.get(step) ?? []) {
          const outcome = await pending;
          if (step.noticedBy) {
            const listed = [...(model?.config.invariants ?? []), ...(model?.config.properties ?? [])];
            if (property !== DEADLOCK) expect(listed.map((p) => p.name), 'listed by the model').to.include(property);
            expect(nameOf(outcome)).to.equal(property);
          } else expect(outcome.kind).to.equal('Holds');
        }
      });
    }
  });
}
