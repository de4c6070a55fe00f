/**
 * Run records: runs/<utc>-<hash>/run.json and the raw logs beside it. Contract: a record is written whole or not at
 * all, carries its own hash, and one that was edited or cut is reported as damaged, never read as if it were sound.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EXIT, Problem } from '../domain/problem.js';
import { isReadable, RECORD_SCHEMA, runRecordSchema, type RunRecord } from '../domain/run-record.js';
import { storeStates } from '../domain/stored-behaviour.js';
import { canonicalPieces, hasText } from '../host/canonical-json.js';
import { sha256, sha256Json, writeFileAtomic } from '../host/files.js';
import { keepSeconds } from './seconds.js';

/** What stands in a run's folder. */
export type StoredRun =
  | { state: 'sound'; id: string; record: RunRecord }
  | { state: 'damaged'; id: string; reason: string }
  /** Written by a workbench with another schema: it may be sound, and this one cannot tell. */
  | { state: 'other schema'; id: string; schema: number }
  /** There, and not to be opened by this user. */
  | { state: 'unreadable'; id: string; reason: string }
  /** The folder has logs and no record: still running, or killed. */
  | { state: 'unfinished'; id: string };

const ID = /^\d{8}T\d{6}Z-[0-9a-f]{8}$/;

export const runsFolder = (root: string): string => join(root, 'runs');

/** Makes the folder of a new run: `<utc>-<8 hex digits>`, unique also for two runs of one second. */
export async function openRun(root: string, now: Date): Promise<{ id: string; folder: string }> {
  const utc = now
    .toISOString()
    .replace(/[-:]/g, '')
    .replace(/\.\d+Z$/, 'Z');
  const id = `${utc}-${randomBytes(4).toString('hex')}`;
  const folder = join(runsFolder(root), id);
  try {
    await mkdir(join(folder, 'logs'), { recursive: true });
  } catch (error) {
    throw new Problem(
      'RUNS-UNWRITABLE',
      `${folder}: cannot be created (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'})`,
      'make the folder runs/ writable: a run without a record is no evidence',
      EXIT.environment,
    );
  }
  return { id, folder };
}

/** sha256 over the canonical JSON of a record without its own hash. */
export function recordHash(record: Omit<RunRecord, 'hash'> & { hash?: string }): string {
  const { hash: _own, ...rest } = record;
  return sha256Json(rest);
}

/** Completes a record with its hash and writes it: canonical JSON, then the hash over it as the last key. */
export async function writeRecord(root: string, record: Omit<RunRecord, 'hash'>): Promise<RunRecord> {
  const pieces = canonicalPieces(storedForm(record));
  const length = pieces.reduce((sum, piece) => sum + Buffer.byteLength(piece), 0);
  // Room for the hash behind the text: what is megabytes long is copied once.
  const bytes = Buffer.allocUnsafe(length + endOf('0'.repeat(64)).length - 1);
  let at = 0;
  for (const piece of pieces) at += bytes.write(piece, at);
  const hash = sha256(bytes.subarray(0, length));
  bytes.write(endOf(hash), length - 1);
  const folder = join(runsFolder(root), record.id);
  await writeFileAtomic(join(folder, 'run.json'), bytes);
  await keepSeconds(folder, record.models);
  return { ...record, hash };
}

/** Behaviours by what changes in them; those of a reused result have their text already. */
function storedForm(record: Omit<RunRecord, 'hash'>): object {
  const models = record.models.map((run) => ({
    ...run,
    attempts: run.attempts.map((attempt) => {
      const { behaviour } = attempt.reading;
      if (behaviour === undefined || hasText(attempt.reading)) return attempt;
      const stored = { ...behaviour, states: storeStates(behaviour.states) };
      return { ...attempt, reading: { ...attempt.reading, behaviour: stored } };
    }),
  }));
  return { ...record, schema: RECORD_SCHEMA, models };
}

