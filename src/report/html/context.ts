/** The view with the lookups that many parts of the page need; made once. Pure. */
import type { ModelView, RunView } from '../view/model-view.js';
import type { ClaimView, FunctionView, ReportView, SmokeView } from '../view/report-view.js';
import { lineName } from './anchors.js';
import type { Drawing } from './graph-layout.js';

export interface RunOfModel {
  model: ModelView;
  run: RunView;
}

export interface PageContext {
  view: ReportView;
  claims: ReadonlyMap<string, ClaimView>;
  models: ReadonlyMap<string, ModelView>;
  /** Runs that show a claim violated, by the claim's id. */
  violations: ReadonlyMap<string, RunOfModel[]>;
  /** By path and line. */
  functions: ReadonlyMap<string, FunctionView>;
  smoke: ReadonlyMap<string, SmokeView>;
  /** State graphs by the run's name. */
  drawings: ReadonlyMap<string, Drawing>;
  /** Paths of the modules whose text the page shows: links to their lines lead somewhere. */
  shown: ReadonlySet<string>;
}

/** The claim that a run shows violated; undefined where TLC named none of several, or the page has no such claim. */
export function violatedClaim(
  model: ModelView,
  run: RunView,
  claims: PageContext['claims'],
): string | undefined {
  const { outcome } = run;
  if (outcome.kind !== 'Violated') return undefined;
  const [only, ...others] = [...run.enabled.invariants, ...run.enabled.properties];
  const name = outcome.property ?? (others.length === 0 ? only : undefined);
  const id = `${model.module}!${name ?? ''}`;
  return claims.has(id) ? id : undefined;
}

export function makeContext(view: ReportView, drawings: ReadonlyMap<string, Drawing>): PageContext {
  const claims = new Map(view.claims.map((claim) => [claim.id, claim]));
  const violations = new Map<string, RunOfModel[]>();
  for (const model of view.models)
    for (const run of model.runs) {
      const id = violatedClaim(model, run, claims);
      if (id !== undefined) violations.set(id, [...(violations.get(id) ?? []), { model, run }]);
    }
  const paths = new Set(view.modules.map((module) => module.path));
  return {
    view,
    claims,
    models: new Map(view.models.map((model) => [model.id, model])),
    violations,
    functions: new Map(view.functions.map((found) => [lineName(found.path, found.line), found])),
    smoke: new Map(view.smoke.map((test) => [test.name, test])),
    drawings,
    shown: new Set(view.sources.map((source) => source.path).filter((path) => paths.has(path))),
  };
}
