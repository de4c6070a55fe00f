/**
 * What the fix costs per call: nanoseconds of a protected call beside the unprotected one, both in one process and
 * in turns, uncontended and with 2, 4 and 8 threads on distinct and on shared encoders. Builds the preset, runs the
 * program several times, and prints medians. Ratio and difference are those within a process, so that a process which
 * found a slower machine counts for itself.
 *
 * Usage: npx tsx bench/guard-cost.ts [--runs N] [--preset P]
 *   --runs N    processes, each with a median of its own; default 3
 *   --preset P  default linux-gcc
 * Exit 1 when the uncontended cost is above 25 ns over the unprotected call, 2 when nothing could be measured.
 */
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { runProcess } from '../src/host/processes.js';
import { makeTempFolder, removeTempFolder } from '../src/host/temp-folders.js';
import { buildPreset } from '../src/native/build.js';
import { prepareLaunch } from '../src/native/injection.js';
import { isPreloadable, makeStage, stageFiles } from '../src/native/stage.js';

const allowedNanoseconds = 25;
const project = fileURLToPath(new URL('..', import.meta.url));

const caseSchema = z.object({
  case: z.string(),
  threads: z.number(),
  plain: z.number(),
  protected: z.number(),
});
const resultSchema = z.object({ cores: z.number(), mutex: z.number(), cases: z.array(caseSchema).min(1) });
type Result = z.infer<typeof resultSchema>;

const flag = (name: string): string | undefined => {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
};

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

async function measure(preset: string, runs: number, folder: string): Promise<Result[]> {
  const targets = ['bench', 'agx_fix'];
  let build = await buildPreset(project, 'native', preset, { logFolder: folder, targets });
  if (build.result.state !== 'built') throw new Error(`${preset}: ${build.result.reason}`);
  const stage = isPreloadable(build.folder) ? undefined : await makeStage();
  try {
    if (stage !== undefined) {
      const files = ['bench', 'libagx_fix.so'];
      build = { ...build, folder: await stageFiles(stage, preset, build.folder, files) };
    }
    const run = {
      preset,
      program: 'bench',
      args: [],
      inject: ['libagx_fix.so'],
      env: {},
      expect: { exit: 0 },
    };
    const launch = await prepareLaunch(run, build, process.env);
    if ('obstacle' in launch) throw new Error(launch.obstacle);
    const results: Result[] = [];
    for (let i = 0; i < runs; i++) {
      const ran = await runProcess({ ...launch, keepStdin: false, timeoutSeconds: 300 });
      if (ran.exit !== 0) throw new Error(`bench ended with ${ran.exit ?? ran.signal ?? ''}: ${ran.stderr}`);
      results.push(resultSchema.parse(JSON.parse(ran.stdout)));
    }
    return results;
  } finally {
    if (stage !== undefined) await removeTempFolder(stage);
  }
}

function printTable(results: Result[]): number {
  const first = results[0];
  if (first === undefined) throw new Error('no runs');
  let uncontended = 0;
  console.log('                        ns per call   unprotected  protected   ratio   over');
  first.cases.forEach((row, place) => {
    const measured = results.flatMap((result) => result.cases[place] ?? []);
    const over = median(measured.map((one) => one.protected - one.plain));
    if (row.case === 'uncontended') uncontended = over;
    const name = `${row.case}, ${row.threads} thread${row.threads === 1 ? '' : 's'}`;
    const figures = [
      median(measured.map((one) => one.plain)),
      median(measured.map((one) => one.protected)),
      median(measured.map((one) => one.protected / one.plain)),
      over,
    ];
    console.log(`${name.padEnd(36)}${figures.map((n) => n.toFixed(2).padStart(10)).join('')}`);
  });
  const mutex = median(results.map((result) => result.mutex));
  console.log(
    `of the ${uncontended.toFixed(1)} ns over the unprotected call, ${mutex.toFixed(1)} ns are one trylock and unlock of a mutex;`,
    'the rest is the look-up of the encoder and of the original, the record of calls in flight, and one more call',
  );
  console.log(
    `${first.cores} cores, load ${loadavg()[0]?.toFixed(1) ?? '?'}; one thread: processor time, several: wall-clock time over all calls;`,
    `medians of ${results.length} process${results.length === 1 ? '' : 'es'}`,
  );
  return uncontended;
}

function readRuns(): number {
  const runs = Number(flag('--runs') ?? 3);
  if (!Number.isInteger(runs) || runs < 1) throw new Error('--runs takes a whole number from 1 on');
  return runs;
}

async function main(): Promise<void> {
  const runs = readRuns();
  const folder = await makeTempFolder();
  try {
    const results = await measure(flag('--preset') ?? 'linux-gcc', runs, folder);
    const over = printTable(results);
    if (over > allowedNanoseconds) {
      console.log(`above the ${allowedNanoseconds} ns that are allowed`);
      process.exitCode = 1;
    }
  } finally {
    await removeTempFolder(folder);
  }
}

await main().catch((problem: unknown) => {
  console.error(`error: ${problem instanceof Error ? problem.message : String(problem)}`);
  process.exitCode = 2;
});
