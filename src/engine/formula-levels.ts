/** Of what a piece of a spec speaks once the operators it uses are followed: states, steps or behaviours. Pure. */
import { namesIn, type Level, type ModuleFormulas, type Slice } from '../source/formula.js';

const RANK: Record<Level, number> = { state: 0, step: 1, behaviour: 2 };

export const higher = (a: Level, b: Level): Level => (RANK[a] >= RANK[b] ? a : b);

/** The text but for what ENABLED is applied to: the longest first, as one may stand in another. */
const withoutEnabled = ({ text, enabled = [] }: Slice): string =>
  [...enabled]
    .sort((a, b) => b.length - a.length)
    .reduce((rest, operand) => {
      const literal = operand.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      return rest.replace(new RegExp(`\\bENABLED\\s*${literal}`, 'g'), ' ');
    }, text);

/** Modules are taken as one name space, so that a level may come out too high, and never too low. */
export function levelsOf(modules: ModuleFormulas[]): (slice: Slice) => Level {
  const definitions = modules.flatMap((m) => m.definitions);
  const known = new Map<string, Level>();
  const ofName = (name: string): Level => {
    const found = known.get(name);
    if (found !== undefined) return found;
    // An operator that is being looked at, by recursion, adds nothing.
    known.set(name, 'state');
    const level = definitions
      .filter((d) => d.name === name)
      .map((d) => ofSlice(d.slice))
      .reduce(higher, 'state');
    known.set(name, level);
    return level;
  };
  const ofSlice = (slice: Slice): Level =>
    namesIn(withoutEnabled(slice))
      .map((name) => ofName(name.slice(name.lastIndexOf('!') + 1)))
      .reduce(higher, slice.level);
  return ofSlice;
}
