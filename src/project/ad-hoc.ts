/**
 * A module with one model made on the command line: `workbench check Spec.tla --config X.cfg --constant N=2
 * --invariant Inv`, with no manifest. It is expected to hold; what it shows is no claim's evidence.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Config } from '../domain/config.js';
import { Problem } from '../domain/problem.js';
import { addInvariant, addProperty, renderConfig, withConstant } from '../source/config-edit.js';
import { emptyConfig, parseConfig, readConfig } from '../source/config-file.js';
import { findVisible, readClosure } from './module-closure.js';
import { makeModel, type LoadedModule } from './loaded-module.js';
import { toRelative } from './paths.js';

export interface AdHocRequest {
  /** Repository root; paths are shown relative to it. */
  root: string;
  /** Where modules are looked for that are not beside the spec, relative to the root. */
  moduleFolders?: readonly string[];
  /** The module, absolute or relative to the working folder. */
  file: string;
  configFile?: string;
  constants: { name: string; value: string }[];
  invariants: string[];
  properties: string[];
}

/** The module and its one model, or the first problem. */
export async function adHocModule(request: AdHocRequest): Promise<LoadedModule> {
  const file = existing(request.file, '.tla', 'name a TLA+ module');
  const fileRel = toRelative(request.root, file);
  const closure = await readClosure(request.root, file, request.moduleFolders);
  const first = closure.problems[0];
  if (first !== undefined) throw first;
  const configFile =
    request.configFile === undefined ? undefined : existing(request.configFile, '.cfg', 'name a .cfg file');
  const text = configFile === undefined ? '' : readFileSync(configFile, 'utf8');
  const id = configFile === undefined ? `${fileRel} (command line)` : toRelative(request.root, configFile);
  let config = configFile === undefined ? emptyConfig() : parseConfig(text, id);
  for (const { name, value } of request.constants)
    config = withConstant(config, name, readGiven(name, value));
  for (const name of request.invariants) config = addInvariant(config, name);
  for (const name of request.properties) config = addProperty(config, name);
  config = withBehaviour(config, closure.outlines, fileRel);
  const changed =
    configFile === undefined ||
    request.constants.length + request.invariants.length + request.properties.length > 0 ||
    renderConfig(config) !== renderConfig(parseConfig(text, id));
  const declared = { path: id, result: 'success' as const };
  const module: LoadedModule = {
    name: basename(file, '.tla'),
    file,
    fileRel,
    declared: { path: fileRel, models: [declared] },
    claims: {},
    models: [],
    outlines: closure.outlines,
  };
  const source = { id, text: changed ? renderConfig(config) : text, config };
  module.models.push(makeModel(module, closure.files, declared, source));
  return module;
}

function existing(path: string, extension: string, hint: string): string {
  const file = resolve(path);
  if (!existsSync(file) || !statSync(file).isFile())
    throw new Problem('FILE-MISSING', `${path} does not exist`, hint);
  if (!file.endsWith(extension)) throw new Problem('FILE-KIND', `${path} is not a ${extension} file`, hint);
  return file;
}

/** The value as a configuration's parser reads it, in its one spelling. */
function readGiven(name: string, value: string): string {
  const given = `--constant ${name}=${value}`;
  const { config, problems } = readConfig(`CONSTANT ${name} = ${value}`, given);
  const [first] = problems;
  if (first !== undefined) {
    throw new Problem(first.code, first.message.replace(`${given}:1:`, `${given}:`), first.hint);
  }
  const only = config.constants[0];
  if (only === undefined || renderConfig(config) !== renderConfig({ ...emptyConfig(), constants: [only] })) {
    throw new Problem(
      'CFG-VALUE',
      `${given}: is not one value`,
      'write --constant N=2 or --constant "N={a, b}"',
    );
  }
  return only.value;
}

function withBehaviour(config: Config, outlines: LoadedModule['outlines'], file: string): Config {
  if (config.specification !== undefined || config.init !== undefined || config.next !== undefined)
    return config;
  const visible = findVisible(outlines);
  const names = new Set(visible.flatMap((o) => o.definitions.map((d) => d.name)));
  const at = (name: string): { name: string; line: number } => ({ name, line: 0 });
  if (names.has('Spec')) return { ...config, specification: at('Spec') };
  if (names.has('Init') && names.has('Next')) return { ...config, init: at('Init'), next: at('Next') };
  // Only ASSUMEs to check, and nothing is enabled: a module without variables needs no behaviour.
  if (visible.every((o) => o.variables.length === 0)) return config;
  const broken = visible.flatMap((o) => o.errors.map((e) => `${o.file}:${e.line}: ${e.message}`))[0];
  if (broken !== undefined) throw new Problem('SPEC-PARSE', broken, 'correct the module at this line');
  throw new Problem(
    'SPEC-BEHAVIOUR',
    `${file}: defines neither Spec nor Init and Next`,
    'name the behaviour in a configuration: --config X.cfg with SPECIFICATION or INIT and NEXT',
  );
}
