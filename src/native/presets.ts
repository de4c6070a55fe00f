/**
 * Reads native/CMakePresets.json, the user's own beside it and what they include, as far as they tell whether a preset can
 * be built here: its platform condition, its generator and the compilers it names. CMake itself reads the rest.
 */
import { isAbsolute, join, posix } from 'node:path';
import { z } from 'zod';
import { Problem } from '../domain/problem.js';
import { parseJson, readTextIfThere } from '../host/files.js';

const presetSchema = z.looseObject({
  name: z.string(),
  hidden: z.boolean().optional(),
  inherits: z.union([z.string(), z.array(z.string())]).optional(),
  generator: z.string().optional(),
  cacheVariables: z.record(z.string(), z.unknown()).optional(),
  condition: z.unknown().optional(),
});
type Preset = z.infer<typeof presetSchema>;
const fileSchema = z.looseObject({
  include: z.array(z.string()).default([]),
  configurePresets: z.array(presetSchema).default([]),
});

/** A configure preset with everything it inherits. */
export interface NativePreset {
  name: string;
  variables: Record<string, string>;
  /** As CMake calls it: `Ninja`, `Unix Makefiles`; absent: CMake's default. */
  generator?: string;
  /** False: its condition rules this system out. */
  forThisSystem: boolean;
}

const systems: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'Linux',
  darwin: 'Darwin',
  win32: 'Windows',
};

/** Every preset that can be asked for; a missing or broken file is a Problem. */
export async function readPresets(
  root: string,
  native: string,
  platform: NodeJS.Platform = process.platform,
): Promise<NativePreset[]> {
  const shown = posix.join(native, 'CMakePresets.json');
  const presets = await readFile(root, shown, new Set());
  if (presets === undefined) {
    throw new Problem('NATIVE-NO-PRESETS', `${shown}: no such file`, 'add it, or correct native.root');
  }
  presets.push(...((await readFile(root, posix.join(native, 'CMakeUserPresets.json'), new Set())) ?? []));
  return presets
    .filter((preset) => preset.hidden !== true)
    .map((preset) => {
      const line = lineage(preset, presets);
      const variables: Record<string, string> = {};
      for (const ancestor of line) {
        for (const [name, value] of Object.entries(ancestor.cacheVariables ?? {})) {
          variables[name] ??= valueOf(value);
        }
      }
      const condition = line.find((ancestor) => ancestor.condition !== undefined)?.condition;
      const generator = line.find((ancestor) => ancestor.generator !== undefined)?.generator;
      return {
        name: preset.name,
        variables,
        ...(generator === undefined ? {} : { generator }),
        forThisSystem: holds(condition, systems[platform] ?? platform),
      };
    });
}

/**
 * The presets of a file and of all that it includes; undefined where there is no such file.
 * @param shown relative to `root`
 * @param seen files that were read; what two of them include is there once
 */
async function readFile(root: string, shown: string, seen: Set<string>): Promise<Preset[] | undefined> {
  seen.add(shown);
  const text = await readTextIfThere(isAbsolute(shown) ? shown : join(root, shown));
  if (text === undefined) return undefined;
  const parsed = fileSchema.safeParse(parseJson(text, shown));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Problem(
      'NATIVE-BAD-PRESETS',
      `${shown}:1: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not a presets file'}`,
      'see the manual page cmake-presets(7)',
    );
  }
  const presets: Preset[] = [];
  for (const name of parsed.data.include) {
    const path = isAbsolute(name) ? name : posix.join(posix.dirname(shown), name);
    // Names with macros, and files that are not there, are CMake's to judge.
    if (!seen.has(path)) presets.push(...((await readFile(root, path, seen)) ?? []));
  }
  return [...presets, ...parsed.data.configurePresets];
}

/** A preset, then those it inherits from, nearest first. */
function lineage(preset: Preset, all: readonly Preset[], seen = new Set<string>()): Preset[] {
  if (seen.has(preset.name)) return [];
  seen.add(preset.name);
  const parents = typeof preset.inherits === 'string' ? [preset.inherits] : (preset.inherits ?? []);
  const further = parents.flatMap((name) => {
    const parent = all.find((p) => p.name === name);
    return parent === undefined ? [] : lineage(parent, all, seen);
  });
  return [preset, ...further];
}

function valueOf(variable: unknown): string {
  if (typeof variable === 'object' && variable !== null && 'value' in variable) return String(variable.value);
  return String(variable);
}

const comparison = z.object({ type: z.enum(['equals', 'notEquals']), lhs: z.string(), rhs: z.string() });

/** Conditions on the host system; any other is left to CMake. */
function holds(condition: unknown, system: string): boolean {
  const parsed = comparison.safeParse(condition);
  if (!parsed.success) return true;
  const [lhs, rhs] = [parsed.data.lhs, parsed.data.rhs].map((side) =>
    side.replaceAll('${hostSystemName}', system),
  );
  return (lhs === rhs) === (parsed.data.type === 'equals');
}
