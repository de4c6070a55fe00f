/**
 * `npm run verify`, cold and warm, beside the same engine runs made one after another with plain
 * `java -XX:+UseParallelGC -cp JAR tlc2.TLC`. Both in one run of this script, on a fresh clone; every plain run must show
 * the outcome and the counts that verify recorded, or the comparison is void and the script fails.
 *
 * Usage: npx tsx bench/verify-against-plain.ts [--warm N] [--module M]
 *   --warm N    warm runs, median reported; default 3
 *   --module M  `workbench check M` instead of the whole verify; minutes instead of half an hour
 */
import { copyFile, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Outcome } from '../src/domain/outcome.js';
import type { ModelRun, RunRecord } from '../src/domain/run-record.js';
import { foldReading } from '../src/engine/reading.js';
import { prepareToolchain } from '../src/engine/toolchain.js';
import { runProcess } from '../src/host/processes.js';
import { canonicalJson } from '../src/host/files.js';

const project = fileURLToPath(new URL('..', import.meta.url));

const flag = (name: string): string | undefined => {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
};

/**
 * What two runs of the same work agree in. TLC looks for violated temporal properties from time to time while it
 * explores, so the states seen by then vary with the machine's speed: there only the outcome is compared.
 */
function comparable(outcome: Outcome, distinct: number | undefined): string {
  const varies = outcome.kind === 'Violated' && outcome.of === 'temporal property';
  return canonicalJson([outcome, varies ? 'varies' : (distinct ?? 0)]);
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

async function timed(
  command: string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<{ seconds: number; exit: number | null }> {
  const result = await runProcess({ command, cwd, env, keepStdin: false, timeoutSeconds: 1800 });
  return { seconds: result.milliseconds / 1000, exit: result.exit };
}

async function newestRecord(root: string): Promise<RunRecord> {
  const ids = (await readdir(join(root, 'runs'))).filter((name) => /^\d{8}T/.test(name)).sort();
  return JSON.parse(await readFile(join(root, 'runs', ids.at(-1) ?? '', 'run.json'), 'utf8')) as RunRecord;
}

/** Makes one recorded run again, plainly; throws where it shows anything else. */
async function repeatPlainly(
  run: ModelRun,
  record: RunRecord,
  root: string,
  java: string,
  jar: string,
): Promise<number> {
  const attempt = run.attempts.at(-1);
  if (!attempt) return 0;
  const folder = await mkdtemp(join(tmpdir(), 'wb-bench-'));
  try {
    for (const { path } of run.closure) await copyFile(join(root, path), join(folder, basename(path)));
    const config = join(root, 'runs', record.id, attempt.log.replace(/\.log$/, '.cfg'));
    await copyFile(config, join(folder, `${run.module}.cfg`));
    const result = await runProcess({
      command: [
        java,
        '-XX:+UseParallelGC',
        '-cp',
        jar,
        'tlc2.TLC',
        '-tool',
        '-workers',
        '1',
        '-fp',
        '0',
        run.module,
      ],
      cwd: folder,
      env: process.env,
      keepStdin: true,
      timeoutSeconds: 900,
    });
    const reading = foldReading({
      stdout: result.stdout,
      stderr: result.stderr,
      exit: result.exit,
      signal: result.signal,
      timedOut: false,
      interrupted: false,
      assumeOnly: false,
      simulate: false,
      enabledProperties: run.enabled.properties,
    });
    const before = comparable(attempt.reading.outcome, attempt.reading.counts.distinct);
    const now = comparable(reading.outcome, reading.counts.distinct);
    if (before !== now)
      throw new Error(`${run.model}: recorded ${before}, plain run ${now}: not the same work`);
    return result.milliseconds / 1000;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  const warmRuns = Number(flag('--warm') ?? 3);
  const module = flag('--module');
  const work = module === undefined ? 'npm run verify' : `npm run workbench -- check ${module}`;
  const command =
    module === undefined
      ? 'npm run --silent verify'
      : `sh ./setup.sh && npm run --silent workbench -- check ${module}`;
  const root = await mkdtemp(join(tmpdir(), 'wb-bench-clone-'));
  const cache = await mkdtemp(join(tmpdir(), 'wb-bench-cache-'));
  const env = { ...process.env, XDG_CACHE_HOME: cache };
  try {
    await timed(['git', 'clone', '--quiet', project, root], tmpdir(), process.env);
    const cold = await timed(['sh', '-c', command], root, env);
    const warm: number[] = [];
    for (let i = 0; i < warmRuns; i++) warm.push((await timed(['sh', '-c', command], root, env)).seconds);
    const record = await newestRecord(root);
    const toolchain = await prepareToolchain({ env });
    const runs = record.models.filter((run) => run.purpose.kind !== 'probe');
    let declared = 0;
    let all = 0;
    for (const run of runs) {
      const seconds = await repeatPlainly(run, record, root, toolchain.java.path, toolchain.jar.path);
      all += seconds;
      if (run.purpose.kind === 'declared') declared += seconds;
    }
    const engine = runs.reduce((sum, run) => sum + (run.attempts.at(-1)?.milliseconds ?? 0) / 1000, 0);
    const rows: [string, number][] = [
      [`${work}, cold (fresh clone, empty cache, set-up included)`, cold.seconds],
      [`${work}, warm (median of ${warmRuns})`, median(warm)],
      [`plain TLC, the same ${runs.length} runs one after another`, all],
      ['plain TLC, only the runs of the .cfg files as they are', declared],
      ['sum of engine time inside the last warm run', engine],
    ];
    for (const [name, seconds] of rows) console.log(`${seconds.toFixed(1).padStart(8)} s  ${name}`);
    console.log(`   ratio   plain / warm: ${(all / median(warm)).toFixed(2)}; exit ${cold.exit ?? 'none'}`);
    console.log('every plain run showed the recorded outcome and distinct states');
  } finally {
    await rm(root, { recursive: true, force: true });
    await rm(cache, { recursive: true, force: true });
  }
}

await main();