/** What stands in the place of the closing brace once the hash is known. */
const endOf = (hash: string): string => `,"hash":"${hash}"}\n`;

/** Whether a text is just as `writeRecord` wrote it: then it needs not be brought into canonical form to be hashed. */
function isAsWritten(text: string, hash: string): boolean {
  const end = endOf(hash);
  return text.endsWith(end) && sha256(`${text.slice(0, -end.length)}}`) === hash;
}

function judgeText(id: string, text: string): StoredRun {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return { state: 'damaged', id, reason: 'run.json is cut, or no JSON' };
  }
  const schema = (raw as { schema?: unknown } | null)?.schema;
  if (typeof schema === 'number' && !isReadable(schema)) return { state: 'other schema', id, schema };
  const parsed = runRecordSchema.safeParse(raw);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return {
      state: 'damaged',
      id,
      reason: ['run.json', ...(issue?.path.length ? [issue.path.join('.')] : []), issue?.message].join(': '),
    };
  }
  // Over the raw value: an added key must not go unnoticed.
  if (!isAsWritten(text, parsed.data.hash) && recordHash(raw as RunRecord) !== parsed.data.hash)
    return {
      state: 'damaged',
      id,
      reason: 'run.json was changed after it was written: its hash does not match',
    };
  return { state: 'sound', id, record: parsed.data };
}

/** Reads one run by its folder's name. */
export async function readRun(root: string, id: string): Promise<StoredRun> {
  const run = await readRunFile(join(runsFolder(root), id, 'run.json'), id);
  if (run.state === 'sound' && run.record.id !== id)
    return { state: 'damaged', id, reason: `run.json belongs to run ${run.record.id}` };
  return run;
}

/**
 * Reads a record wherever it stands, such as one that came from another machine.
 * @param name what it is called where it cannot be read
 */
export async function readRunFile(file: string, name: string): Promise<StoredRun> {
  try {
    return judgeText(name, await readFile(file, 'utf8'));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
    if (code === 'ENOENT') return { state: 'unfinished', id: name };
    if (code === 'EACCES' || code === 'EPERM')
      return { state: 'unreadable', id: name, reason: `run.json cannot be read (${code})` };
    return { state: 'damaged', id: name, reason: `run.json cannot be read (${code})` };
  }
}

/** Ids of all runs, oldest first. */
export async function listRunIds(root: string): Promise<string[]> {
  try {
    const entries = await readdir(runsFolder(root), { withFileTypes: true });
    return entries
      .filter((e) => e.isDirectory() && ID.test(e.name))
      .map((e) => e.name)
      .sort();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') return [];
    throw new Problem(
      'RUNS-UNWRITABLE',
      `${runsFolder(root)}: cannot be read (${code ?? 'unknown reason'})`,
      'make runs/ a folder that you can read and write: a run without a record is no evidence',
      EXIT.environment,
    );
  }
}

/** The run that a user means: a whole id, an unambiguous beginning or end of one, or `latest`. */
export async function findRunId(root: string, wanted: string): Promise<string> {
  const ids = await listRunIds(root);
  const matches =
    wanted === 'latest' ? ids.slice(-1) : ids.filter((id) => id.startsWith(wanted) || id.endsWith(wanted));
  const [only] = matches;
  if (matches.length === 1 && only !== undefined) return only;
  throw new Problem(
    matches.length === 0 ? 'RUN-UNKNOWN' : 'RUN-AMBIGUOUS',
    matches.length === 0 ? `no run matches "${wanted}"` : `"${wanted}" matches ${matches.length} runs`,
    '`workbench runs list` shows them',
  );
}

/** Removes a run's folder with all its logs. */
export async function removeRun(root: string, id: string): Promise<void> {
  if (!ID.test(id)) throw new Error(`not a run id: ${id}`);
  await rm(join(runsFolder(root), id), { recursive: true, force: true });
}
