/** What became of workbench.json: the ledger of assumptions, what is asked of every claim, where specs are looked for. Pure. */
import type { Baseline, Policy } from '../domain/baseline.js';
import type { Found } from './change.js';
import { keyOf } from './places.js';

/** Whether a path is a file or folder, or stands below it; an empty one and `.` are the root. */
export function isBelow(path: string, folder: string): boolean {
  const plain = folder.replace(/^\.\//, '').replace(/\/+$/, '');
  return plain === '' || plain === '.' || path === plain || path.startsWith(`${plain}/`);
}

export function compareLedger(was: Baseline, is: Baseline): Found[] {
  const lost = was.assumptions.filter(({ id }) => !is.assumptions.some((now) => now.id === id));
  const gone = lost.map(({ id, statement }): Found => {
    const at = [keyOf.requirement('assumptions')];
    return { kind: 'assumption-changed', subject: id, was: statement, is: 'no such assumption', at };
  });
  const found = is.assumptions.flatMap((now): Found[] => {
    const before = was.assumptions.find((a) => a.id === now.id);
    const at = [keyOf.assumption(now.id)];
    if ((before === undefined || before.owner !== undefined) && now.owner === undefined) {
      const owned = before?.owner === undefined ? 'no such assumption' : `owner ${before.owner}`;
      return [{ kind: 'assumption-unowned', subject: now.id, was: owned, is: 'no owner', at }];
    }
    if (before === undefined)
      return [{ kind: 'assumption-changed', subject: now.id, was: '', is: now.statement, at }];
    const told = (a: typeof now): string => `${a.statement} Monitored: ${a.monitored}`;
    const texts =
      before.monitored === now.monitored
        ? { was: before.statement, is: now.statement }
        : { was: told(before), is: told(now) };
    return texts.was === texts.is ? [] : [{ kind: 'assumption-changed', subject: now.id, ...texts, at }];
  });
  return [...found, ...gone];
}

/** What the project asks of itself: less is a loss like any other. */
export function comparePolicy(was: Policy, is: Policy): Found[] {
  const rank = (value: string): number => (value === 'fails' ? 1 : 0);
  const isLess: Record<keyof Policy, boolean> = {
    requiredRung: is.requiredRung < was.requiredRung,
    fewerStates: is.fewerStates > was.fewerStates,
    codeWithoutSpec: rank(is.codeWithoutSpec) < rank(was.codeWithoutSpec),
    specWithoutCode: rank(is.specWithoutCode) < rank(was.specWithoutCode),
  };
  return (Object.keys(isLess) as (keyof Policy)[])
    .filter((key) => isLess[key])
    .map((key) => ({
      kind: 'requirement-lower',
      subject: key,
      was: String(was[key]),
      is: String(is[key]),
      at: [keyOf.requirement(key)],
    }));
}

/** Specs that nothing looks at any more: a configuration that is left out must not look like a check. */
export function compareScope(was: Baseline, is: Baseline): Found[] {
  const fresh = is.scope.leftOut.filter((path) => !was.scope.leftOut.some((old) => isBelow(path, old)));
  const found = fresh.map((path): Found => ({
    kind: 'left-out',
    subject: path,
    was: 'read',
    is: 'left out in workbench.json',
    at: [keyOf.requirement(`leftOut ${path}`)],
  }));
  const isLess = !isBelow(was.scope.specs, is.scope.specs);
  if (!isLess || !was.modules.some((m) => !isBelow(m.path, is.scope.specs))) return found;
  const texts = { was: was.scope.specs, is: is.scope.specs };
  return [
    ...found,
    { kind: 'requirement-lower', subject: 'specs', ...texts, at: [keyOf.requirement('specs')] },
  ];
}
