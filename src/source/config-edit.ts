/** Writes configurations and makes changed copies of them. Pure: the input is never touched. */
import type { Config, NamedAt } from '../domain/config.js';

const names = (keyword: string, list: NamedAt[]): string[] => list.map(({ name }) => `${keyword} ${name}`);

/** The text of a configuration: the inverse of parseConfig but for line numbers and comments. */
export function renderConfig(config: Config): string {
  const lines: string[] = [];
  if (config.specification) lines.push(`SPECIFICATION ${config.specification.name}`);
  if (config.init) lines.push(`INIT ${config.init.name}`);
  if (config.next) lines.push(`NEXT ${config.next.name}`);
  for (const c of config.constants) {
    const module = c.module === undefined ? '' : `[${c.module}]`;
    lines.push(`CONSTANT ${c.name} ${c.kind === 'assign' ? '=' : '<-'} ${module}${c.value}`);
  }
  lines.push(...names('INVARIANT', config.invariants), ...names('PROPERTY', config.properties));
  lines.push(...names('SYMMETRY', config.symmetry), ...names('VIEW', config.view));
  lines.push(...names('CONSTRAINT', config.constraints));
  lines.push(...names('ACTION_CONSTRAINT', config.actionConstraints));
  if (config.checkDeadlock) lines.push(`CHECK_DEADLOCK ${config.checkDeadlock.value ? 'TRUE' : 'FALSE'}`);
  return lines.map((line) => `${line}\n`).join('');
}

/** Enables one property and no other; `undefined` enables none (the deadlock check alone). */
export function withOnly(
  config: Config,
  property: { name: string; kind: 'invariant' | 'property' } | undefined,
): Config {
  const list = property === undefined ? [] : [{ name: property.name, line: 0 }];
  return {
    ...config,
    invariants: property?.kind === 'invariant' ? list : [],
    properties: property?.kind === 'property' ? list : [],
  };
}

/** Without SYMMETRY: TLC's liveness checking is not sound under it. */
export function withoutSymmetry(config: Config): Config {
  return { ...config, symmetry: [] };
}

/** Gives a constant a value (text of a configuration value), in place of the one it had. */
export function withConstant(config: Config, name: string, value: string): Config {
  const others = config.constants.filter((c) => c.name !== name || c.module !== undefined);
  return { ...config, constants: [...others, { name, kind: 'assign', value, line: 0 }] };
}

/** Enables one more invariant. */
export function addInvariant(config: Config, name: string): Config {
  if (config.invariants.some((i) => i.name === name)) return config;
  return { ...config, invariants: [...config.invariants, { name, line: 0 }] };
}

/** Enables one more temporal or action property. */
export function addProperty(config: Config, name: string): Config {
  if (config.properties.some((p) => p.name === name)) return config;
  return { ...config, properties: [...config.properties, { name, line: 0 }] };
}
