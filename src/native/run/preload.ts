/** Puts libraries into the environment of a program that is otherwise the user's own. Pure. */
import { basename } from 'node:path';

export interface Preload {
  /** `LD_PRELOAD`, `DYLD_INSERT_LIBRARIES`. */
  variable: string;
  value: string;
}

/** The variable that the platform's loader reads; `undefined` where there is none. */
export function preloadVariableOf(platform: NodeJS.Platform): string | undefined {
  if (platform === 'darwin') return 'DYLD_INSERT_LIBRARIES';
  return platform === 'win32' ? undefined : 'LD_PRELOAD';
}

/**
 * The libraries before those that the user preloads already; but a sanitizer's runtime comes first of all, since it
 * refuses to start behind another library.
 */
export function composePreload(
  libraries: readonly string[],
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
): Preload | undefined {
  const variable = preloadVariableOf(platform);
  if (variable === undefined) return undefined;
  // glibc splits at blanks and colons, dyld at colons.
  const separator = platform === 'darwin' ? ':' : /[ :]/;
  const before = (env[variable] ?? '').split(separator).filter((path) => path !== '');
  const all = [...libraries, ...before];
  const value = [...all.filter(isSanitizerRuntime), ...all.filter((path) => !isSanitizerRuntime(path))];
  return { variable, value: [...new Set(value)].join(':') };
}

function isSanitizerRuntime(path: string): boolean {
  return /^lib(?:asan|tsan|lsan|ubsan|hwasan|clang_rt\.\w+)[._-]/.test(basename(path));
}
