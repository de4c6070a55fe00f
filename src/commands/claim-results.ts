/** From runs to claims: a module's findings, then every claim's rungs. */
import type { ClaimReport, Finding } from '../domain/claim.js';
import type { ModelRun } from '../domain/run-record.js';
import { foldClaimMap } from '../evidence/claim-map.js';
import { rateClaims } from '../evidence/ladder.js';
import { findInSpec, variablesRead } from '../evidence/spec-findings.js';
import type { LoadedModule } from '../project/loaded-module.js';
import { findExtended } from '../project/module-closure.js';
import type { StagedRun } from './model-stage.js';
import type { NativeResults } from './native-results.js';
import { probeVariables } from './probe-stage.js';
import type { Session } from './session.js';

export interface ModuleEvidence {
  module: LoadedModule;
  runs: ModelRun[];
  findings: Finding[] | undefined;
}

/** Findings of one module; undefined where its runs cannot tell. */
export async function findModuleFindings(
  module: LoadedModule,
  staged: StagedRun[],
  runs: ModelRun[],
  session: Session,
): Promise<ModuleEvidence> {
  const own = runs.filter((r) => r.module === module.name);
  const changed = await probeVariables(module, staged, own, session.context);
  const findings = findInSpec({
    module: module.name,
    outlines: module.outlines,
    extended: findExtended(module.outlines),
    configs: module.models.map((m) => m.config),
    runs: own,
    changed,
    accepted: module.declared.workbench?.accepted,
  });
  return { module, runs: own, findings };
}

/** The reports of all claims, module by module. */
export function rateAll(
  evidence: ModuleEvidence[],
  modules: LoadedModule[],
  native: NativeResults,
  engine: { version: string; jar: string },
): ClaimReport[] {
  const functions = native.anchors
    ? new Map(foldClaimMap(modules, native.anchors).entries.map((e) => [e.id, e.functions]))
    : undefined;
  return evidence.flatMap(({ module, runs, findings }) =>
    rateClaims({
      module: module.name,
      claims: module.claims,
      runs,
      findings,
      reads: variablesRead(Object.keys(module.claims), module.outlines),
      functions,
      smoke: native.smoke,
      engine,
    }),
  );
}
