/** A throw-away repository with one small spec, and the real program started in it. */
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { commandLineOf, findRunning } from '../host/running.js';

/** The built program: what users start. `npm test` builds it first. */
export const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

export const LOCKS = `---- MODULE Locks ----
EXTENDS Naturals
CONSTANTS Threads, Rounds, UseLock
VARIABLES pc, rounds, inside
vars == <<pc, rounds, inside>>
Init == pc = [t \\in Threads |-> "idle"] /\\ rounds = 0 /\\ inside = {}
Enter(t) == /\\ pc[t] = "idle"
            /\\ UseLock => inside = {}
            /\\ pc' = [pc EXCEPT ![t] = "in"]
            /\\ inside' = inside \\cup {t}
            /\\ UNCHANGED rounds
Leave(t) == /\\ pc[t] = "in"
            /\\ pc' = [pc EXCEPT ![t] = "idle"]
            /\\ inside' = inside \\ {t}
            /\\ rounds' = (rounds + 1) % Rounds
Next == \\E t \\in Threads : Enter(t) \\/ Leave(t)
Spec == Init /\\ [][Next]_vars /\\ WF_vars(Next)
TypeOK == rounds \\in 0..Rounds
Exclusion == /\\ inside \\subseteq Threads
             /\\ \\A t, u \\in Threads : (pc[t] = "in" /\\ pc[u] = "in") => t = u
Yes == TRUE
Progress == <>(rounds = 1)
View == 0
====
`;

export const GOOD = `SPECIFICATION Spec
CONSTANTS
  Threads = {t1, t2}
  Rounds = 3
  UseLock = TRUE
INVARIANTS TypeOK Exclusion
PROPERTY Progress
`;

export const NO_LOCK = `SPECIFICATION Spec
CONSTANTS
  Threads = {t1, t2}
  Rounds = 3
  UseLock = FALSE
INVARIANT Exclusion
`;

/** As plain data, so that a test can spoil it in one place. */
export function locksManifest() {
  const good: Record<string, unknown> = { checks: ['TypeOK', 'Exclusion', 'Progress'] };
  const control: Record<string, unknown> = {
    checks: ['Exclusion'],
    violates: 'Exclusion',
    alsoViolates: [],
    variantOf: 'specs/Locks/good.cfg',
    differsIn: ['UseLock'],
  };
  const models: Record<string, unknown>[] = [
    { path: 'specs/Locks/good.cfg', mode: 'exhaustive search', result: 'success', workbench: good },
    { path: 'specs/Locks/no-lock.cfg', result: 'safety failure', workbench: control },
  ];
  const claims: Record<string, Record<string, unknown>> = {
    TypeOK: { statement: 'the counter stays in range', kind: 'invariant', auxiliary: true },
    Exclusion: { statement: 'at most one thread is inside', kind: 'invariant' },
    Progress: { statement: 'a round is finished', kind: 'property' },
  };
  const module = { path: 'specs/Locks/Locks.tla', features: [], models, workbench: { claims } };
  return { sources: [], authors: ['the tests'], tags: [], modules: [module] };
}

export interface Result {
  exit: number | undefined;
  stdout: string;
  stderr: string;
}

export class Workspace {
  constructor(readonly root: string) {}

  async write(path: string, text: string): Promise<void> {
    const file = join(this.root, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, { mode: path.endsWith('.sh') || path.includes('bin/') ? 0o755 : 0o644 });
  }

  async edit(path: string, change: (text: string) => string): Promise<void> {
    const file = join(this.root, path);
    const before = await readFile(file, 'utf8');
    const after = change(before);
    if (after === before) throw new Error(`${path}: the edit changes nothing`);
    await writeFile(file, after);
  }

  /** Starts the program; never throws for what it does. */
  async run(args: string[], env: Record<string, string | undefined> = {}): Promise<Result> {
    const started = execa(process.execPath, [CLI, ...args], {
      cwd: this.root,
      // Without results of other tests: what a test sees is what was run for it.
      env: { TLA_WORKBENCH_CACHE_MB: '0', ...env },
      reject: false,
      stdin: 'ignore',
    });
    const result = await started;
    // Every process the program starts works in a private folder that names its owner.
    const left = findRunning(`tla-workbench-`).filter((pid) =>
      commandLineOf(pid).includes(`-${started.pid ?? 0}-`),
    );
    if (left.length > 0) throw new Error(`processes left behind: ${left.join(', ')}`);
    return { exit: result.exitCode, stdout: result.stdout, stderr: result.stderr };
  }

  /** Folders of the runs recorded here. */
  async runs(): Promise<string[]> {
    return readdir(join(this.root, 'runs')).catch(() => []);
  }

  async remove(): Promise<void> {
    await rm(this.root, { recursive: true, force: true });
  }
}

/** @param name last part of the folder's name; may hold blanks and umlauts */
export async function makeWorkspace(name = 'repository'): Promise<Workspace> {
  const workspace = new Workspace(join(await mkdtemp(join(tmpdir(), 'wb-e2e-')), name));
  await workspace.write('workbench.json', '{}\n');
  await workspace.write('specs/Locks/Locks.tla', LOCKS);
  await workspace.write('specs/Locks/good.cfg', GOOD);
  await workspace.write('specs/Locks/no-lock.cfg', NO_LOCK);
  await workspace.write('specs/Locks/manifest.json', JSON.stringify(locksManifest(), null, 2));
  return workspace;
}

/** A copy of the project itself without what is built or recorded, for tests that change it. */
export async function copyProject(folders: string[]): Promise<Workspace> {
  const workspace = new Workspace(await mkdtemp(join(tmpdir(), 'wb-project-')));
  const project = fileURLToPath(new URL('../../', import.meta.url));
  for (const folder of folders)
    await cp(join(project, folder), join(workspace.root, folder), { recursive: true });
  return workspace;
}
