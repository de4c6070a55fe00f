/** What became of the models of one module: lost, smaller, reduced, with more taken for granted. Pure. */
import type { BaselineModel, BaselineModule } from '../domain/baseline.js';
import { canonicalJson } from '../host/files.js';
import type { Found } from './change.js';
import { compareControl } from './compare-control.js';
import { compareValues } from './constant-order.js';
import { keyOf } from './places.js';
import { gone, list } from './sets.js';

const grouped = (n: number): string => n.toLocaleString('en-US');

export function compareModels(was: BaselineModule, is: BaselineModule, fewerStates: number): Found[] {
  const paths = [...new Set([...was.models, ...is.models].map((m) => m.path))].sort();
  const moved = findMoved(was, is);
  return paths.flatMap((path): Found[] => {
    const before = was.models.find((m) => m.path === path);
    const after = is.models.find((m) => m.path === path);
    const at = [keyOf.model(path), keyOf.module(is.name)];
    if (before === undefined && [...moved.values()].includes(path)) return [];
    const to = moved.get(path);
    if (to !== undefined)
      return [{ kind: 'model-moved', subject: path, was: path, is: to, at: [keyOf.model(to), ...at] }];
    if (before === undefined)
      return [{ kind: 'model-added', subject: path, was: '', is: describe(after), at }];
    if (after === undefined) {
      const kind = before.role === 'control' ? 'control-lost' : 'model-lost';
      return [{ kind, subject: path, was: describe(before), is: 'no model', at }];
    }
    const found = [...compareModel(before, after, fewerStates), ...compareFairness(before, after, is.name)];
    return found.map((one) => ({ ...one, at: [...one.at, ...at] }));
  });
}

/** Models that are the same in all but the path of their configuration, old path to new. */
function findMoved(was: BaselineModule, is: BaselineModule): Map<string, string> {
  // A control's variant moves with its folder.
  const facts = ({ path: _path, variantOf: _variant, ...rest }: BaselineModel): string => canonicalJson(rest);
  const missing = (of: BaselineModule, other: BaselineModule): BaselineModel[] =>
    of.models.filter((m) => !other.models.some((o) => o.path === m.path));
  const fresh = missing(is, was);
  const moved = new Map<string, string>();
  for (const model of missing(was, is)) {
    const same = fresh.find((m) => facts(m) === facts(model) && ![...moved.values()].includes(m.path));
    if (same !== undefined) moved.set(model.path, same.path);
  }
  return moved;
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
  // A result where there was none says more.
  const decided = was.result === 'unknown' && was.role === 'unknown' ? 'model-stronger' : 'result-weaker';
  if (was.role !== is.role || was.result !== is.result)
    add(decided, `${was.role}, ${was.result}`, `${is.role}, ${is.result}`, [keyOf.model(subject)]);
  if (canonicalJson(was.mode) !== canonicalJson(is.mode)) {
    const kind = isMore(was.mode, is.mode) ? 'model-stronger' : 'mode-weaker';
    add(kind, canonicalJson(was.mode), canonicalJson(is.mode), [keyOf.model(subject)]);
  }
  if (!was.observed && is.observed)
    add('model-observed', 'declared', 'observed: what it shows is an open question', [
      keyOf.observed(subject),
    ]);
  if (was.observed && !is.observed) add('model-stronger', 'observed', 'declared', [keyOf.model(subject)]);
  for (const name of gone(was.checks, is.checks))
    add('property-lost', `checks ${name}`, `checks ${list(is.checks)}`, line(''));
  for (const name of gone(is.checks, was.checks))
    add('property-added', `checks ${list(was.checks)}`, `checks ${name}`, line(`property ${name}`));
  if (was.deadlock && !is.deadlock)
    add('deadlock-off', 'looks for deadlocks', 'CHECK_DEADLOCK FALSE', line('deadlock'));
  found.push(...compareConstants(was, is));
  for (const name of gone(is.reductions, was.reductions))
    add('reduction-added', list(was.reductions), name, line(`reduction ${name}`));
  // Which behaviours another specification has cannot be told from its name; a control has to show its violation.
  const other = is.role === 'control' ? 'model-changed' : 'behaviour-changed';
  if (was.behaviour !== is.behaviour) add(other, was.behaviour, is.behaviour, line('behaviour'));
  for (const id of gone(was.assumptions, is.assumptions))
    add('model-changed', `rests on ${id}`, `rests on ${list(is.assumptions)}`, [keyOf.model(subject)]);
  for (const id of gone(is.assumptions, was.assumptions))
    add('assumption-taken', `rests on ${list(was.assumptions)}`, `also on ${id}`, [keyOf.model(subject)]);
  for (const name of gone(Object.keys(was.pinned), Object.keys(is.pinned)))
    add('pin-lost', `${name} pinned at ${grouped(was.pinned[name] ?? 0)}`, 'not pinned', [
      keyOf.model(subject),
    ]);
  found.push(...compareStates(was, is, fewerStates), ...compareControl(was, is));
  return found;
}

/** A search of all states, or more random walks than before. */
function isMore(was: BaselineModel['mode'], is: BaselineModel['mode']): boolean {
  if (typeof was === 'string' || typeof is === 'string') return is === 'exhaustive search';
  return is.simulate.traceCount > was.simulate.traceCount;
}

/** As the configuration has it: `N = 3`, or `N <- Three`. */
function assignment(name: string, value: string | undefined): string {
  if (value === undefined) return `no ${name}`;
  return value.startsWith('<-') ? `${name} ${value}` : `${name} = ${value}`;
}

function compareConstants(was: BaselineModel, is: BaselineModel): Found[] {
  const names = [...new Set([...Object.keys(was.constants), ...Object.keys(is.constants)])].sort();
  return names.flatMap((name): Found[] => {
    const [before, after] = [was.constants[name], is.constants[name]];
    const found = {
      subject: is.path,
      was: assignment(name, before),
      is: assignment(name, after),
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

/** It stands in the configuration only where that names another specification. */
function compareFairness(was: BaselineModel, is: BaselineModel, module: string): Found[] {
  const [, specification = ''] = is.behaviour.split(' ');
  const isSame = was.behaviour === is.behaviour;
  return gone(is.fairness, was.fairness).map((conjunct) => ({
    kind: 'fairness-added',
    subject: is.path,
    was: list(was.fairness),
    is: conjunct,
    at: [isSame ? keyOf.definition(module, specification) : keyOf.config(is.path, 'behaviour')],
  }));
}

function compareStates(was: BaselineModel, is: BaselineModel, fewerStates: number): Found[] {
  const compared: [string, number | undefined, number | undefined][] = [
    ['distinct states', was.distinct, is.distinct],
    ['initial states', was.initial, is.initial],
    ['distinct states pinned', was.pinned.distinctStates, is.pinned.distinctStates],
    ['states generated, as pinned', was.pinned.totalStates, is.pinned.totalStates],
  ];
  const found = compared.flatMap(([what, before, after]): Found[] => {
    if (before === undefined || after === undefined || before === after) return [];
    const isFewer = after < before * (1 - fewerStates);
    if (after < before && !isFewer) return [];
    return [
      {
        kind: isFewer ? 'states-fewer' : 'states-more',
        subject: is.path,
        was: `${grouped(before)} ${what}`,
        is: `${grouped(after)} ${what}`,
        at: [keyOf.model(is.path)],
      },
    ];
  });
  // They mostly move together: one of each kind says it.
  return (['states-fewer', 'states-more'] as const).flatMap(
    (kind) => found.find((one) => one.kind === kind) ?? [],
  );
}
