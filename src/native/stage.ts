/**
 * Stages built programs and libraries in a folder whose path the dynamic loader can use: LD_PRELOAD ends a path at a
 * blank or a colon without a word, so every path handed to it is plain ASCII without either.
 */
import { copyFile, mkdir, realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { tmpdir } from 'node:os';
import { EXIT, Problem } from '../domain/problem.js';
import { exists } from '../host/files.js';
import { makeTempFolder } from '../host/temp-folders.js';

/** Whether the dynamic loader takes a path in LD_PRELOAD as one path. */
export function isPreloadable(path: string): boolean {
  return /^[\x21-\x39\x3b-\x7e]+$/.test(path) && !path.includes('$');
}

/** A private folder with a preloadable path; the caller removes it with `removeTempFolder`. */
export async function makeStage(
  candidates: readonly string[] = [tmpdir(), '/tmp', '/var/tmp'],
): Promise<string> {
  for (const candidate of candidates) {
    if (!(await exists(candidate))) continue;
    const real = await realpath(candidate);
    if (!isPreloadable(real)) continue;
    try {
      return await makeTempFolder(real);
    } catch {
      // Not writable: the next one may be.
    }
  }
  throw new Problem(
    'NATIVE-NO-STAGE',
    `${candidates.join(', ')}: no folder with a plain ASCII path to stage libraries in`,
    'set TMPDIR to a writable folder without blanks, colons or letters outside ASCII',
    EXIT.environment,
  );
}

/** Copies files side by side into `folder/name`; programs find their libraries there through $ORIGIN. */
export async function stageFiles(folder: string, name: string, files: readonly string[]): Promise<string> {
  const target = join(folder, name.replace(/[^\w.-]/g, '_'));
  await mkdir(target, { recursive: true });
  for (const file of files) await copyFile(file, join(target, basename(file)));
  return target;
}
