/** Where in the files of today everything stands that a change may speak of; what is gone has the place of its parent. */
import type { Place } from '../domain/claim.js';

/** Places by key; keys are made by the functions below. */
export type Places = ReadonlyMap<string, Place>;

export const keyOf = {
  module: (name: string): string => `module ${name}`,
  claim: (id: string): string => `claim ${id}`,
  definition: (module: string, name: string): string => `definition ${module}!${name}`,
  model: (path: string): string => `model ${path}`,
  /** A line of a configuration: `constant N`, `property Inv`, `reduction SYMMETRY Alike`, `behaviour`. */
  config: (path: string, what: string): string => `config ${path} ${what}`,
  step: (module: string, step: string): string => `step ${module} ${step}`,
  function: (path: string, name: string): string => `function ${path} ${name}`,
  file: (path: string): string => `file ${path}`,
  assumption: (id: string): string => `assumption ${id}`,
  requirement: (key: string): string => `requirement ${key}`,
  observed: (path: string): string => `observed ${path}`,
  accepted: (module: string, finding: string): string => `accepted ${module} ${finding}`,
  allowed: (name: string): string => `allowed ${name}`,
  /** A file that is no more: its place is what it was called. */
  gone: (path: string): string => `gone ${path}`,
  smokeFile: 'smoke tests',
  smoke: (name: string): string => `smoke ${name}`,
};

/** The first of the keys that has a place; workbench.json where none has. */
export function findPlace(places: Places, ...keys: string[]): Place {
  for (const key of keys) {
    if (key.startsWith('gone ')) return { path: key.slice('gone '.length), line: 1 };
    const place = places.get(key);
    if (place !== undefined) return place;
  }
  return { path: 'workbench.json', line: 1 };
}
