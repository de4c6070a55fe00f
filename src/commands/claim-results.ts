/** From runs to claims: a module's findings, then every claim's rungs. */
import type { ClaimReport, Finding } from '../domain/claim.js';
import type { ReachabilityResult } from '../domain/reachability.js';
import type { ModelRun } from '../domain/run-record.js';
import { foldClaimMap } from '../evidence/claim-map.js';
import { rateClaims } from '../evidence/ladder.js';
import { findInSpec, variablesRead } from '../evidence/spec-findings.js';
import type { LoadedModule } from '../project/loaded-module.js';
import { isForeign as isForeignModel } from '../project/declaration-checks.js';
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
  // By model: two modules in different folders may have one name.
  const models = new Set(module.models.map((m) => m.id));
  const own = runs.filter((r) => models.has(r.model));
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
  const isForeign = module.models.every((model) => isForeignModel(model, module));
  return { module, runs: own, findings: isForeign ? findings?.map(acceptForeign) : findings };
}

/** A module of somebody else has nobody here who could mend it or accept it in its manifest; it is said all the same. */
const acceptForeign = (finding: Finding): Finding => ({
  ...finding,
  accepted: finding.accepted ?? 'no claim rests on this module: its manifest has no workbench keys',
});

/** The reports of all claims, module by module. */
export function rateAll(
  evidence: ModuleEvidence[],
  modules: LoadedModule[],
  native: NativeResults,
  handlers: ReachabilityResult | undefined,
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
      handlers,
      engine,
    }),
  );
}
