/** What a build reads: the files under the native folder, and those of them that decide how CMake is configured. */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { glob } from 'tinyglobby';
import { readTextIfThere, sha256, sha256File, writeFileAtomic } from '../host/files.js';

/**
 * Removes a build that was configured from other presets or toolchains: CMake keeps an old cache where it can, and
 * where it cannot (another compiler) it drops what the preset says.
 */
export async function removeOtherConfiguration(
  folder: string,
  sources: readonly { path: string; sha256: string }[],
): Promise<void> {
  const own = sources.filter(({ path }) => /(?:^|\/)CMake(?:User)?Presets\.json$|\.cmake$/.test(path));
  const key = sha256(own.map(({ path, sha256: hash }) => `${hash} ${path}\n`).join(''));
  const file = join(folder, 'configured-from');
  if ((await readTextIfThere(file)) === key) return;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFileAtomic(file, key);
}

/** Every file under the native folder; what a build may read. Builds made there by hand are none of them. */
export async function hashSources(root: string, native: string): Promise<{ path: string; sha256: string }[]> {
  const where = { cwd: join(root, native), dot: true, expandDirectories: false, ignore: ['build*/**'] };
  const files = (await glob('**/*', where)).sort();
  return Promise.all(
    files.map(async (path) => ({
      path: `${native}/${path}`,
      sha256: await sha256File(join(root, native, path)),
    })),
  );
}
