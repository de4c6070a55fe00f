/**
 * What records show otherwise than the accepted baseline says. Contract: from records alone, so of claims, rungs, models,
 * states, smoke tests and anchors; what these records did not measure is no change. It judges nothing: formulas, constants
 * and files are compared by the gate. Pure.
 */
import type {
  Baseline,
  BaselineClaim,
  BaselineModel,
  BaselineModule,
  ChangeKind,
} from '../../domain/baseline.js';
import { CHANGE_KINDS } from '../../domain/baseline.js';
import { RUNGS } from '../../domain/claim.js';
import type { ModelView } from './model-view.js';
import type { ChangeView, ClaimView, ReportView } from './report-view.js';

type Place = ChangeView['place'];

function change(kind: ChangeKind, subject: string, [was, is]: [string, string], place?: Place): ChangeView {
  const severity = CHANGE_KINDS[kind] === 'note' ? 'note' : 'fails';
  return { kind, severity, subject, was, is, mend: '', ...(place ? { place } : {}) };
}

const number = (n: number): string => n.toLocaleString('en-US');

/** Changes, losses first. */
export function findSince(view: ReportView, baseline: Baseline): ChangeView[] {
  const known = new Map(view.modules.map((module) => [module.name, module]));
  // `check` knows the modules that it was asked for; `verify` knows every one.
  const isWhole = view.head.runs.some((run) => run.command[0] === 'verify');
  const found = [
    ...baseline.modules
      .filter((module) => isWhole || known.has(module.name))
      .flatMap((module) => [...sinceClaims(module, view), ...sinceModels(module, view, baseline)]),
    ...addedModules(baseline, view),
    ...sinceSmoke(baseline, view),
    ...sinceFunctions(baseline, view),
    ...sinceJar(baseline, view),
  ];
  return [
    ...found.filter((one) => one.severity === 'fails'),
    ...found.filter((one) => one.severity === 'note'),
  ];
}

function sinceClaims(module: BaselineModule, view: ReportView): ChangeView[] {
  const manifest = view.modules.find((m) => m.name === module.name)?.manifest ?? module.path;
  const now = new Map(view.claims.filter((c) => c.module === module.name).map((c) => [c.name, c]));
  const before = new Set(module.claims.map((claim) => claim.name));
  return [
    ...module.claims.flatMap((claim) => {
      const is = now.get(claim.name);
      const id = `${module.name}!${claim.name}`;
      if (!is) return [change('claim-lost', id, [claim.statement, ''], { path: manifest, line: 1 })];
      return [
        ...sinceRungs(claim, is),
        ...(is.statement === claim.statement
          ? []
          : [change('claim-statement', id, [claim.statement, is.statement], is.place)]),
      ];
    }),
    ...[...now.values()]
      .filter((claim) => !before.has(claim.name))
      .map((claim) => change('claim-added', claim.id, ['', claim.statement], claim.place)),
  ];
}

/** One change a claim: each rung that was measured and is another one. */
function sinceRungs(was: BaselineClaim, is: ClaimView): ChangeView[] {
  const worth = ['failed', 'not measured', 'partly measured', 'passed'];
  const other = RUNGS.filter((rung) => {
    const { state } = is.rungs[rung];
    return state !== 'not measured' && state !== was.rungs[rung];
  });
  if (other.length === 0) return [];
  const isLower = other.some((rung) => worth.indexOf(is.rungs[rung].state) < worth.indexOf(was.rungs[rung]));
  const say = (stateOf: (rung: (typeof RUNGS)[number]) => string): string =>
    other.map((rung) => `${rung} ${stateOf(rung)}`).join(', ');
  const texts: [string, string] = [say((rung) => was.rungs[rung]), say((rung) => is.rungs[rung].state)];
  return [change(isLower ? 'rung-lower' : 'rung-higher', is.id, texts, is.place)];
}

function sinceModels(module: BaselineModule, view: ReportView, { policy }: Baseline): ChangeView[] {
  const now = new Map(view.models.filter((m) => m.module === module.name).map((m) => [m.id, m]));
  const before = new Set(module.models.map((model) => model.path));
  return [
    ...module.models.flatMap((model) => {
      const is = now.get(model.path);
      if (is) return sinceStates(model, is, policy.fewerStates);
      const kind = model.role === 'control' ? 'control-lost' : 'model-lost';
      return [change(kind, model.path, [`${model.role} model, ${model.result}`, ''])];
    }),
    ...[...now.values()].filter((model) => !before.has(model.id)).map(addedModel),
  ];
}

