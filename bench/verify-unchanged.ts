/**
 * `workbench verify` with nothing changed: how long the second run takes, beside the first one, and beside a Node that does
 * nothing. Every measured run must reuse every engine run and every smoke test, start no TLC, and show the same verdicts;
 * else the comparison is void and the script fails.
 *
 * Usage: npx tsx bench/verify-unchanged.ts [--runs N] [--limit SECONDS] [--setup]
 *   --runs N           measured runs, median reported; default 5
 *   --limit SECONDS    fails where the median is above; default 1.0
 *   --setup            measures `npm run verify` as well, which looks first whether the checkout is ready
 */
import { readFile, readdir } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RunRecord } from '../src/domain/run-record.js';
import { canonicalJson } from '../src/host/files.js';
import { runProcess } from '../src/host/processes.js';

const project = fileURLToPath(new URL('..', import.meta.url));
const VERIFY = [process.execPath, 'dist/cli.js', 'verify'];

const flag = (name: string): string | undefined => {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
};

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

async function timed(command: string[]): Promise<{ seconds: number; exit: number | null }> {
  const result = await runProcess({
    command,
    cwd: project,
    env: process.env,
    keepStdin: false,
    timeoutSeconds: 3600,
  });
  return { seconds: result.milliseconds / 1000, exit: result.exit };
}

async function newestRecord(): Promise<RunRecord> {
  const ids = (await readdir(join(project, 'runs'))).filter((name) => /^\d{8}T/.test(name)).sort();
  return JSON.parse(await readFile(join(project, 'runs', ids.at(-1) ?? '', 'run.json'), 'utf8')) as RunRecord;
}

const verdictsOf = (record: RunRecord): string =>
  canonicalJson([
    record.exitCode,
    record.models.map((run) => [run.model, run.purpose, run.verdict]),
    record.smoke.map((test) => [test.name, test.state]),
    record.claims.map((claim) => [claim.id, claim.rung]),
  ]);

async function measure(command: string[], runs: number, expected: string): Promise<number> {
  const seconds: number[] = [];
  for (let i = 0; i < runs; i += 1) {
    seconds.push((await timed(command)).seconds);
    const record = await newestRecord();
    const anew = [...record.models, ...record.smoke].filter((part) => part.reused === undefined);
    if (anew.length > 0) throw new Error(`${anew.length} results were shown anew: not the unchanged case`);
    if (verdictsOf(record) !== expected) throw new Error('other verdicts than before');
  }
  return median(seconds);
}

async function main(): Promise<void> {
  const runs = Number(flag('--runs') ?? 5);
  const limit = Number(flag('--limit') ?? 1);
  const first = await timed(VERIFY);
  // Free threads are sampled again after a day: what is measured begins behind that.
  await timed(VERIFY);
  const expected = verdictsOf(await newestRecord());
  const idle: number[] = [];
  for (let i = 0; i < runs; i += 1) idle.push((await timed([process.execPath, '-e', '0'])).seconds);
  const unchanged = await measure(VERIFY, runs, expected);
  const rows: [string, number][] = [
    ['the first run of this script (as warm as the cache was)', first.seconds],
    [`node dist/cli.js verify, nothing changed (median of ${runs})`, unchanged],
    [`node that does nothing (median of ${runs})`, median(idle)],
  ];
  if (process.argv.includes('--setup'))
    rows.push([
      'npm run verify, nothing changed',
      await measure(['npm', 'run', '--silent', 'verify'], runs, expected),
    ]);
  for (const [name, seconds] of rows) console.log(`${seconds.toFixed(2).padStart(8)} s  ${name}`);
  console.log(`   load    ${loadavg()[0]?.toFixed(1) ?? '?'}; limit ${limit.toFixed(1)} s`);
  if (unchanged > limit) process.exitCode = 1;
}

await main();
