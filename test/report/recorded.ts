/** The records below fixtures/, read as the program reads them, and views of them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RunRecord } from '../../src/domain/run-record.js';
import { buildView, type ViewInputs } from '../../src/report/view/build-view.js';
import type { ReportView } from '../../src/report/view/report-view.js';
import { readTexts } from '../../src/store/besides.js';
import { readRunFile } from '../../src/store/records.js';

export const RECORDS = fileURLToPath(new URL('fixtures/records/', import.meta.url));

export type RecordName = 'check-locks' | 'check-odd' | 'check-one' | 'short' | 'verify' | 'check-edited';

export async function readRecord(name: RecordName): Promise<RunRecord> {
  const run = await readRunFile(join(RECORDS, name, 'run.json'), name);
  if (run.state !== 'sound') throw new Error(`${name}: ${JSON.stringify(run)}`);
  return run.record;
}

/** With the sources that were kept beside the records. */
export async function viewOf(names: RecordName[], inputs: ViewInputs = {}): Promise<ReportView> {
  const records = await Promise.all(names.map(readRecord));
  const texts = await Promise.all(
    names.map((name, i) => readTexts('/nowhere', join(RECORDS, name), records[i]!)),
  );
  return buildView(records, {
    project: 'shards',
    texts: new Map(texts.flatMap((map) => [...map])),
    ...inputs,
  });
}

/** A record as if made by another run: its own id, and changed as asked. */
export async function variant(
  name: RecordName,
  id: string,
  change: (record: RunRecord) => void,
): Promise<RunRecord> {
  const record = structuredClone(await readRecord(name));
  record.id = id;
  change(record);
  return record;
}

export const readText = (name: RecordName, file: string): string =>
  readFileSync(join(RECORDS, name, file), 'utf8');
