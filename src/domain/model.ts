/** A model: a module with one TLC configuration, and what it must show. */
import type { Config } from './config.js';
import type { ClaimEntry, ManifestModel, ManifestModule, Mode } from './manifest.js';

/** A module found on disk with everything its manifest says, resolved. All paths absolute unless they end in `Rel`. */
export interface SpecModule {
  name: string;
  file: string;
  /** Path relative to the repository root, with `/`. */
  fileRel: string;
  /** The manifest's file, relative to the root; absent for ad hoc models. */
  manifestRel?: string;
  declared: ManifestModule;
  claims: Record<string, ClaimEntry>;
  models: Model[];
}

export interface Model {
  /** The .cfg relative to the repository root; the model's identity. */
  id: string;
  module: string;
  moduleFile: string;
  /** Every .tla file of the module closure outside of the standard modules, absolute, root module first. */
  closure: string[];
  config: Config;
  configText: string;
  mode: Mode;
  role: 'positive' | 'control' | 'unknown';
  declared: ManifestModel;
  /** Why the pinned engine cannot run it, though nothing is wrong with it: it is recorded as not run. */
  unavailable?: string;
}
