/** The project's own fix and simulated driver, and a folder whose path no loader can preload. */
import { expect } from 'chai';
import { execa } from 'execa';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTempFolder, removeTempFolder } from '../../src/host/temp-folders.js';
import { buildPreset } from '../../src/native/build.js';
import { makeWorkspace, type Result, type Workspace } from './workspace.js';

export const repository = join(import.meta.dirname, '..', '..');

/** Loads a driver when it is given one, and ends as it is told. */
const ACTS = `#include <dlfcn.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
int main(int count, char **words) {
  if (count > 3 && dlopen(words[3], RTLD_NOW) == NULL) return 70;
  const int number = atoi(words[2]);
  if (strcmp(words[1], "_exit") == 0) _exit(number);
  if (strcmp(words[1], "kill") == 0) kill(getpid(), number);
  return number;
}
`;

export interface RunLab {
  ws: Workspace;
  /** Where the project's programs and libraries were built. */
  built: string;
  /** The fix, under a name with a blank. */
  library: string;
  /** A program that uses the driver and knows nothing of the fix. */
  application: string;
  /** `workbench run --library <library> <words>` in the workspace. */
  run: (words: string[], env?: Record<string, string | undefined>) => Promise<Result>;
}

/** @param programs targets that are built besides */
export async function makeRunLab(programs: readonly string[] = []): Promise<RunLab> {
  const logFolder = await makeTempFolder();
  const targets = ['agx_fix', 'host_program', 'host_program_plain', ...programs];
  const build = await buildPreset(repository, 'native', 'linux-gcc', { logFolder, targets, jobs: 2 });
  await removeTempFolder(logFolder);
  expect(build.result.state, build.result.reason).to.equal('built');
  const ws = await makeWorkspace('Fix: ü b');
  const library = join(ws.root, 'the fix.so');
  await copyFile(join(build.folder, 'libagx_fix.so'), library);
  await ws.write('acts.c', ACTS);
  for (const [name, ...options] of [['acts'], ['acts-static', '-static']]) {
    await execa('cc', [...options, '-o', name!, 'acts.c'], { cwd: ws.root });
  }
  return {
    ...{ ws, library, built: build.folder, application: join(build.folder, 'host_program_plain') },
    run: (words, env = {}) => ws.run(['run', '--library', library, ...words], env),
  };
}
