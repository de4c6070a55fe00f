/** A module with everything that was read for it, and how a model is made of its parts. Pure. */
import type { Config } from '../domain/config.js';
import type { ManifestModel } from '../domain/manifest.js';
import type { Model, SpecModule } from '../domain/model.js';
import type { Outline } from '../source/outline.js';

/** A module with what was read from its files. */
export interface LoadedModule extends SpecModule {
  /** Of every file of the closure, root module first. */
  outlines: Outline[];
}

/** A model from its parts; also for models that no manifest names. */
export function makeModel(
  module: Pick<SpecModule, 'name' | 'file'>,
  closure: string[],
  declared: ManifestModel,
  config: { id: string; text: string; config: Config },
): Model {
  return {
    id: config.id,
    module: module.name,
    moduleFile: module.file,
    closure,
    config: config.config,
    configText: config.text,
    mode: declared.mode ?? 'exhaustive search',
    role: findRole(declared),
    declared,
  };
}

function findRole(declared: ManifestModel): Model['role'] {
  if (declared.workbench?.violates !== undefined) return 'control';
  if (declared.result === 'success') return 'positive';
  return declared.result === 'unknown' ? 'unknown' : 'control';
}
