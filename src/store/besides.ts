/**
 * What stands beside a record for reports: the source texts it speaks of, and a summary for charts over many runs.
 * Contract: neither is evidence. A text is used only where its hash is the one that the record has, and a run without
 * these files can be reported all the same.
 */
import { readFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { historyPointSchema, type HistoryPoint } from '../domain/history.js';
import type { ModelRun, RunRecord } from '../domain/run-record.js';
import { parseJson, readTextIfThere, sha256, writeFileAtomic } from '../host/files.js';
import { listRunIds, runsFolder } from './records.js';

const SOURCES = 'sources.json';
const SUMMARY = 'summary.json';

const sourcesSchema = z.record(z.string(), z.object({ sha256: z.string(), text: z.string() }));

/** Hashes of the sources that a report shows: modules, configurations, native files with anchors. */
function hashesIn(record: Pick<RunRecord, 'models' | 'anchors'>): Map<string, string> {
  const anchored = new Set((record.anchors?.functions ?? []).map((f) => f.path));
  const declared = record.models.filter((run) => run.purpose.kind === 'declared');
  return new Map(
    [
      ...record.models.flatMap((run) => run.closure),
      ...declared.map((run) => run.config),
      ...(record.anchors?.sources ?? []).filter((source) => anchored.has(source.path)),
    ].map(({ path, sha256: hash }) => [path, hash]),
  );
}

/** Writes both files into the record's folder; a full disk costs the excerpts and not the run. */
export async function keepBesides(root: string, record: RunRecord): Promise<void> {
  const texts = await readWorkingTree(root, hashesIn(record));
  const sources = Object.fromEntries([...texts].map(([path, found]) => [path, found]));
  const folder = join(runsFolder(root), record.id);
  await Promise.all([
    writeFileAtomic(join(folder, SOURCES), `${JSON.stringify(sources)}\n`),
    writeFileAtomic(join(folder, SUMMARY), `${JSON.stringify(summarise(record))}\n`),
  ]).catch(() => undefined);
}

/** Files as they are now, where they still are what the record hashed. */
async function readWorkingTree(
  root: string,
  hashes: ReadonlyMap<string, string>,
): Promise<Map<string, { sha256: string; text: string }>> {
  const found = await Promise.all(
    [...hashes].map(async ([path, hash]) => {
      const bytes = await readFile(isAbsolute(path) ? path : join(root, path)).catch(() => undefined);
      if (bytes === undefined || sha256(bytes) !== hash) return undefined;
      return [path, { sha256: hash, text: bytes.toString('utf8') }] as const;
    }),
  );
  return new Map(found.flatMap((entry) => (entry ? [entry] : [])));
}

/**
 * Source texts of a record by their sha256.
 * @param folder the record's; what it does not hold is looked for in the working tree
 */
export async function readTexts(
  root: string,
  folder: string,
  record: Pick<RunRecord, 'models' | 'anchors'>,
): Promise<Map<string, string>> {
  const wanted = hashesIn(record);
  const hashes = new Set(wanted.values());
  const texts = new Map<string, string>();
  for (const { text } of Object.values(await readKept(folder))) {
    const hash = sha256(text);
    if (hashes.has(hash)) texts.set(hash, text);
  }
  const missing = new Map([...wanted].filter(([, hash]) => !texts.has(hash)));
  for (const { sha256: hash, text } of (await readWorkingTree(root, missing)).values()) texts.set(hash, text);
  return texts;
}

async function readKept(folder: string): Promise<z.infer<typeof sourcesSchema>> {
  try {
    const text = await readTextIfThere(join(folder, SOURCES));
    return text === undefined ? {} : sourcesSchema.parse(parseJson(text, SOURCES));
  } catch {
    // Cut or edited: the working tree may still have what the record hashed.
    return {};
  }
}

/** What charts need of a record. */
export function summarise(record: RunRecord): HistoryPoint {
  const standing = ({ verdict }: ModelRun): 'asDeclared' | 'open' | 'notAsDeclared' =>
    verdict.asDeclared ? 'asDeclared' : verdict.incomplete ? 'open' : 'notAsDeclared';
  const runs = { total: record.models.length, asDeclared: 0, notAsDeclared: 0, open: 0, notMeasured: 0 };
  for (const run of record.models) runs[standing(run)] += 1;
  const declared = record.models.filter((run) => run.purpose.kind === 'declared');
  return {
    id: record.id,
    startedAt: record.startedAt,
    command: record.command,
    seconds: (Date.parse(record.finishedAt) - Date.parse(record.startedAt)) / 1000,
    exitCode: record.exitCode,
    commit: record.git?.commit ?? null,
    runs,
    states: declared.reduce((sum, run) => sum + (run.attempts.at(-1)?.reading.counts.distinct ?? 0), 0),
    rungs:
      record.claims.length === 0
        ? []
        : [0, 1, 2, 3, 4, 5, 6].map((rung) => record.claims.filter((claim) => claim.rung === rung).length),
  };
}

/** Summaries of earlier runs, oldest first, at most the newest so many; runs without one are passed over. */
export async function readHistory(root: string, most = 100): Promise<HistoryPoint[]> {
  const ids = (await listRunIds(root).catch(() => [])).slice(-most);
  const points = await Promise.all(
    ids.map(async (id) => {
      const text = await readTextIfThere(join(runsFolder(root), id, SUMMARY)).catch(() => undefined);
      if (text === undefined) return [];
      try {
        return [historyPointSchema.parse(JSON.parse(text))];
      } catch {
        return [];
      }
    }),
  );
  return points.flat();
}
