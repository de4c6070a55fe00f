/** Finds what contradicts itself in a configuration that was read: names that stand twice, two kinds of behaviour. */
import type { Config, NamedAt } from '../domain/config.js';
import { Problem } from '../domain/problem.js';

/** Every contradiction, `path:line: …` each. */
export function findContradictions(config: Config, path: string): Problem[] {
  const problems: Problem[] = [];
  const { specification, init, next } = config;
  if (specification !== undefined && (init !== undefined || next !== undefined)) {
    const line = Math.max(specification.line, init?.line ?? 0, next?.line ?? 0);
    problems.push(
      new Problem(
        'CFG-BEHAVIOUR',
        `${path}:${line}: SPECIFICATION and INIT/NEXT exclude each other`,
        'keep SPECIFICATION Spec, or INIT and NEXT',
      ),
    );
  }
  if (specification === undefined && (init === undefined) !== (next === undefined)) {
    const has = init === undefined ? 'NEXT' : 'INIT';
    problems.push(
      new Problem(
        'CFG-BEHAVIOUR',
        `${path}:${(init ?? next)?.line ?? 1}: ${has} without ${has === 'INIT' ? 'NEXT' : 'INIT'}`,
        'write both, or SPECIFICATION Spec',
      ),
    );
  }
  const lists: NamedAt[][] = [
    config.constants.map((c) => ({
      name: c.module === undefined ? c.name : `[${c.module}]${c.name}`,
      line: c.line,
    })),
    [...config.invariants, ...config.properties],
    config.symmetry,
    config.view,
    config.constraints,
    config.actionConstraints,
  ];
  for (const list of lists) {
    const seen = new Map<string, number>();
    for (const { name, line } of list) {
      const before = seen.get(name);
      if (before !== undefined) {
        problems.push(
          new Problem(
            'CFG-TWICE',
            `${path}:${line}: ${name} stands already in line ${before}`,
            'keep one of the two',
          ),
        );
      }
      seen.set(name, line);
    }
  }
  for (const [word, list] of [['SYMMETRY', config.symmetry] as const, ['VIEW', config.view] as const]) {
    const second = list[1];
    if (second !== undefined) {
      problems.push(
        new Problem(
          'CFG-TWICE',
          `${path}:${second.line}: ${word} stands already in line ${list[0]?.line ?? 1}`,
          `TLC takes one ${word}`,
        ),
      );
    }
  }
  return problems;
}
