/**
 * Whether a record was made of exactly these files. Contract: evidence older than the code, made by another program or
 * jar, or not run to its end, fits nothing; the answer names the first thing that differs. Pure.
 */
import type { Purpose, RunRecord } from '../domain/run-record.js';
import type { Head } from './head.js';

type Hashed = { path: string; sha256: string };

/** One run that verify would make of a module today. */
export interface ExpectedRun {
  model: string;
  purpose: Purpose;
  /** Enabled invariants, then properties. */
  enabled: string[];
  /** sha256 of the configuration's text as the engine gets it. */
  config: string;
}

export interface ExpectedModule {
  name: string;
  path: string;
  manifest: string | undefined;
  runs: ExpectedRun[];
}

export interface Tools {
  jar: string;
  workbench: string;
}

/** The hashes that a record was made with; empty where it does not tell. */
export function toolsOf(record: RunRecord): Tools {
  const hashOf = (name: string): string => record.tools.find((t) => t.name === name)?.sha256 ?? '';
  return { jar: hashOf('tlc'), workbench: hashOf('workbench') };
}

const differs = (was: readonly Hashed[], is: readonly Hashed[]): string | undefined => {
  const before = new Map(was.map((f) => [f.path, f.sha256]));
  const changed = is.find((f) => before.get(f.path) !== f.sha256);
  if (changed !== undefined) return changed.path;
  const after = new Set(is.map((f) => f.path));
  return was.find((f) => !after.has(f.path))?.path;
};

/** Why a record says nothing about today's tree at all; undefined when it may. */
export function findMisfit(record: RunRecord, tools: Tools): string | undefined {
  if (record.state !== 'finished') return 'it was interrupted';
  if (record.declared === undefined) return 'it does not tell under which manifests it was made';
  const own = toolsOf(record);
  if (own.workbench !== tools.workbench) return 'another version of the workbench made it';
  if (tools.jar !== '' && own.jar !== tools.jar) return 'it was made with another TLC jar';
  return undefined;
}

/** Why a record is no evidence for a module as it is; undefined when it is. */
export function findModuleMisfit(record: RunRecord, module: ExpectedModule, head: Head): string | undefined {
  const { manifest } = module;
  if (manifest !== undefined && hashIn(record.declared, manifest) !== hashIn(head.files.declared, manifest))
    return `${manifest} changed since`;
  const closure = head.files.closures.get(module.path) ?? [];
  let isRed = false;
  for (const expected of module.runs) {
    const run = record.models.find(
      (r) =>
        r.model === expected.model &&
        JSON.stringify(r.purpose) === JSON.stringify(expected.purpose) &&
        [...r.enabled.invariants, ...r.enabled.properties].join() === expected.enabled.join(),
    );
    if (run === undefined) return `${expected.model} was not run${purposeText(expected.purpose)}`;
    if (run.config.sha256 !== expected.config) return `${expected.model} changed since`;
    const changed = differs(run.closure, closure);
    if (changed !== undefined) return `${changed} changed since`;
    if (run.verdict.incomplete) return `${expected.model}: ${run.verdict.reason}`;
    isRed ||= !run.verdict.asDeclared;
  }
  // A red run ends the module's evidence: what never fires cannot be told then, and need not.
  if (isRed) return undefined;
  if (record.inventory?.modules.find((m) => m.path === module.path)?.findings !== 'measured')
    return `what never fires or never changes in ${module.name} was not measured`;
  return undefined;
}

const purposeText = (purpose: Purpose): string =>
  purpose.kind === 'full set' ? ` for ${purpose.property} alone` : '';
const hashIn = (files: readonly Hashed[] | undefined, path: string): string | undefined =>
  files?.find((f) => f.path === path)?.sha256;

/** Why a record is no evidence for the native code as it is; undefined when it is, or where there is none. */
export function findNativeMisfit(record: RunRecord, head: Head): string | undefined {
  if (head.anchors === null) return undefined;
  if (record.anchors === null) return 'native code was not looked at';
  const now = head.files.native;
  const seen = [
    ...record.anchors.sources,
    ...(record.reachability?.files ?? []),
    ...record.builds.flatMap((b) => b.sources),
    ...(record.declared ?? []),
  ];
  const before = new Map(seen.map((f) => [f.path, f.sha256]));
  const after = new Map(now.map((f) => [f.path, f.sha256]));
  // Without a build nobody read the files beside the covered ones.
  const read = record.builds.length === 0 ? now.filter((f) => before.has(f.path)) : now;
  const changed = read.find((f) => before.get(f.path) !== f.sha256);
  if (changed !== undefined) return `${changed.path} changed since`;
  const gone = [...record.anchors.sources, ...record.builds.flatMap((b) => b.sources)].find(
    (f) => !after.has(f.path) && !head.files.ignored.has(f.path),
  );
  if (gone !== undefined) return `${gone.path} was there, and is no more`;
  if (record.anchors.sources.length !== head.anchors.sources.length) return 'the covered files are others';
  const open =
    record.builds.find((b) => b.state === 'not run')?.reason ??
    record.smoke.find((s) => s.state === 'not run')?.reason ??
    (record.reachability?.state === 'not run' ? record.reachability.reason : undefined);
  return open === undefined ? undefined : `not run: ${open}`;
}
