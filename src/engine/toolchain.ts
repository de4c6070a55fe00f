/**
 * Everything that is needed to start TLC, found or made. Contract: when it returns, java and a pinned jar are there; what
 * only makes things faster may be missing, with a note. A second call starts no process.
 */
import type { JarSource } from '../domain/project.js';
import { locateCache } from '../host/cache-folder.js';
import { buildArchive } from './class-archive.js';
import { locateJar } from './jar.js';
import { locateJava } from './java.js';
import { buildLauncher } from './launcher-build.js';
import type { Toolchain } from './launcher.js';

export interface ToolchainOptions {
  /** jar.sources of workbench.json; absent: the built-in ones. */
  jarSources?: JarSource[] | undefined;
  env?: NodeJS.ProcessEnv;
  /** Told what takes time: a download, a compilation. */
  onNote?: (line: string) => void;
  /** Tries again what failed at an earlier start. */
  retry?: boolean;
  /** Only looks at what is there: nothing is fetched, compiled or written but what is known of a java. */
  look?: boolean;
}

/** Finds or makes the toolchain; throws a Problem (JAVA-…, JAR-…) when TLC cannot be started at all. */
export async function prepareToolchain(options: ToolchainOptions = {}): Promise<Toolchain> {
  const env = options.env ?? process.env;
  const look = options.look === true;
  const cache = locateCache(env);
  const java = await locateJava(cache, env);
  const jar = await locateJar({
    cache,
    env,
    fetch: !look,
    sources: options.jarSources,
    ...(options.onNote ? { onNote: options.onNote } : {}),
  });
  const plain: Toolchain = { java, jar, notes: [] };
  const launcher = await buildLauncher({ cache, jar, env, look });
  if (typeof launcher === 'string') return { ...plain, notes: [launcher] };
  const fast: Toolchain = { ...plain, launcher };
  const archive = await buildArchive(fast, cache, { env, look, retry: options.retry === true && !look });
  const notes = archive.note === undefined ? [] : [archive.note];
  if (!archive.usable) return { ...plain, notes };
  return { ...fast, notes, ...(archive.cds === undefined ? {} : { cds: archive.cds }) };
}

/** Files without which a later start would have to prepare again; the set-up keeps them as its stamp. */
export function listToolchainFiles(toolchain: Toolchain): string[] {
  const { java, jar, launcher, cds } = toolchain;
  return [java.path, jar.path, launcher?.jar, cds].filter((path) => path !== undefined);
}
