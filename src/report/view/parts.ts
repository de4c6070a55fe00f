/** A part of a record: for reports of evidence that is put together from several, each with only what it is used for. Pure. */
import type { RunRecord } from '../../domain/run-record.js';

/** @param modules paths of the modules whose evidence this record is; @param native whether it is that of native code */
export function keepParts(record: RunRecord, modules: ReadonlySet<string>, native: boolean): RunRecord {
  const kept = (record.inventory?.modules ?? []).filter((m) => modules.has(m.path));
  const names = new Set(kept.map((m) => m.name));
  const models = new Set(kept.flatMap((m) => m.models.map((model) => model.id)));
  const { reachability, inventory, ...rest } = record;
  return {
    ...rest,
    models: record.models.filter((run) => models.has(run.model)),
    findings: record.findings.filter((finding) => names.has(finding.module)),
    ...(record.probes ? { probes: record.probes.filter((probe) => names.has(probe.module)) } : {}),
    claims: record.claims.filter((claim) => names.has(claim.id.slice(0, claim.id.indexOf('!')))),
    builds: native ? record.builds : [],
    smoke: native ? record.smoke : [],
    anchors: native ? record.anchors : null,
    ...(native && reachability ? { reachability } : {}),
    ...(inventory ? { inventory: { ...inventory, modules: kept } } : {}),
  };
}
