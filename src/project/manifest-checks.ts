/**
 * Finds what makes a manifest contradictory in itself: names that nothing declares, roles that exclude each other,
 * passages that occur nowhere. Such a manifest is wrong input; no run could make it right.
 */
import { readFileSync } from 'node:fs';
import { DEADLOCK, type ManifestModel } from '../domain/manifest.js';
import { Problem } from '../domain/problem.js';
import { nearest } from '../source/spelling.js';
import { applyEdits } from '../source/span-edit.js';
import { findDefinition, flattenOutlines } from '../source/outline.js';
import { isPartial } from './config-checks.js';
import type { LoadedModule } from './loaded-module.js';
import type { Project } from './project.js';

type Report = (code: string, fault: string, hint: string) => void;

/** Every contradiction in what the manifest says of one module. */
export function checkManifestModule(module: LoadedModule, project: Project): Problem[] {
  const problems: Problem[] = [];
  const report: Report = (code, fault, hint) => {
    problems.push(
      new Problem(code, `${module.manifestRel ?? module.fileRel}: ${module.name}: ${fault}`, hint),
    );
  };
  checkClaims(module, report);
  for (const entry of module.declared.models) checkModel(entry, module, report);
  checkAssumptions(module, project, report);
  checkAccepted(module, report);
  checkProtectiveSteps(module, report);
  checkTables(module, report);
  return problems;
}

const meant = (name: string, known: readonly string[], otherwise: string): string => {
  const close = nearest(name, known);
  return close === undefined ? otherwise : `did you mean ${close}?`;
};

function checkClaims(module: LoadedModule, report: Report): void {
  if (isPartial(module.outlines)) return;
  const known = module.outlines.flatMap((o) => o.definitions.map((d) => d.name));
  for (const claim of Object.keys(module.claims)) {
    if (findDefinition(module.outlines, claim) !== undefined) continue;
    report(
      'CLAIM-UNDEFINED',
      `claim ${claim} is not defined in ${module.fileRel}`,
      meant(claim, known, `define ${claim} in the module, or remove the claim`),
    );
  }
}

function checkModel(entry: ManifestModel, module: LoadedModule, report: Report): void {
  const expected = entry.workbench ?? {};
  const fail: Report = (code, fault, hint) => {
    report(code, `${entry.path}: ${fault}`, hint);
  };
  const claims = Object.keys(module.claims);
  const needClaim = (key: string, name: string): void => {
    if (module.declared.workbench?.claims === undefined || name === DEADLOCK || claims.includes(name)) return;
    fail(
      'CLAIM-UNKNOWN',
      `${key} names ${name}, which claims does not declare`,
      meant(name, claims, `add ${name} to claims`),
    );
  };
  for (const name of expected.checks ?? []) needClaim('checks', name);
  for (const name of expected.alsoViolates ?? []) needClaim('alsoViolates', name);
  if (expected.violates !== undefined) needClaim('violates', expected.violates);
  checkRole(entry, module, fail);
}

/** Each unknown id once, whatever the number of models that name it. */
function checkAssumptions(module: LoadedModule, project: Project, report: Report): void {
  const ids = project.assumptions.map((a) => a.id);
  const users = new Map<string, string[]>();
  for (const entry of module.declared.models)
    for (const id of entry.workbench?.assumptions ?? [])
      if (!ids.includes(id)) users.set(id, [...(users.get(id) ?? []), entry.path]);
  for (const [id, paths] of users) {
    const others = paths.length > 1 ? ` and ${paths.length - 1} more` : '';
    report(
      'ASSUMPTION-UNKNOWN',
      `${paths[0] ?? ''}${others}: assumptions names ${id}, which workbench.json does not have`,
      meant(id, ids, `add ${id} to assumptions in workbench.json`),
    );
  }
}

