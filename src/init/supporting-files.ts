/** Files beside manifests and workbench.json: a workflow, and what keeps records out of git. Nothing is written here. */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { readTextIfThere } from '../host/files.js';
import { WORKFLOW_FILE, workflowText } from './ci-workflow.js';
import type { Said } from './discovery.js';
import { askGit, findOnGitHub, findTop } from './git-repository.js';
import type { NewFile } from './new-files.js';

/** Records are of this machine; the baseline is for everybody. */
const RUNS_IGNORED = '*\n!.gitignore\n!baseline.json\n';

/** The .gitignore of the records' folder, where git does not leave them alone already. */
export async function listIgnore(root: string): Promise<NewFile[]> {
  const path = 'runs/.gitignore';
  const record = ['check-ignore', 'runs/20000101T000000Z-00000000/run.json'];
  const isIgnored = !existsSync(join(root, path)) && (await askGit(root, record)) !== undefined;
  return isIgnored ? [] : [{ path, text: RUNS_IGNORED }];
}

/** The workbench that is running now. */
export interface Own {
  name: string;
  version: string;
  /** The folder of its package. */
  folder: string;
}

export interface Workflow {
  files: NewFile[];
  /** What keeps the workflow from working as it is. */
  byHand: Said[];
}

/**
 * A workflow at the top of the repository, wherever the project is; none where one of them runs the workbench.
 * @param action as the user named it; else one that runs a checkout on GitHub is known by its address
 */
export async function listWorkflow(root: string, own: Own, action: string | undefined): Promise<Workflow> {
  const top = await findTop(root);
  if (top === undefined || (await runsWorkbench(join(top, dirname(WORKFLOW_FILE)))))
    return { files: [], byHand: [] };
  const folder = ((await askGit(root, ['rev-parse', '--show-prefix'])) ?? '').replace(/\/$/, '');
  const theirs = (await readTextIfThere(join(root, 'package.json'))) ?? '';
  const installed = theirs.includes(`"${own.name}"`);
  const chosen = action ?? (installed ? undefined : await findOnGitHub(own.folder));
  const text = workflowText({ package: `${own.name}@${own.version}`, installed, action: chosen, folder });
  const path = `${'../'.repeat(folder === '' ? 0 : folder.split('/').length)}${WORKFLOW_FILE}`;
  const isKnownToNpm = installed || own.folder.split(sep).includes('node_modules');
  const doubt = {
    path,
    reason: `installs ${own.name}@${own.version} with npm, but the workbench that wrote it was not installed so: put it into package.json, or use --action`,
  };
  return { files: [{ path, text }], byHand: chosen === undefined && !isKnownToNpm ? [doubt] : [] };
}

/** Whether a workflow other than ours speaks of the workbench: a second one would do everything twice. */
async function runsWorkbench(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch(() => []);
  const others = names.filter((name) => /\.ya?ml$/.test(name) && !WORKFLOW_FILE.endsWith(`/${name}`));
  const texts = await Promise.all(others.map((name) => readFile(join(folder, name), 'utf8').catch(() => '')));
  return texts.some((text) => /\bworkbench\b/.test(text));
}
