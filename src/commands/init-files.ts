/**
 * Which files `init` provides, and their writing. Contract: a file that is there is kept as it is, and what a person must
 * do because of that is said.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageFile, readPackage } from '../host/program-files.js';
import type { Drafts } from '../init/drafts.js';
import { leaveOutByHand, manifestText, projectText } from '../init/layout.js';
import { writeNew, type NewFile } from '../init/new-files.js';
import { listIgnore, listWorkflow } from '../init/supporting-files.js';
import { PROJECT_FILE, type Project } from '../project/project.js';
import type { FirstRun } from './first-run.js';
import type { InitResult } from './init-lines.js';

interface FilesRequest {
  dryRun: boolean;
  ci: boolean;
  action?: string | undefined;
}

/** Writes what is not there yet; a dry run only says what that would be. */
export async function provideFiles(
  project: Project,
  plan: Drafts,
  first: FirstRun,
  { dryRun, ci, action }: FilesRequest,
): Promise<Pick<InitResult, 'leftOut' | 'byHand' | 'files'>> {
  const { root } = project;
  const own = { ...readPackage(), folder: packageFile('') };
  const workflow = ci ? await listWorkflow(root, own, action) : { files: [], byHand: [] };
  const left = [...plan.leftOut, ...first.leftOut].sort((a, b) => (a.path < b.path ? -1 : 1));
  // A run may show what must be left out, too; a workbench.json that is there is a person's to change.
  const [leftOut, byHand] = project.configured
    ? [[], [...plan.byHand, ...left.map(leaveOutByHand)]]
    : [left, [...plan.byHand]];
  const files: InitResult['files'] = [];
  const text = projectText(plan.specs, plan.moduleFolders, leftOut);
  for (const file of [
    ...(project.configured ? [] : [{ path: PROJECT_FILE, text }]),
    ...[...first.manifests].map(([path, modules]) => ({ path, text: manifestText(modules) })),
    ...(await listIgnore(root)),
    ...workflow.files,
  ])
    files.push({ ...file, state: await provide(root, file, dryRun) });
  const isWritten = (path: string): boolean =>
    files.some((file) => file.path === path && file.state === 'written');
  byHand.push(...workflow.byHand.filter(({ path }) => isWritten(path)));
  return { leftOut, byHand, files };
}

/** @param file its path is relative to the root */
async function provide(root: string, file: NewFile, dryRun: boolean): Promise<'written' | 'kept'> {
  const path = join(root, file.path);
  if (dryRun) return existsSync(path) ? 'kept' : 'written';
  return (await writeNew(path, file.text)) ? 'written' : 'kept';
}
