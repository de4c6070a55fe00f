/**
 * The HTML report of a run of 200 models: how long `workbench report --format html` takes, and how large the file is.
 * The run is the newest complete record under runs/, its models repeated under other names up to 200; the file must
 * name every claim and every model, or the measurement is void and the script fails.
 *
 * Usage: npx tsx bench/report-html.ts [--run ID] [--times N] [--keep FILE]
 *   --run PATH   a run's folder; default: the newest under runs/ with more than 100 models
 *   --times N    runs, median and best reported; default 5
 *   --keep FILE  leave the file there
 */
import { cp, copyFile, mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ModelRun, RunRecord } from '../src/domain/run-record.js';
import { runProcess } from '../src/host/processes.js';
import { idOf } from '../src/report/html/anchors.js';
import { listRunIds, readRunFile, runsFolder, writeRecord } from '../src/store/records.js';

const project = fileURLToPath(new URL('..', import.meta.url));
const cli = join(project, 'dist', 'cli.js');
const MODELS = 200;
const LIMIT_SECONDS = 2;
const LIMIT_BYTES = 5_000_000;

const flag = (name: string): string | undefined => {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
};

const modelsOf = (runs: readonly ModelRun[]): string[] => [...new Set(runs.map((run) => run.model))];

async function findRun(): Promise<{ record: RunRecord; folder: string }> {
  const ids = (await listRunIds(project)).reverse().map((id) => join(runsFolder(project), id));
  const wanted = flag('--run');
  for (const folder of wanted === undefined ? ids : [resolve(wanted)]) {
    const stored = await readRunFile(join(folder, 'run.json'), folder);
    if (stored.state !== 'sound') continue;
    if (wanted !== undefined || modelsOf(stored.record.models).length > 100)
      return { record: stored.record, folder };
  }
  throw new Error('no record of more than 100 models under runs/: run `npm run verify`');
}

/** The record with exactly 200 models: as many as are missing again, under names of their own. */
function enlarge(record: RunRecord): RunRecord {
  const models = modelsOf(record.models);
  const runs = record.models.filter((run) => models.indexOf(run.model) < MODELS);
  for (let i = models.length; i < MODELS; i += 1) {
    const model = models[i % models.length];
    const again = record.models.filter((run) => run.model === model);
    runs.push(...again.map((run) => ({ ...run, model: run.model.replace(/(\.cfg)?$/, `-again-${i}$1`) })));
  }
  return { ...record, models: runs };
}

async function main(): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'wb-bench-html-'));
  try {
    const found = await findRun();
    const record = enlarge(found.record);
    const folder = join(root, 'runs', record.id);
    await mkdir(folder, { recursive: true });
    await cp(join(project, 'workbench.json'), join(root, 'workbench.json'));
    for (const part of ['specs', 'native'])
      await cp(join(project, part), join(root, part), { recursive: true });
    await cp(found.folder, folder, { recursive: true });
    await writeRecord(root, record);
    const output = join(root, 'report.html');
    const seconds: number[] = [];
    for (let i = 0; i < Number(flag('--times') ?? 5); i += 1) {
      const { exit, stderr, milliseconds } = await runProcess({
        command: [process.execPath, cli, 'report', record.id, '--format', 'html', '--output', output],
        cwd: root,
        env: process.env,
        keepStdin: false,
        timeoutSeconds: 120,
      });
      if (exit !== 0) throw new Error(`report: exit ${exit ?? 'none'}\n${stderr}`);
      seconds.push(milliseconds / 1000);
    }
    const html = await readFile(output, 'utf8');
    for (const model of modelsOf(record.models))
      if (!html.includes(`id="${idOf('model', model)}"`))
        throw new Error(`${model} is not in the report: void`);
    for (const claim of record.claims)
      if (!html.includes(`id="${idOf('claim', claim.id)}"`))
        throw new Error(`${claim.id} is not in it: void`);
    const sorted = seconds.sort((a, b) => a - b);
    const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
    const { size } = await stat(output);
    const graphs = record.models.filter((run) => run.graph !== undefined).length;
    const rows: [string, string][] = [
      [
        `${median.toFixed(2)} s`,
        `the whole command, median of ${seconds.length}; limit ${LIMIT_SECONDS} s, ratio ${(median / LIMIT_SECONDS).toFixed(2)}`,
      ],
      [`${(sorted[0] ?? 0).toFixed(2)} s`, 'the best of them'],
      [
        `${(size / 1e6).toFixed(2)} MB`,
        `the file; limit ${LIMIT_BYTES / 1e6} MB, ratio ${(size / LIMIT_BYTES).toFixed(2)}`,
      ],
    ];
    for (const [figure, what] of rows) console.log(`${figure.padStart(9)}  ${what}`);
    console.log(
      `${MODELS} models in ${record.models.length} engine runs, ${graphs} state graphs, ${record.claims.length} claims, all of them in the file`,
    );
    console.log(
      `load ${(loadavg()[0] ?? 0).toFixed(1)} on ${availableParallelism()} processors: with more load than processors the seconds are those of the queue`,
    );
    const keep = flag('--keep');
    if (keep !== undefined) await copyFile(output, keep);
    if (median > LIMIT_SECONDS || size > LIMIT_BYTES) process.exitCode = 1;
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

await main();
