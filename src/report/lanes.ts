/** Which thread made a step, read off the states: the lane of a counterexample. Pure. */
import type { Behaviour, State } from '../domain/behaviour.js';
import { changesBetween, isAlike, partsOf, selectText, type Change } from './changes.js';

/** Names that specs give to the variable that holds each thread's place; they win over other per-thread variables. */
const PLACE_NAMES = ['pc', 'loc', 'at', 'phase', 'tstate', 'threadState', 'state', 'status'];

export interface Lanes {
  /** Lane names as TLA+ text, in the order of the domain. */
  names: string[];
  /** For each state: the index of the lane that made the step into it, or undefined where it cannot be told. */
  of: (number | undefined)[];
}

/** Per-thread variables: functions whose domain is the same in every state; grouped by that domain. */
function groupByDomain(states: State[]): Map<string, { domain: string[]; variables: string[] }> {
  const groups = new Map<string, { domain: string[]; variables: string[] }>();
  for (const [name, value] of Object.entries(states[0]?.variables ?? {})) {
    // A function over strings is printed, and therefore read, as a record.
    const parts = partsOf(value);
    if (!parts || parts.length === 0) continue;
    const constant = states.every((s) => {
      const now = s.variables[name];
      const others = now === value ? parts : now && partsOf(now);
      return others !== undefined && isAlike(parts, others);
    });
    if (!constant) continue;
    const domain = parts.map(selectText);
    const key = domain.join();
    const group = groups.get(key) ?? { domain, variables: [] };
    group.variables.push(name);
    groups.set(key, group);
  }
  return groups;
}

function choosePlaceVariable(groups: { domain: string[]; variables: string[] }[]): string | undefined {
  for (const name of PLACE_NAMES) if (groups.some((g) => g.variables.includes(name))) return name;
  return undefined;
}

/** Whether a path is this entry or lies in it: `.t1` is not `.t10`. */
const isWithin = (path: string, entry: string): boolean =>
  path.startsWith(entry) && !/^\w/.test(path.slice(entry.length));

/** `t1` of `[t1]` and of `.t1`. */
const laneName = (select: string): string =>
  select.startsWith('.') ? `"${select.slice(1)}"` : select.slice(1, -1);

/** One record alone is more often a record than a function over threads. */
const mayBeThreads = (group: { domain: string[]; variables: string[] }): boolean =>
  group.variables.length > 1 || group.domain.every((select) => !select.startsWith('.'));

/** The one lane whose entry changed in the given variables; undefined when none or several did. */
function laneOf(changes: Change[], variables: string[], domain: string[]): number | undefined {
  const touched = new Set<number>();
  for (const change of changes) {
    if (!variables.includes(change.variable)) continue;
    const index = domain.findIndex((select) => isWithin(change.path, change.variable + select));
    if (index >= 0) touched.add(index);
  }
  return touched.size === 1 ? [...touched][0] : undefined;
}

/**
 * Finds the lanes of a behaviour. The place variable (`pc` and the like) decides; without one, the largest group of
 * variables that share a domain does. Returns undefined where no variable is a function over a constant domain.
 * @param changes what each step changed, where that is known already
 */
export function findLanes(behaviour: Behaviour, changes?: readonly Change[][]): Lanes | undefined {
  const groups = [...groupByDomain(behaviour.states).values()];
  const place = choosePlaceVariable(groups);
  const chosen = place
    ? groups.find((g) => g.variables.includes(place))
    : groups.filter(mayBeThreads).sort((a, b) => b.variables.length - a.variables.length)[0];
  if (!chosen) return undefined;
  const names = chosen.domain.map(laneName);
  const of = behaviour.states.map((state, i) => {
    const before = behaviour.states[i - 1];
    if (!before) return undefined;
    const named = state.action.arguments?.map((a) => names.indexOf(a)).find((index) => index >= 0);
    if (named !== undefined) return named;
    const changed = changes?.[i] ?? changesBetween(before, state);
    const byPlace = place ? laneOf(changed, [place], chosen.domain) : undefined;
    return byPlace ?? laneOf(changed, chosen.variables, chosen.domain);
  });
  return of.some((lane) => lane !== undefined) ? { names, of } : undefined;
}
