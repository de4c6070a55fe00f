/**
 * Checks what signal handlers and fork handlers can reach, from the sources alone. Contract: passed only when at least
 * one handler was found, every file compiled, and all that is reached is on the list; a missing tool is "not run".
 */
import { join } from 'node:path';
import type { HandlerFault, ReachabilityConfig, ReachabilityResult } from '../../domain/reachability.js';
import { sha256File } from '../../host/files.js';
import { toolEnvironment } from '../toolchain.js';
import { readAllowList } from './allow-list.js';
import { compileAll, findClang, listSources, type Compiled } from './compile.js';
import { readNames } from './function-names.js';
import type { HandlerCheck } from './handler-check.js';
import { handlerKey, keepHandlers, recallHandlers, type HandlerMemory } from './handler-memory.js';
import { makeSourceMap } from './ir-places.js';
import type { IrModule } from './ir-module.js';

export interface ReachabilityOptions {
  env?: NodeJS.ProcessEnv;
  /** Where earlier checks are kept; absent: the check is made. */
  memory?: HandlerMemory;
}

/** Throws a Problem where the list, a file or a folder that workbench.json names is not there. */
export async function checkReachability(
  root: string,
  config: ReachabilityConfig & { allowed: string },
  options: ReachabilityOptions = {},
): Promise<ReachabilityResult> {
  const startedAt = performance.now();
  const since = (options.memory?.now ?? Date.now)();
  const env = toolEnvironment(options.env);
  const allowed = await readAllowList(root, config.allowed);
  const files = await listSources(root, config.files);
  const result: ReachabilityResult = {
    state: 'not run',
    reason: '',
    compiler: '',
    files: await Promise.all(
      files.map(async (path) => ({ path, sha256: await sha256File(join(root, path)) })),
    ),
    handlers: [],
    without: 0,
    faults: [],
    milliseconds: 0,
  };
  const { memory } = options;
  const key = memory && (await handlerKey({ root, config, files: result.files, env }));
  const known = memory && key !== undefined ? recallHandlers(key, root, memory) : undefined;
  if (known !== undefined) return known;
  // Loaded where there is something to analyse.
  const { byPlace, checkHandlers } = await import('./handler-check.js');
  const { makeResolver } = await import('./pointer-values.js');
  const { joinModules } = await import('./program.js');
  const { findRegistrations } = await import('./registrations.js');
  const compiler = await findClang(env);
  if ('missing' in compiler) return { ...result, reason: compiler.missing };
  const compiled = await compileAll(root, files, config.flags ?? [], compiler, env);
  const modules = compiled.flatMap((one) => ('module' in one ? [one.module] : []));
  const program = joinModules(modules);
  const resolver = makeResolver(program);
  const check = checkHandlers({
    program,
    resolver,
    registrations: findRegistrations(program, resolver),
    allowed,
    names: await readNames(modules.flatMap(symbolsOf), env),
    sources: makeSourceMap(root),
  });
  const broken = describeBroken(compiled);
  const faults = [
    ...broken.map(({ fault }) => fault),
    ...check.faults,
    ...nothingFound(config, check, broken.length),
  ];
  faults.sort(byPlace);
  const isOpen = faults.length > 0 && faults.every((f) => broken.some((b) => b.fault === f && b.isMissing));
  const made: ReachabilityResult = {
    ...result,
    ...check,
    compiler: compiler.version,
    faults,
    state: faults.length === 0 ? 'passed' : isOpen ? 'not run' : 'failed',
    reason: summarise(check, faults, isOpen),
    milliseconds: Math.round(performance.now() - startedAt),
  };
  const read = compiled.flatMap((one) => ('module' in one ? one.read : []));
  if (memory && key !== undefined) keepHandlers(key, root, made, [...read, config.allowed], since, memory);
  return made;
}

function symbolsOf(module: IrModule): string[] {
  return [...module.functions.map((f) => f.name), ...module.declared.keys(), ...module.globals.keys()];
}

/** An error in a header is said once, with the number of files that it breaks. */
function describeBroken(compiled: readonly Compiled[]): { fault: HandlerFault; isMissing: boolean }[] {
  const broken = compiled.flatMap((one) => ('error' in one ? [one] : []));
  const groups = new Map<string, typeof broken>();
  for (const one of broken) {
    const key = `${one.error.path}:${one.error.line}: ${one.error.text}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first, ...rest] = group;
    if (first === undefined) return [];
    const own = first.file === first.error.path ? 'does' : `${first.file} does`;
    const who = rest.length === 0 ? own : `${first.file} and ${rest.length} more do`;
    const fault: HandlerFault = {
      path: first.error.path,
      line: first.error.line,
      kind: 'does not compile',
      message: `${who} not compile: ${first.error.text}`,
      hint: first.isMissing
        ? 'install what brings this header, or add its folder to native.reachability.flags'
        : 'correct it, or give the flags it needs in native.reachability.flags; its handlers were not looked at',
      trail: [],
    };
    return [{ fault, isMissing: first.isMissing }];
  });
}

/** Naming files and finding no handler in them is more likely a mistake than a wish. */
function nothingFound(config: ReachabilityConfig, check: HandlerCheck, broken: number): HandlerFault[] {
  if (check.handlers.length > 0 || check.faults.length > 0 || broken > 0) return [];
  const without = check.without === 0 ? '' : ` (${check.without} registrations, none with a handler)`;
  const message = `nothing to check: no signal handler and no fork handler is registered in ${config.files.join(', ')}${without}`;
  const hint = 'name the files that register handlers, or remove native.reachability';
  return [{ path: 'workbench.json', line: 1, kind: 'nothing to check', message, hint, trail: [] }];
}

function summarise(check: HandlerCheck, faults: readonly HandlerFault[], isOpen: boolean): string {
  const { length } = check.handlers;
  const handlers = `${length} handler${length === 1 ? '' : 's'}`;
  const [first] = faults;
  if (first === undefined) return `${handlers} reach only what is listed as async-signal-safe`;
  if (isOpen) return first.message;
  return faults.length === 1 ? `1 fault in ${handlers}` : `${faults.length} faults in ${handlers}`;
}
