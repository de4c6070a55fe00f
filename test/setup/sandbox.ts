/**
 * A small checkout in which setup.sh runs for real with a PATH of our own: what is not linked there is missing. npm,
 * apt-get and id are stand-ins that note how they were called; the compiler and node are the real ones.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
const BASIC =
  'sh bash cat cksum chmod cp date dirname find flock ls mkdir mv node rm sed sleep sort tr uname'.split(' ');
const TOOLS = 'java javac mvn g++ clang-19 ld.lld-19 llvm-objdump-19 cmake ninja'.split(' ');

export interface Sandbox {
  root: string;
  run: (options?: { env?: NodeJS.ProcessEnv; args?: string[] }) => Promise<Ended>;
  start: () => ChildProcess;
  /** Calls of the stand-ins so far, one per line. */
  calls: () => string;
  /** Makes a program available, as a script of our own. */
  provide: (name: string, script: string) => void;
  remove: (name: string) => void;
  has: (path: string) => boolean;
}

export interface Ended {
  exit: number | null;
  stdout: string;
  stderr: string;
  milliseconds: number;
}

/** `doctor --prepare` of the small checkout: lists two files that are there. */
const CLI = `import { fileURLToPath } from 'node:url';
console.log(process.execPath);
console.log(fileURLToPath(new URL('../package.json', import.meta.url)));
`;

/** Loads next to nothing of the library: the compiler is done in a third of the time. */
const BUILD = `{
  "compilerOptions": { "module": "NodeNext", "target": "ES2022", "rootDir": "src", "types": [], "lib": ["ES5"] },
  "include": ["src"]
}
`;

/** Puts the repository's own packages in place. */
export const NPM = `echo "npm $*" >>"$CALLS"; rm -f node_modules; sleep 0.3; ln -s "${REPOSITORY}/node_modules" node_modules`;

/** Refuses to install clang-19, alone or with others, as apt-get does with a package that conflicts. */
const APT = `echo "apt-get $*" >>"$CALLS"
case "$*" in *install*clang-19*) exit 100 ;; esac`;

/** Makes a checkout whose folder name has blanks and umlauts. */
export async function makeSandbox(): Promise<Sandbox> {
  const root = await mkdtemp(join(tmpdir(), 'sët up '));
  const bin = join(root, 'bin');
  const log = join(root, 'calls.log');
  for (const folder of ['bin', 'src', 'launcher']) mkdirSync(join(root, folder));
  for (const file of [
    'setup.sh',
    'build.sh',
    'bundle.js',
    'package.json',
    'package-lock.json',
    '.npmrc',
    'tsconfig.json',
  ]) {
    cpSync(join(REPOSITORY, file), join(root, file));
  }
  cpSync(join(REPOSITORY, 'launcher'), join(root, 'launcher'), { recursive: true });
  writeFileSync(join(root, 'src', 'cli.ts'), CLI);
  writeFileSync(join(root, 'tsconfig.build.json'), BUILD);
  writeFileSync(log, '');

  const provide = (name: string, script: string): void => {
    execFileSync('rm', ['-f', join(bin, name)]);
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  };
  for (const name of BASIC) {
    const path = execFileSync('sh', ['-c', `command -v ${name}`])
      .toString()
      .trim();
    symlinkSync(path, join(bin, name));
  }
  for (const name of TOOLS) provide(name, 'exit 0');
  provide('g++', 'echo /usr/lib/cc1objplus');
  provide('id', 'echo 1000');
  provide('sudo', 'echo "sudo $*" >>"$CALLS"');
  provide('apt-get', APT);
  provide('apt-cache', '[ "$2" != clang-19 ]');
  provide('npm', NPM);
  symlinkSync(execFileSync('sh', ['-c', 'command -v ln']).toString().trim(), join(bin, 'ln'));

  const start = (env: NodeJS.ProcessEnv = {}, args: string[] = []): ChildProcess =>
    spawn('sh', [join(root, 'setup.sh'), ...args], {
      cwd: tmpdir(),
      env: { PATH: bin, HOME: root, CALLS: log, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
  const run = (options: { env?: NodeJS.ProcessEnv; args?: string[] } = {}): Promise<Ended> => {
    const startedAt = performance.now();
    const child = start(options.env, options.args);
    const ended: Ended = { exit: null, stdout: '', stderr: '', milliseconds: 0 };
    child.stdout?.on('data', (chunk: Buffer) => (ended.stdout += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (ended.stderr += chunk.toString()));
    return new Promise((resolve) =>
      child.once('close', (exit) => {
        resolve({ ...ended, exit, milliseconds: performance.now() - startedAt });
      }),
    );
  };
  return {
    root,
    run,
    start: () => start(),
    calls: () => readFileSync(log, 'utf8'),
    provide,
    remove: (name) => execFileSync('rm', ['-f', join(bin, name)]),
    has: (path) => existsSync(join(root, path)),
  };
}
