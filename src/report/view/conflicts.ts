/** Where merged records contradict each other, or are not about the same thing. Pure; each conflict makes the verdict red. */
import type { ModelRun, RunRecord } from '../../domain/run-record.js';
import { describeOutcome, whichStates } from '../../evidence/shown.js';
import { endsEarly } from '../../evidence/verdict.js';
import { canonicalJson } from '../../host/files.js';
import type { Conflict } from './report-view.js';
import { runName } from './run-name.js';

/** What one record says of a subject. */
interface Statement {
  subject: string;
  record: string;
  /** Equal for two records that agree. */
  key: string;
  /** What stands in the message. */
  text: string;
}

/** @param records oldest first, also those of one id; of one there are none */
export function findConflicts(records: readonly RunRecord[]): Conflict[] {
  if (records.length < 2) return [];
  return [
    ...disagreements('sources', records.map(identify)),
    ...disagreements('outcome', [...records.flatMap(outcomes), ...records.flatMap(nativeOutcomes)]),
    ...disagreements('sources', records.flatMap(sources)),
    ...disagreements('manifest', records.flatMap(manifests)),
    ...disagreements('engine', records.flatMap(engines)),
  ];
}

/** Two records of one id: one of them is not what it says it is. */
const identify = ({ id, hash }: RunRecord): Statement => ({
  subject: `run ${id}`,
  record: id,
  key: hash,
  text: `a record with hash ${hash.slice(0, 8)}`,
});

function disagreements(kind: Conflict['kind'], statements: Statement[]): Conflict[] {
  const bySubject = new Map<string, Map<string, Statement[]>>();
  for (const statement of statements) {
    const keys = bySubject.get(statement.subject) ?? new Map<string, Statement[]>();
    keys.set(statement.key, [...(keys.get(statement.key) ?? []), statement]);
    bySubject.set(statement.subject, keys);
  }
  return [...bySubject]
    .filter(([, keys]) => keys.size > 1)
    .map(([subject, keys]) => ({
      kind,
      subject,
      message: [...keys.values()]
        .map((same) => `${[...new Set(same.map((s) => s.record))].join(', ')}: ${same[0]?.text ?? ''}`)
        .join(' | '),
      records: [...new Set([...keys.values()].flat().map((s) => s.record))],
    }))
    .sort((a, b) => (a.subject < b.subject ? -1 : 1));
}

/** A run that did not come to an end contradicts nothing. */
function outcomes(record: RunRecord): Statement[] {
  return record.models
    .filter((run) => !endsEarly(run.outcome))
    .map((run) => ({ subject: runName(run), record: record.id, ...shownBy(run) }));
}

function shownBy(run: ModelRun): { key: string; text: string } {
  const reading = run.attempts.at(-1)?.reading;
  const { outcome } = run;
  const text = reading ? describeOutcome(reading, whichStates(run.reductions)) : outcome.kind;
  if (outcome.kind === 'Holds') return { key: `Holds ${reading?.counts.distinct ?? ''}`, text };
  if (outcome.kind === 'Violated') return { key: `Violated ${outcome.property ?? outcome.of}`, text };
  // Messages differ from machine to machine; that something failed is what two records can disagree on.
  return { key: outcome.kind, text };
}

function nativeOutcomes(record: RunRecord): Statement[] {
  const said = (subject: string, state: string, reason: string): Statement[] =>
    state === 'not run'
      ? []
      : [{ subject, record: record.id, key: state, text: reason === '' ? state : `${state}, ${reason}` }];
  return [
    ...record.builds.flatMap((b) => said(`build ${b.preset}`, b.state, b.reason)),
    ...record.smoke.flatMap((s) => said(`smoke test ${s.name}`, s.state, s.reason)),
    ...(record.reachability
      ? said('signal and fork handlers', record.reachability.state, record.reachability.reason)
      : []),
  ];
}

function sources(record: RunRecord): Statement[] {
  const hashes = new Map<string, string>();
  const declared = record.models.filter((run) => run.purpose.kind === 'declared');
  for (const { path, sha256 } of [
    ...record.models.flatMap((run) => run.closure),
    ...declared.map((run) => run.config),
    ...(record.anchors?.sources ?? []),
    ...record.builds.flatMap((build) => build.sources),
  ])
    hashes.set(path, sha256);
  return [...hashes].map(([path, sha256]) => ({
    subject: path,
    record: record.id,
    key: sha256,
    text: `sha256 ${sha256.slice(0, 8)}`,
  }));
}

function manifests(record: RunRecord): Statement[] {
  return (record.inventory?.modules ?? [])
    .filter((module) => module.manifest !== undefined)
    .map((module) => ({
      subject: module.path,
      record: record.id,
      key: canonicalJson([module.claims, module.models.map((m) => m.declared), module.tables]),
      text: `declares ${module.claims.length} claims and ${module.models.length} models of ${module.name}`,
    }));
}

function engines(record: RunRecord): Statement[] {
  const tlc = record.tools.find((tool) => tool.name === 'tlc');
  if (tlc === undefined || record.models.every((run) => run.attempts.length === 0)) return [];
  const text = `${tlc.version}, jar ${(tlc.sha256 ?? 'unknown').slice(0, 8)}`;
  // By the jar: an engine that was stopped early has not said its version.
  return [{ subject: 'TLC', record: record.id, key: tlc.sha256 ?? tlc.version, text }];
}
