/**
 * The class data archive (AppCDS) of launcher and TLC: about a third off the start-up of a small model. Contract: made
 * by a run of TLC that must succeed, so that it also shows that java, jar and launcher work together.
 */
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exists, readTextIfThere, sha256Json, writeFileAtomic } from '../host/files.js';
import { runProcess } from '../host/processes.js';
import { withTempFolder } from '../host/temp-folders.js';
import { describeFailure, moveInto } from './launcher-build.js';
import { javaCommand, javaEnvironment, type Toolchain } from './launcher.js';

/** The first Java that writes an archive when a program ends. */
const OLDEST_WITH_ARCHIVE = 13;

/** Loads what most models load: sets, sequences, functions, records, an invariant and a liveness property. */
const TRAINING_MODULE = `---- MODULE Training ----
EXTENDS Naturals, Sequences, FiniteSets, TLC
CONSTANTS Threads, Limit
VARIABLES count, queue
vars == <<count, queue>>
Init == count = [t \\in Threads |-> 0] /\\ queue = << >>
Push(t) == /\\ count[t] < Limit
           /\\ Len(queue) < 2
           /\\ count' = [count EXCEPT ![t] = @ + 1]
           /\\ queue' = Append(queue, [by |-> t, at |-> "push"])
Pop == queue # << >> /\\ queue' = Tail(queue) /\\ UNCHANGED count
Rest == queue = << >> /\\ (\\A t \\in Threads : count[t] = Limit) /\\ UNCHANGED vars
Next == (\\E t \\in Threads : Push(t)) \\/ Pop \\/ Rest
Spec == Init /\\ [][Next]_vars /\\ WF_vars(Next)
TypeOK == count \\in [Threads -> 0..Limit] /\\ Cardinality(Threads) > 0
Ends == <>(queue = << >> /\\ \\A t \\in Threads : count[t] = Limit)
====
`;
const TRAINING_CONFIG = `CONSTANTS Threads = {a, b}
  Limit = 2
SPECIFICATION Spec
INVARIANT TypeOK
PROPERTY Ends
`;

export interface ArchiveResult {
  cds?: string;
  /** The launcher ran TLC to its end. */
  usable: boolean;
  note?: string;
}

/** The archive from the cache, made first where it is not there yet. What failed once is not tried again by itself. */
export async function buildArchive(
  toolchain: Toolchain,
  cache: string,
  options: { env: NodeJS.ProcessEnv; retry: boolean; look: boolean },
): Promise<ArchiveResult> {
  const { java, jar, launcher } = toolchain;
  // The JVM refuses an archive whose jars carry another date, be their content the same.
  const dates = await Promise.all(
    [jar.path, launcher?.jar ?? jar.path].map(async (p) => (await stat(p)).mtimeMs),
  );
  const key = sha256Json({ java, jar: jar.sha256, launcher, dates });
  const path = join(cache, 'archive', `${key}.jsa`);
  const failed = join(cache, 'archive', `${key}.failed`);
  const tried = join(cache, 'archive', `${key}.usable`);
  if (await exists(path)) return { cds: path, usable: true };
  if (!options.retry) {
    const note = await readTextIfThere(failed);
    if (note !== undefined) return { usable: false, note };
    const said = await readTextIfThere(tried);
    if (said !== undefined) return { usable: true, note: said };
  }
  if (options.look) return { usable: true, note: 'class archive: not made yet; the first run does it' };
  const result = await train(toolchain, path, options.env);
  if (result.cds === undefined) {
    await writeFileAtomic(result.usable ? tried : failed, result.note ?? '').catch(() => undefined);
  }
  return result;
}

async function train(toolchain: Toolchain, path: string, env: NodeJS.ProcessEnv): Promise<ArchiveResult> {
  return withTempFolder(async (folder) => {
    const tmpdir = join(folder, 'tmp');
    const archive = join(folder, 'tlc.jsa');
    await mkdir(tmpdir);
    await writeFile(join(folder, 'Training.tla'), TRAINING_MODULE);
    await writeFile(join(folder, 'Training.cfg'), TRAINING_CONFIG);
    const [program = '', ...flags] = javaCommand(toolchain, {
      profile: 'tiny',
      heapMb: 256,
      tmpdir,
      workers: 1,
    });
    const canArchive = toolchain.java.major >= OLDEST_WITH_ARCHIVE;
    const archiving = canArchive ? [`-XX:ArchiveClassesAtExit=${archive}`] : [];
    const result = await runProcess({
      command: [program, ...archiving, ...flags, '-tool', '-metadir', join(folder, 'meta'), 'Training.tla'],
      cwd: folder,
      env: javaEnvironment(env),
      timeoutSeconds: 60,
      keepStdin: true,
    });
    if (result.exit !== 0 || !result.stdout.includes('STARTMSG 2193:0')) {
      return { usable: false, note: `launcher: its trial run failed (${describeFailure(result)})` };
    }
    if (!canArchive)
      return { usable: true, note: `class archive: Java ${toolchain.java.major} cannot make one` };
    if (!(await exists(archive))) return { usable: true, note: 'class archive: this Java made none' };
    const unstored = await moveInto(archive, path);
    return unstored === undefined
      ? { cds: path, usable: true }
      : { usable: true, note: `class archive: ${unstored}` };
  });
}
