/**
 * Every protective step of every spec matters: with the step deleted, the positive model that lists the noticing claim
 * fails by it. A step declared redundant is deleted, too, and its model must still hold. `npm test` tries one step for
 * each spec, `npm run test:sweeps` all.
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
import { chooseForSweep } from '../sweep.js';

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
        graph: false,
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

/** One deletion with one claim that must notice it; no claim where the step is declared redundant. */
interface Trial {
  step: ProtectiveStep;
  property: string | undefined;
}

const trialsOf = (steps: readonly ProtectiveStep[]): Trial[] =>
  steps.flatMap((step) => (step.noticedBy ?? [undefined]).map((property) => ({ step, property })));

for (const module of modules) {
  describe(`the protective steps of ${module.name}`, () => {
    const steps = module.declared.workbench?.protectiveSteps ?? [];
    const trials = chooseForSweep(trialsOf(steps), ({ property }) => (property === undefined ? [] : [module.name]));
    const running = new Map<Trial, Promise<Outcome>>();
    // Started all at once, so that both cores work while mocha waits for them one by one.
    before(() => {
      for (const trial of trials) {
        const outcome = limit(() => runWithout(module, trial.step, trial.property));
        outcome.catch(() => undefined);
        running.set(trial, outcome);
      }
    });

    it('are declared, found exactly once, and tried in positive models that list the claim', async () => {
      expect(steps.length).to.be.greaterThan(3);
      const text = await readFile(module.file, 'utf8');
      for (const step of steps) {
        expect((step.noticedBy === undefined) !== (step.redundant === undefined), step.step).to.equal(true);
        expect(() => applyEdits(text, step.delete, module.fileRel), step.step).to.not.throw();
        const model = module.models.find((m) => m.id === step.model);
        expect(model?.role, `${step.step}: ${step.model} is positive`).to.equal('positive');
        const listed = [...(model?.config.invariants ?? []), ...(model?.config.properties ?? [])];
        const claims = (step.noticedBy ?? []).filter((property) => property !== DEADLOCK);
        expect(listed.map((p) => p.name), `${step.step}: listed by ${step.model}`).to.include.members(claims);
      }
    });

    for (const trial of trials) {
      const { step, property } = trial;
      const fact =
        property === undefined
          ? `without "${step.step}" nothing is noticed, as declared: ${step.redundant ?? ''}`
          : `without "${step.step}" the model ${basename(step.model)} violates ${property}`;
      it(fact, async function () {
        this.timeout(600_000);
        const outcome = await running.get(trial);
        expect(outcome && nameOf(outcome)).to.equal(property ?? 'Holds');
      });
    }
  });
}
