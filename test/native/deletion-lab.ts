/**
 * Deletes protective steps from a copy of native/, one at a time, and runs the smoke tests that should notice. One
 * lane per preset, so that two deletions are tried at once and each build recompiles only the file that changed.
 */
import { cp, readFile, writeFile } from 'node:fs/promises';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { claimIdSchema } from '../../src/domain/claim.js';
import { editSchema } from '../../src/domain/manifest.js';
import type { SmokeResult, SmokeTest } from '../../src/domain/smoke.js';
import { buildPreset } from '../../src/native/build.js';
import { runSmokeTests } from '../../src/native/smoke.js';

export const deletionSchema = z.strictObject({
  step: z.string(),
  file: z.string(),
  delete: z.array(editSchema).min(1),
  noticedBy: z.array(claimIdSchema).min(1),
  tests: z.array(z.string()).min(1),
});
export type Deletion = z.infer<typeof deletionSchema>;

/** Every deletion declared under native/smoke/deletions/. */
export function readDeletions(repository: string): Deletion[] {
  const folder = join(repository, 'native/smoke/deletions');
  const file = z.strictObject({ deletions: z.array(deletionSchema).min(1) });
  return readdirSync(folder)
    .sort()
    .flatMap((name) => file.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))).deletions);
}

/** What came of one deletion. */
export interface Trial {
  /** The test that failed and names a claim of `noticedBy`. */
  noticed: SmokeResult[];
  /** Every result seen, and builds that did not succeed. */
  seen: string[];
}

/** A lane: a copy of the sources with builds of its own. */
interface Lane {
  root: string;
  preset: string;
  tests: SmokeTest[];
  folder: string;
}

export async function openLane(
  repository: string,
  folder: string,
  preset: string,
  tests: readonly SmokeTest[],
): Promise<Lane> {
  const root = join(folder, preset);
  await cp(join(repository, 'native'), join(root, 'native'), { recursive: true });
  const own = tests.filter((test) => test.with.preset === preset && test.without.preset === preset);
  return { root, preset, tests: own, folder: join(folder, `${preset}-build`) };
}

/** Builds what the named tests need and runs them; `undefined` names: every test of the lane. */
export async function runLane(lane: Lane, names: readonly string[] | undefined): Promise<SmokeResult[]> {
  const tests = lane.tests.filter((test) => names?.includes(test.name) ?? true);
  if (tests.length === 0) return [];
  const files = tests.flatMap((t) => [t.with, t.without]).flatMap((side) => [side.program, ...side.inject]);
  const targets = [...new Set(files.map((file) => file.replace(/^lib(.*)\.so$/, '$1')))];
  const logFolder = join(lane.root, 'logs');
  const build = await buildPreset(lane.root, 'native', lane.preset, {
    logFolder,
    buildFolder: lane.folder,
    targets,
    jobs: 1,
  });
  if (build.result.state !== 'built') throw new Error(`${lane.preset}: ${build.result.reason}`);
  return runSmokeTests(tests, new Map([[lane.preset, build]]), { logFolder });
}

/** A deleted unlock makes a program hang: its watchdog need not wait as long as on a busy machine. */
function hurry(lane: Lane): Lane {
  const soon = (run: SmokeTest['with']) => ({ ...run, env: { ...run.env, SMOKE_SECONDS: '4' } });
  return { ...lane, tests: lane.tests.map((t) => ({ ...t, without: soon(t.without), with: soon(t.with) })) };
}

/** The text without the step; throws where a piece to be deleted is not there exactly once. */
export function deleteStep(original: string, deletion: Deletion): string {
  let text = original;
  for (const { find, replace } of deletion.delete) {
    if (text.split(find).length !== 2) throw new Error(`${deletion.file}: not exactly once: ${find}`);
    text = text.replace(find, () => replace);
  }
  return text;
}

/** Makes the deletion in the lane's copy, runs the tests up to the first that notices, and puts the file back. */
export async function tryDeletion(lane: Lane, deletion: Deletion): Promise<Trial> {
  const file = join(lane.root, deletion.file);
  const original = await readFile(file, 'utf8');
  await writeFile(file, deleteStep(original, deletion));
  try {
    const trial: Trial = { noticed: [], seen: [] };
    for (const name of deletion.tests) {
      for (const result of await runLane(hurry(lane), [name])) {
        trial.seen.push(`${result.name}: ${result.state}: ${result.reason}`);
        const names = result.claims.some((claim) => deletion.noticedBy.includes(claim));
        if (result.state === 'failed' && names) trial.noticed.push(result);
      }
      if (trial.noticed.length > 0) break;
    }
    return trial;
  } finally {
    await writeFile(file, original);
  }
}
