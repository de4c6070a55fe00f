/**
 * Looks for what a preset needs before anything is built: cmake, ninja, the compilers, the Objective-C++ front end and
 * the sanitizer's library. What is missing makes a build "not run", which is never a failure of the code and no pass.
 */
import { access, constants, readFile } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import { runProcess } from '../host/processes.js';
import { readElfNeeded } from './inspect/elf.js';
import type { NativePreset } from './presets.js';

/** Packages by the program that is missing: Debian's, then Homebrew's. */
const packages: Record<string, string> = {
  cmake: 'cmake, in both Debian and Homebrew',
  ninja: "Debian's ninja-build, Homebrew's ninja",
  make: "Debian's make, Apple's command line tools",
  'g++': "Debian's g++ and gobjc++",
  'objc/runtime.h': "Debian's gobjc++",
  'clang++-19': "Debian's clang-19, Homebrew's llvm@19",
  'ld64.lld-19': "Debian's lld-19, Homebrew's lld@19",
};

/** One line for a program that is missing, with the package that has it where that is known. */
export function describeMissing(program: string): string {
  const known =
    packages[program] ?? (/^llvm-.*-19$/.test(program) ? "Debian's llvm-19, Homebrew's llvm@19" : '');
  return `${program} is not installed${known === '' ? '' : `: install ${known}`}`;
}

/** What `npm run` and `npx` put before a PATH; no compiler is found there, and results would be known by it. */
const NPM_FOLDER = /[\\/](node_modules[\\/]\.bin|node-gyp-bin)[\\/]?$/;

/**
 * Environment of every native tool: nothing of the user's that changes what is built, messages in English; the same
 * whether npm starts the workbench or a shell does.
 */
export function toolEnvironment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const kept = ['PATH', 'HOME', 'TMPDIR', 'SDKROOT', 'DEVELOPER_DIR', 'SystemRoot'];
  const result: NodeJS.ProcessEnv = { LC_ALL: 'C.UTF-8' };
  for (const name of kept) if (env[name] !== undefined) result[name] = env[name];
  const path = result.PATH?.split(delimiter).filter((folder) => !NPM_FOLDER.test(folder));
  return path === undefined ? result : { ...result, PATH: path.join(delimiter) };
}

/** Full path of a program, or undefined where PATH has none. */
export async function findProgram(name: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const places = isAbsolute(name) ? [name] : (env.PATH ?? '').split(delimiter).map((dir) => join(dir, name));
  for (const place of places) {
    const found = await access(place, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found && isAbsolute(place)) return place;
  }
  return undefined;
}

/** Whether a preset builds with a sanitizer, and which one: `address`, `thread`, or none. */
export function sanitizerOf(preset: NativePreset): string | undefined {
  for (const [name, value] of Object.entries(preset.variables)) {
    if (/SANITIZE/i.test(name) && value !== '') return /address|thread|undefined/.exec(value)?.[0];
    const flag = /-fsanitize=(\w+)/.exec(value)?.[1];
    if (flag !== undefined) return flag;
  }
  return undefined;
}

const runtimes: Record<string, string> = { address: 'libasan.so', thread: 'libtsan.so' };

/** The sanitizer whose library one of these ELF files asks for, whatever the preset calls it. */
export async function linkedSanitizer(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    const needed = readElfNeeded(await readFile(path).catch(() => Buffer.alloc(0)));
    const found = Object.entries(runtimes).find(([, library]) =>
      needed.some((name) => name.startsWith(`${library}.`)),
    );
    if (found !== undefined) return found[0];
  }
  return undefined;
}

/** The C++ compiler a preset names, or the one CMake looks for first. */
export function compilerOf(preset: NativePreset): string {
  return preset.variables.CMAKE_CXX_COMPILER ?? 'c++';
}

/** Whether a compiler is GCC; `c++` and `cc` may be anything. */
export async function isGnu(compiler: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  return /Free Software Foundation/.test((await ask([compiler, '--version'], env)) ?? '');
}

/** Full path of a sanitizer's runtime library for LD_PRELOAD, or undefined where the compiler has none. */
export async function findSanitizerRuntime(
  compiler: string,
  sanitizer: string,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const library = runtimes[sanitizer];
  if (library === undefined) return undefined;
  const printed = await ask([compiler, `-print-file-name=${library}`], env);
  return printed !== undefined && isAbsolute(printed) ? printed : undefined;
}

async function ask(command: string[], env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const result = await runProcess({ command, cwd: '/', env, keepStdin: false, timeoutSeconds: 20 });
  return result.exit === 0 ? result.stdout.trim() : undefined;
}

/** The program that builds for a preset's generator; none where it is another's business, as with Xcode. */
function builderOf({ generator = 'Unix Makefiles' }: NativePreset): string[] {
  if (generator.startsWith('Ninja')) return ['ninja'];
  return generator === 'Unix Makefiles' ? ['make'] : [];
}

/** One line that says what is missing for a preset; undefined when nothing is. */
export async function findMissingTool(
  preset: NativePreset,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  if (!preset.forThisSystem) return `preset ${preset.name} is not for this system (${process.platform})`;
  for (const program of ['cmake', ...builderOf(preset)]) {
    if ((await findProgram(program, env)) === undefined) return describeMissing(program);
  }
  for (const name of ['CMAKE_C_COMPILER', 'CMAKE_CXX_COMPILER', 'CMAKE_OBJCXX_COMPILER']) {
    const compiler = preset.variables[name];
    if (compiler === undefined) continue;
    if ((await findProgram(compiler, env)) === undefined) return `the compiler ${describeMissing(compiler)}`;
  }
  // Where there is none for C++, one for C may be all that a project needs: CMake says so if it is not.
  const candidates = [compilerOf(preset), 'g++', 'clang++', 'cc', 'gcc', 'clang'];
  const found = await Promise.all(candidates.map((name) => findProgram(name, env)));
  const compiler = found.find((path) => path !== undefined);
  if (compiler === undefined) return `there is no C++ compiler: ${describeMissing('g++')}`;
  const sanitizer = sanitizerOf(preset);
  if (sanitizer !== undefined && runtimes[sanitizer] !== undefined && (await isGnu(compiler, env))) {
    const runtime = await findSanitizerRuntime(compiler, sanitizer, env);
    if (runtime === undefined)
      return `the ${sanitizer} sanitizer's library ${runtimes[sanitizer]} is missing`;
  }
  return undefined;
}
