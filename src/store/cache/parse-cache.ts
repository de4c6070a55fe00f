/** A memory of what parsers read, over processes: entries of the cache of results that no record names. */
import { sha256Json } from '../../host/files.js';
import { describeParsers, type Recall } from '../../source/parse-memory.js';
import { hashProgram } from './program.js';
import type { ResultCache } from './result-cache.js';

/** The code that parses. */
const PARTS = ['source', 'domain', 'host'];

export function makeParseMemory(cache: ResultCache, now: () => number = Date.now): Recall {
  let by: string[] | undefined;
  return async (what, inputs, make) => {
    by ??= [hashProgram(PARTS), ...describeParsers()];
    const key = sha256Json([what, by, inputs]);
    const found = cache.find(what, key, `the ${what} of ${inputs[0] ?? ''}`);
    if (found) return JSON.parse(found.parts[0] ?? 'null') as Awaited<ReturnType<typeof make>>;
    const made = await make();
    cache.keep(what, key, {
      from: '',
      at: new Date(now()).toISOString(),
      parts: [JSON.stringify(made)],
      files: [],
    });
    return made;
  };
}
