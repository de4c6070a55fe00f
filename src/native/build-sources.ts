/** What a build reads: the files under the native folder, those that decide how CMake is configured, and what lies outside. */
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join, posix, resolve } from 'node:path';
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

/** Where the repository itself is the native folder, what others keep there. */
const OF_OTHERS = ['.git/**', 'node_modules/**', 'runs/**'];

/** Every file under the native folder; what a build may read. What CMake was told to build there by hand is none of it. */
export async function hashSources(root: string, native: string): Promise<{ path: string; sha256: string }[]> {
  const where = { cwd: join(root, native), dot: true, expandDirectories: false };
  const ofOthers = posix.normalize(native) === '.' ? OF_OTHERS : [];
  // Known by what CMake leaves there: "build-aux" and "builder" hold sources.
  const caches = await glob('**/CMakeCache.txt', { ...where, ignore: ofOthers, deep: 3 });
  const trees = caches.filter((cache) => cache.includes('/')).map((cache) => `${dirname(cache)}/**`);
  const files = (await glob('**/*', { ...where, ignore: [...ofOthers, ...trees] })).sort();
  // Some hundred small files: one call each is quicker than a stream each.
  return files.map((path) => ({
    path: posix.join(native, path),
    sha256: sha256(readFileSync(join(root, native, path))),
  }));
}

/**
 * Files outside of the native folder that a compiler or a linker read for the build in `folder`, as ninja noted them;
 * undefined where another program builds.
 */
export async function listReadFiles(
  folder: string,
  native: string,
  env: NodeJS.ProcessEnv,
): Promise<string[] | undefined> {
  const ask = async (...tool: string[]): Promise<string | undefined> => {
    const command = ['ninja', '-C', folder, '-t', ...tool];
    const limits = { timeoutSeconds: 60, captureLimitBytes: 1024 ** 3 };
    const ran = await runProcess({ command, cwd: '/', env, keepStdin: false, ...limits });
    return ran.exit !== 0 || ran.truncated ? undefined : ran.stdout;
  };
  if ((await readTextIfThere(join(folder, 'build.ninja'))) === undefined) return undefined;
  const headers = await ask('deps');
  if (headers === undefined) return undefined;
  // An older ninja has no such tool: then libraries that are given by their path are not looked at.
  const inputs = (await ask('inputs', 'all')) ?? '';
  const noted = [...headers.matchAll(/^ {4}(.+)$/gm)].map((match) => resolve(folder, match[1] ?? ''));
  // Ninja cuts a path at an apostrophe: what it noted then is no file, and the real one is not known.
  if (!noted.every((path) => existsSync(path))) return undefined;
  const given = [...inputs.matchAll(/^('?\/.+)$/gm)].map((match) => resolve(unquote(match[1] ?? '')));
  return [...new Set([...noted, ...given])]
    .filter((path) => !path.startsWith(`${native}/`) && !path.startsWith(`${folder}/`))
    .sort();
}

/** A path as ninja writes it for a shell. */
function unquote(path: string): string {
  return path.startsWith("'") ? path.slice(1, -1).replaceAll("'\\''", "'") : path;
}