function checkRole(entry: ManifestModel, module: LoadedModule, fail: Report): void {
  const { violates, alsoViolates, variantOf, differsIn } = entry.workbench ?? {};
  if (violates === undefined) {
    for (const [key, value] of Object.entries({ alsoViolates, variantOf, differsIn })) {
      if (value !== undefined)
        fail('MANIFEST-ROLE', `${key} is for controls only`, `add violates, or remove ${key}`);
    }
    return;
  }
  const wanted = expectedResults(violates, module);
  if (!wanted.includes(entry.result)) {
    fail(
      'MANIFEST-ROLE',
      `violates ${violates} does not go with result ${entry.result}`,
      `result must be ${wanted.join(' or ')}`,
    );
  }
  if (alsoViolates?.includes(violates) === true) {
    fail(
      'MANIFEST-ROLE',
      `${violates} stands in violates and in alsoViolates`,
      'alsoViolates holds the rest of the set',
    );
  }
  if (differsIn !== undefined && variantOf === undefined) {
    fail('MANIFEST-ROLE', 'differsIn without variantOf', 'name the positive model it differs from');
  }
  if (variantOf !== undefined) {
    const positives = module.declared.models.filter((m) => m.result === 'success').map((m) => m.path);
    if (!positives.includes(variantOf)) {
      fail(
        'MANIFEST-ROLE',
        `variantOf names ${variantOf}, which is no positive model of this module`,
        meant(variantOf, positives, `positive models: ${positives.join(', ') || 'none'}`),
      );
    }
  }
}

/** Results that go with a violated property; an action property fails as a safety property does. */
function expectedResults(violates: string, module: LoadedModule): string[] {
  if (violates === DEADLOCK) return ['deadlock failure'];
  const kind = module.claims[violates]?.kind;
  if (kind === 'invariant') return ['safety failure'];
  return kind === 'property'
    ? ['liveness failure', 'safety failure']
    : ['safety failure', 'liveness failure'];
}

function checkAccepted(module: LoadedModule, report: Report): void {
  const all = flattenOutlines(module.outlines);
  const variables = all.flatMap((o) => o.variables.map((v) => v.name));
  const operators = all.flatMap((o) => o.definitions.map((d) => d.name));
  for (const { finding, name } of module.declared.workbench?.accepted ?? []) {
    // The text of a condition, which no outline lists: one that is not there is an acceptance without finding.
    if (finding === 'fairness-not-needed' && /\b[WS]F_/.test(name)) continue;
    const known = finding === 'variable-never-changes' ? variables : operators;
    if (known.includes(name) || all.some((o) => o.errors.length > 0)) continue;
    report(
      'ACCEPTED-UNKNOWN',
      `accepted ${finding} names ${name}, which the module does not have`,
      meant(name, known, 'remove the entry'),
    );
  }
}

function checkProtectiveSteps(module: LoadedModule, report: Report): void {
  const steps = module.declared.workbench?.protectiveSteps ?? [];
  const text = steps.length === 0 ? '' : readFileSync(module.file, 'utf8');
  for (const step of steps) {
    const fail: Report = (code, fault, hint) => {
      report(code, `protective step "${step.step}": ${fault}`, hint);
    };
    if ((step.noticedBy === undefined) === (step.redundant === undefined)) {
      fail(
        'STEP-NOTICED',
        'needs either noticedBy or redundant',
        'name the claims that notice the deletion, or say why none does',
      );
    }
    const models = module.declared.models.map((m) => m.path);
    if (!module.declared.models.some((m) => m.path === step.model && m.result === 'success')) {
      fail(
        'STEP-MODEL',
        `model ${step.model} is no positive model of this module`,
        meant(step.model, models, 'name a positive model'),
      );
    }
    for (const name of step.noticedBy ?? []) {
      const claims = Object.keys(module.claims);
      if (name === DEADLOCK || claims.includes(name)) continue;
      fail(
        'CLAIM-UNKNOWN',
        `noticedBy names ${name}, which claims does not declare`,
        meant(name, claims, `add ${name} to claims`),
      );
    }
    try {
      applyEdits(text, step.delete, module.fileRel);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      fail(error.code, error.message, error.hint);
    }
  }
}

function checkTables(module: LoadedModule, report: Report): void {
  const constants = module.outlines.flatMap((o) => o.constants.map((c) => c.name));
  const models = module.declared.models.map((m) => m.path);
  const claims = Object.keys(module.claims);
  for (const table of module.declared.workbench?.tables ?? []) {
    const need = (key: string, name: string, known: readonly string[]): void => {
      if (known.includes(name)) return;
      report(
        'TABLE-UNKNOWN',
        `table "${table.name}": ${key} names ${name}, which does not exist`,
        meant(name, known, `known: ${known.join(', ')}`),
      );
    };
    need('rows', table.rows, constants);
    need('columns', table.columns, constants);
    if (table.claim !== undefined) need('claim', table.claim, claims);
    for (const model of table.models) need('models', model, models);
  }
}
