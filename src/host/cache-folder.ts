/** The user's cache folder for things that are made once and found by hash. Contract: nothing in it is ever needed. */
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** `$XDG_CACHE_HOME/tla-workbench`, else `~/.cache/tla-workbench`. A relative XDG_CACHE_HOME is ignored, as its rules say. */
export function locateCache(env: NodeJS.ProcessEnv = process.env): string {
  const base = env.XDG_CACHE_HOME ?? '';
  const home = env.HOME ?? '';
  return join(isAbsolute(base) ? base : join(home === '' ? homedir() : home, '.cache'), 'tla-workbench');
}
