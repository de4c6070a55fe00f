/** What a build reads: the files under the native folder, and those of them that decide how CMake is configured. */
import { readFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import { glob } from 'tinyglobby';
import { readTextIfThere, sha256, writeFileAtomic } from '../host/files.js';
import { runProcess } from '../host/processes.js';

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
  // Some hundred small files: one call each is quicker than a stream each.
  return files.map((path) => ({
    path: `${native}/${path}`,
    sha256: sha256(readFileSync(join(root, native, path))),
  }));
}

/**
 * Files outside of the native folder that a compiler read for the build in `folder`, as ninja noted them. Empty where
 * another program builds.
 */
export async function listHeaders(folder: string, native: string, env: NodeJS.ProcessEnv): Promise<string[]> {
  const command = ['ninja', '-C', folder, '-t', 'deps'];
  const limits = { timeoutSeconds: 60, captureLimitBytes: 1024 ** 3 };
  const ran = await runProcess({ command, cwd: '/', env, keepStdin: false, ...limits });
  if (ran.exit !== 0 || ran.truncated) return [];
  const named = [...ran.stdout.matchAll(/^ {4}(.+)$/gm)].map((match) => match[1] ?? '');
  const paths = named.map((path) => (isAbsolute(path) ? resolve(path) : resolve(folder, path)));
  return [...new Set(paths)]
    .filter((path) => !path.startsWith(`${native}/`) && !path.startsWith(`${folder}/`))
    .sort();
}