const addedModel = (model: ModelView): ChangeView =>
  change('model-added', model.id, ['', `${model.role} model`], { path: model.id, line: 1 });

/** Only an exploration to its end has a number that can be compared. */
function sinceStates({ path, distinct: was }: BaselineModel, model: ModelView, fewer: number): ChangeView[] {
  const run = model.runs.find((one) => one.purpose.kind === 'declared' && one.outcome.kind === 'Holds');
  const is = run?.counts.distinct;
  if (was === undefined || is === undefined || was === is) return [];
  const kind = is < was * (1 - fewer) ? 'states-fewer' : 'states-more';
  if (is < was && kind === 'states-more') return [];
  return [
    change(kind, path, [`${number(was)} distinct states`, `${number(is)} distinct states`], {
      path,
      line: 1,
    }),
  ];
}

function addedModules(baseline: Baseline, view: ReportView): ChangeView[] {
  const before = new Set(baseline.modules.map((module) => module.name));
  return [
    ...view.claims
      .filter((claim) => !before.has(claim.module))
      .map((claim) => change('claim-added', claim.id, ['', claim.statement], claim.place)),
    ...view.models.filter((model) => !before.has(model.module)).map(addedModel),
  ];
}

function sinceSmoke({ native }: Baseline, { smoke }: ReportView): ChangeView[] {
  if (!native || smoke.length === 0) return [];
  const now = new Set(smoke.map((test) => test.name));
  const before = new Set(native.smoke.map((test) => test.name));
  return [
    ...native.smoke
      .filter((test) => !now.has(test.name))
      .map((test) => change('smoke-lost', test.name, [test.state, ''])),
    ...smoke
      .filter((test) => !before.has(test.name))
      .map((test) => change('smoke-added', test.name, ['', test.what])),
  ];
}

/** Claims that native functions carry, and functions that none covers; overloads of one name count as one. */
function sinceFunctions({ native }: Baseline, { functions }: ReportView): ChangeView[] {
  if (!native || functions.length === 0) return [];
  const [before, now] = [claimsByFunction(native.functions), claimsByFunction(functions)];
  return [
    ...[...before]
      .filter(([name, claims]) => claims.size > 0 && !now.has(name))
      .map(([name, claims]) => change('anchor-lost', name, [listed(claims), 'no such function'])),
    ...functions.flatMap((one) => {
      const name = functionName(one);
      const claims = now.get(name) ?? new Set();
      // Of several overloads the first speaks for all.
      if (!now.delete(name)) return [];
      const place = { path: one.path, line: one.line };
      const old = before.get(name);
      if (!old && claims.size === 0)
        return [change('function-unmodelled', name, ['', one.unmodelled ?? 'no claim'], place)];
      const lost = [...(old ?? [])].some((claim) => !claims.has(claim));
      if (!lost && claims.size === (old?.size ?? 0)) return [];
      const kind = lost ? 'anchor-lost' : 'anchor-added';
      return [change(kind, name, [listed(old ?? new Set()), listed(claims)], place)];
    }),
  ];
}

const functionName = ({ path, name }: { path: string; name: string }): string => `${path}: ${name}`;

const listed = (claims: ReadonlySet<string>): string => [...claims].sort().join(', ') || 'no claim';

function claimsByFunction(
  functions: readonly { path: string; name: string; claims: string[] }[],
): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const one of functions) {
    const name = functionName(one);
    found.set(name, new Set([...(found.get(name) ?? []), ...one.claims]));
  }
  return found;
}

function sinceJar({ tools }: Baseline, { head }: ReportView): ChangeView[] {
  const now = head.runs.at(-1)?.tools.find((tool) => tool.name === 'tlc')?.sha256;
  if (now === undefined || tools.jar === '' || now === tools.jar) return [];
  return [change('tool-changed', 'tlc', [`jar ${tools.jar.slice(0, 8)}`, `jar ${now.slice(0, 8)}`])];
}
