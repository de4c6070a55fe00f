/** What became of the models of one module: lost, smaller, reduced, with more taken for granted. Pure. */
import type { BaselineModel, BaselineModule } from '../domain/baseline.js';
import { canonicalJson } from '../host/files.js';
import type { Found } from './change.js';
import { compareValues } from './constant-order.js';
import { keyOf } from './places.js';

const grouped = (n: number): string => n.toLocaleString('en-US');
const list = (names: readonly string[]): string => (names.length === 0 ? 'none' : names.join(', '));
const gone = (was: readonly string[], is: readonly string[]): string[] => was.filter((n) => !is.includes(n));

export function compareModels(was: BaselineModule, is: BaselineModule, fewerStates: number): Found[] {
  const paths = [...new Set([...was.models, ...is.models].map((m) => m.path))].sort();
  return paths.flatMap((path): Found[] => {
    const before = was.models.find((m) => m.path === path);
    const after = is.models.find((m) => m.path === path);
    const at = [keyOf.model(path), keyOf.module(is.name)];
    if (before === undefined)
      return [{ kind: 'model-added', subject: path, was: '', is: describe(after), at }];
    if (after === undefined) {
      const kind = before.role === 'control' ? 'control-lost' : 'model-lost';
      return [{ kind, subject: path, was: describe(before), is: 'no model', at }];
    }
    return compareModel(before, after, fewerStates).map((found) => ({ ...found, at: [...found.at, ...at] }));
  });
}

const describe = (model: BaselineModel | undefined): string =>
  model === undefined ? '' : `${model.role}, ${model.result}, checks ${list(model.checks)}`;

function compareModel(was: BaselineModel, is: BaselineModel, fewerStates: number): Found[] {
  const subject = is.path;
  const line = (what: string): string[] => [keyOf.config(subject, what), keyOf.config(subject, '')];
  const found: Found[] = [];
  const add = (kind: Found['kind'], before: string, after: string, at: string[]): void => {
    found.push({ kind, subject, was: before, is: after, at });
  };
  if (was.role !== is.role || was.result !== is.result)
    add('result-weaker', `${was.role}, ${was.result}`, `${is.role}, ${is.result}`, [keyOf.model(subject)]);
  if (canonicalJson(was.mode) !== canonicalJson(is.mode))
    add('mode-weaker', canonicalJson(was.mode), canonicalJson(is.mode), [keyOf.model(subject)]);
  for (const name of gone(was.checks, is.checks))
    add('property-lost', `checks ${name}`, `checks ${list(is.checks)}`, line(''));
  for (const name of gone(is.checks, was.checks))
    add('property-added', `checks ${list(was.checks)}`, `checks ${name}`, line(`property ${name}`));
  if (was.deadlock && !is.deadlock)
    add('deadlock-off', 'looks for deadlocks', 'CHECK_DEADLOCK FALSE', line('deadlock'));
  found.push(...compareConstants(was, is));
  for (const name of gone(is.reductions, was.reductions))
    add('reduction-added', list(was.reductions), name, line(`reduction ${name}`));
  for (const conjunct of gone(is.fairness, was.fairness))
    add('fairness-added', list(was.fairness), conjunct, line('behaviour'));
  if (was.behaviour !== is.behaviour) add('model-changed', was.behaviour, is.behaviour, line('behaviour'));
  for (const id of gone(is.assumptions, was.assumptions))
    add('assumption-taken', `rests on ${list(was.assumptions)}`, `also on ${id}`, [keyOf.model(subject)]);
  for (const name of gone(Object.keys(was.pinned), Object.keys(is.pinned)))
    add('pin-lost', `${name} pinned at ${grouped(was.pinned[name] ?? 0)}`, 'not pinned', [
      keyOf.model(subject),
    ]);
  found.push(...compareStates(was, is, fewerStates), ...compareFullSet(was, is));
  return found;
}

function compareConstants(was: BaselineModel, is: BaselineModel): Found[] {
  const names = [...new Set([...Object.keys(was.constants), ...Object.keys(is.constants)])].sort();
  return names.flatMap((name): Found[] => {
    const [before, after] = [was.constants[name], is.constants[name]];
    const found = {
      subject: is.path,
      was: before === undefined ? `no ${name}` : `${name} = ${before}`,
      is: after === undefined ? `no ${name}` : `${name} = ${after}`,
      at: [keyOf.config(is.path, `constant ${name}`), keyOf.config(is.path, '')],
    };
    // A control is no exploration: it must find its violation, whatever its bounds are.
    if (is.role === 'control') return before === after ? [] : [{ kind: 'model-changed', ...found }];
    if (before === undefined || after === undefined) return [{ kind: 'constants-changed', ...found }];
    switch (compareValues(before, after)) {
      case 'same':
        return [];
      case 'larger':
        return [{ kind: 'constants-larger', ...found }];
      case 'smaller':
        return [{ kind: 'constants-smaller', ...found }];
      case 'unclear':
        return [{ kind: 'constants-changed', ...found }];
    }
  });
}

function compareStates(was: BaselineModel, is: BaselineModel, fewerStates: number): Found[] {
  if (was.distinct === undefined || is.distinct === undefined || was.distinct === is.distinct) return [];
  const found = {
    subject: is.path,
    was: `${grouped(was.distinct)} distinct states`,
    is: `${grouped(is.distinct)} distinct states`,
    at: [keyOf.model(is.path)],
  };
  if (is.distinct > was.distinct) return [{ kind: 'states-more', ...found }];
  return is.distinct < was.distinct * (1 - fewerStates) ? [{ kind: 'states-fewer', ...found }] : [];
}

/** A control that no longer fails by a claim is one control less for that claim. */
function compareFullSet(was: BaselineModel, is: BaselineModel): Found[] {
  return gone(was.violates, is.violates).map((name) => ({
    kind: 'control-weaker',
    subject: is.path,
    was: `violates ${name}`,
    is: `violates ${list(is.violates)}`,
    at: [keyOf.model(is.path)],
  }));
}

/** Protective steps: each is a deletion that some claim notices. */
export function compareSteps(was: BaselineModule, is: BaselineModule): Found[] {
  return was.steps.flatMap((step): Found[] => {
    const after = is.steps.find((s) => s.step === step.step);
    const subject = `${is.name}: ${step.step}`;
    const at = [keyOf.step(is.name, step.step), keyOf.module(is.name)];
    if (after === undefined)
      return [{ kind: 'step-lost', subject, was: `noticed by ${list(step.noticedBy)}`, is: 'no step', at }];
    const lost = gone(step.noticedBy, after.noticedBy);
    if (lost.length === 0) return [];
    const text = `noticed by ${list(after.noticedBy)}`;
    return [{ kind: 'step-weaker', subject, was: `noticed by ${list(step.noticedBy)}`, is: text, at }];
  });
}
