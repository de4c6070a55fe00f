/** Fixtures of vacuity as one throw-away repository, run with the real TLC: each as it stands, and after its edits. */
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { findModuleFindings, type ModuleEvidence } from '../../src/commands/claim-results.js';
import { runModels, stageRuns } from '../../src/commands/model-stage.js';
import { findToolchain, openSession } from '../../src/commands/session.js';
import type { AcceptedFinding, ClaimEntry } from '../../src/domain/manifest.js';
import { runScheduled } from '../../src/engine/schedule.js';
import { collectModules } from '../../src/project/modules.js';
import { readProject } from '../../src/project/project.js';

const FIXTURES = fileURLToPath(new URL('fixtures/vacuity/', import.meta.url));

export interface Fixture {
  /** Folder under fixtures/vacuity. */
  folder: string;
  module: string;
  invariants?: string[];
  properties?: string[];
  /** Reductions in force, by configuration. */
  reduces?: Record<string, { kind: string; name: string }>;
  /** What the variants of the module change: text that stands once, and what replaces it. */
  variants: Record<string, { find: string; replace: string }[]>;
  accepted?: AcceptedFinding[];
  /** Note of every model. */
  note?: string;
}

const entry = (kind: ClaimEntry['kind']): ClaimEntry => ({ statement: 'as its name says', kind });

function manifestOf(fixture: Fixture, module: string, configs: string[]): object {
  const { invariants = [], properties = [], reduces = {}, note } = fixture;
  const claims = Object.fromEntries([
    ...invariants.map((name) => [name, entry('invariant')] as const),
    ...properties.map((name) => [name, entry('property')] as const),
  ]);
  const models = configs.map((file) => {
    const reduction = reduces[file];
    return {
      path: `specs/${module}/${file}`,
      result: 'success',
      workbench: {
        ...(reduction ? { reduces: [{ ...reduction, reason: 'the fixture declares it' }] } : {}),
        ...(note === undefined ? {} : { note }),
      },
    };
  });
  const workbench = { claims, accepted: fixture.accepted ?? [] };
  return {
    sources: [],
    authors: [],
    tags: [],
    modules: [{ path: `specs/${module}/${module}.tla`, features: [], models, workbench }],
  };
}

async function place(root: string, fixture: Fixture, variant: string): Promise<void> {
  const name = fixture.module + variant;
  const folder = join(root, 'specs', name);
  await mkdir(folder, { recursive: true });
  for (const file of await readdir(join(FIXTURES, fixture.folder)))
    if (file !== `${fixture.module}.tla`) await cp(join(FIXTURES, fixture.folder, file), join(folder, file));
  let text = await readFile(join(FIXTURES, fixture.folder, `${fixture.module}.tla`), 'utf8');
  for (const { find, replace } of fixture.variants[variant] ?? []) {
    expect(text.split(find), `${fixture.module}: ${find}`).to.have.length(2);
    text = text.replace(find, replace);
  }
  await writeFile(join(folder, `${name}.tla`), text.replace(/MODULE \w+/, `MODULE ${name}`));
  const configs = (await readdir(folder)).filter((file) => file.endsWith('.cfg')).sort();
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifestOf(fixture, name, configs)));
}

/** What was found, by the module's name; a variant's module is named with the variant behind it. */
export async function probeFixtures(fixtures: Fixture[]): Promise<Map<string, ModuleEvidence>> {
  const root = await mkdtemp(join(tmpdir(), 'wb-vacuity-'));
  try {
    await writeFile(join(root, 'workbench.json'), '{}\n');
    for (const fixture of fixtures)
      for (const variant of ['', ...Object.keys(fixture.variants)]) await place(root, fixture, variant);
    const { project } = readProject(root);
    const { modules, problems } = await collectModules(project);
    expect(problems.map((p) => p.message)).to.deep.equal([]);
    const options = { json: false, failFast: false, dryRun: false, quiet: true, fresh: true, reports: [] };
    const session = await openSession(project, modules, await findToolchain(project), options, 'stderr');
    const staged = stageRuns(modules, () => true, session.context);
    const runs = await runModels(staged, session.context);
    expect(
      runs.filter((r) => !r.verdict.asDeclared).map((r) => `${r.model}: ${r.verdict.reason}`),
    ).to.deep.equal([]);
    const evidence = await runScheduled(
      modules.map((module) => ({
        expectedSeconds: 0,
        large: false,
        run: () => findModuleFindings(module, staged, runs, session),
      })),
      session.context.jobs,
    );
    session.context.live.stop();
    return new Map(evidence.map((e) => [e.module.name, e]));
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}
