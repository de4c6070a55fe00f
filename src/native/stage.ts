/**
 * Stages built programs and libraries in a folder whose path the dynamic loader can use: LD_PRELOAD ends a path at a
 * blank or a colon without a word, so every path handed to it is plain ASCII without either.
 */
import { copyFile, mkdir, readdir, realpath, rm, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
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

/**
 * Copies files of a build into `folder/name`, each where it lay, with the links that lead to it: programs find their
 * libraries through $ORIGIN, those with a version by the name of a link.
 * @param files relative to `from`
 */
export async function stageFiles(
  folder: string,
  name: string,
  from: string,
  files: readonly string[],
): Promise<string> {
  const target = join(folder, name.replace(/[^\w.-]/g, '_'));
  const places = new Map<string, Set<string>>();
  for (const file of files) {
    const place = dirname(file);
    const real = basename(await realpath(join(from, file)));
    await mkdir(join(target, place), { recursive: true });
    await copyFile(join(from, file), join(target, place, real));
    places.set(place, (places.get(place) ?? new Set()).add(real));
  }
  for (const [place, staged] of places) await copyLinks(join(from, place), join(target, place), staged);
  return target;
}

async function copyLinks(from: string, target: string, staged: ReadonlySet<string>): Promise<void> {
  const links = (await readdir(from, { withFileTypes: true })).filter((entry) => entry.isSymbolicLink());
  for (const { name } of links) {
    const file = await realpath(join(from, name)).catch(() => '');
    if (!staged.has(basename(file))) continue;
    const link = join(target, name);
    await rm(link, { force: true });
    await symlink(basename(file), link);
  }
}
