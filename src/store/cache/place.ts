/** Where the cache of results lies, and how large it may become. */
import { join } from 'node:path';
import { locateCache } from '../../host/cache-folder.js';
import { ENTRY_FORMAT } from './entry.js';

const DEFAULT_LIMIT_MB = 500;

/** Megabytes from TLA_WORKBENCH_CACHE_MB; 0 keeps and finds nothing. */
export function readLimit(env: NodeJS.ProcessEnv): number {
  const text = env.TLA_WORKBENCH_CACHE_MB ?? '';
  const megabytes = text === '' ? DEFAULT_LIMIT_MB : Number(text);
  return (Number.isFinite(megabytes) && megabytes >= 0 ? megabytes : DEFAULT_LIMIT_MB) * 1024 * 1024;
}

/** The folder of all entries of this form. */
export function resultFolder(env: NodeJS.ProcessEnv = process.env): string {
  return join(locateCache(env), 'results', `v${ENTRY_FORMAT}`);
}
