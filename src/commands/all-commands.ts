/**
 * Every command of the program, in the order in which help lists them. Contract: a command's code is loaded only when it is
 * asked for; reading all of them takes longer than most of them run.
 */
import type { WorkbenchCommand } from './command.js';

const LOADERS: Record<string, () => Promise<WorkbenchCommand>> = {
  verify: async () => (await import('./verify.js')).verify,
  check: async () => (await import('./check.js')).check,
  coverage: async () => (await import('./coverage.js')).coverage,
  build: async () => (await import('./build.js')).build,
  gate: async () => (await import('./gate.js')).gate,
  report: async () => (await import('./report.js')).report,
  run: async () => (await import('./run.js')).run,
  runs: async () => (await import('./runs.js')).runs,
  init: async () => (await import('./init.js')).init,
  doctor: async () => (await import('./doctor.js')).doctor,
};

/** The command of this name alone; all of them where there is none of this name. */
export async function loadCommands(name = ''): Promise<WorkbenchCommand[]> {
  const load = Object.hasOwn(LOADERS, name) ? LOADERS[name] : undefined;
  return Promise.all(load === undefined ? Object.values(LOADERS).map((each) => each()) : [load()]);
}
