/**
 * The schedule engine, the exploration of interleavings and the stress programs, on programs whose result is known
 * beforehand: what they say of others rests on this.
 */
import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { makeTempFolder, removeTempFolder } from '../../src/host/temp-folders.js';
import { buildPreset } from '../../src/native/build.js';

const repository = join(import.meta.dirname, '..', '..');

interface Ended {
  exit: number | null;
  signal: NodeJS.Signals | null;
  report: Record<string, unknown>;
  stderr: string;
  lines: string[];
}

function binomial(n: number, k: number): number {
  return k === 0 ? 1 : (binomial(n - 1, k - 1) * n) / k;
}

describe('schedules, explorations and stress', function () {
  this.timeout(300_000); // Mostly the build of four programs on a busy machine.
  let folder: string;
  let built: string;

  before(async () => {
    folder = await makeTempFolder();
    const build = await buildPreset(repository, 'native', 'linux-gcc', {
      ...{ logFolder: join(folder, 'logs'), buildFolder: join(folder, 'build') },
      ...{ targets: ['schedule_probe', 'explore_known', 'stress_known', 'smoke_mps'], jobs: 2 },
    });
    expect(build.result.state, build.result.reason).to.equal('built');
    built = build.folder;
  });
  after(() => removeTempFolder(folder));

  const run = (program: string, ...args: string[]) =>
    new Promise<Ended>((resolve) => {
      const child = spawn(join(built, program), args);
      let [stdout, stderr] = ['', ''];
      child.stdout.on('data', (text: Buffer) => (stdout += text.toString()));
      child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
      child.on('close', (exit, signal) => {
        const lines = stdout.trimEnd().split('\n');
        const line = lines.at(-1) ?? '';
        const report = line.startsWith('{') ? (JSON.parse(line) as Record<string, unknown>) : {};
        resolve({ exit, signal, report, stderr, lines });
      });
    });
  const probe = (schedule: string, ...roles: string[]) => run('schedule_probe', '300', schedule, ...roles);

  describe('a schedule', () => {
    it('orders the points of its threads, and only those', async () => {
      const ended = await probe('b:y a:x b:z', 'a=w,x', 'b=y,u,z');
      expect(ended).to.deep.include({ exit: 0, report: { schedule: 'complete', taken: 'b:y a:x b:z' } });
    });

    it('that is empty orders nothing and is complete', async () => {
      expect(await probe('', 'a=x', 'b=y')).to.deep.include({
        exit: 0,
        report: { schedule: 'complete', taken: '' },
      });
    });

    it('is said before its threads start, for those who read what a program died of', async () => {
      const { lines } = await run('smoke_mps', 'encode-twice');
      expect(JSON.parse(lines[0]!)).to.deep.equal({
        planned: 'one:encode.bound two:start two:encode.begin|two:encoding.contended one:encode.use+50',
      });
    });

    it('with a step that nobody reaches while a thread waits is infeasible after its limit', async () => {
      const ended = await probe('a:x b:never a:y', 'a=x,y', 'b=z');
      expect(ended.exit).to.equal(78);
      expect(ended.report).to.deep.equal({ schedule: 'infeasible', waiting: 'a:y', due: 'b:never' });
    });

    it('with a step that nobody reaches and nobody waits for is incomplete', async () => {
      const ended = await probe('a:x a:never', 'a=x');
      expect(ended).to.deep.include({ exit: 78, report: { schedule: 'incomplete', taken: 'a:x' } });
    });

    const refused: [string, string, string[], RegExp][] = [
      [
        'names a role that no thread plays',
        'a:x c:q',
        ['a=x'],
        /^schedule: no thread plays the role of: c:q$/m,
      ],
      [
        'is played by two threads of one role',
        'a:x',
        ['a=x', 'a=y'],
        /^schedule: two threads play the role: a$/m,
      ],
      ['has more than 64 steps', 'a:x '.repeat(65), ['a=x'], /^schedule: a schedule has more than 64 steps/m],
      [
        'has a step without a colon',
        'a:x start',
        ['a=x'],
        /^schedule: a step is not of the form role:point: start$/m,
      ],
      [
        'has an empty alternative',
        'a:x| b:y',
        ['a=x', 'b=y'],
        /^schedule: a step is not of the form role:point: a:x\|/m,
      ],
      [
        'lingers without a number',
        'a:x+',
        ['a=x'],
        /^schedule: a linger is not of the form \+milliseconds: a:x\+$/m,
      ],
      [
        'has five alternatives',
        'a:p|a:q|a:r|a:s|a:t',
        ['a=p'],
        /^schedule: a step has more than 4 alternatives/m,
      ],
      ['has a name of 80 letters', `a:${'x'.repeat(80)}`, ['a=x'], /^schedule: a name is too long/m],
    ];
    for (const [what, schedule, roles, message] of refused) {
      it(`that ${what} is refused with a line that says so`, async () => {
        const ended = await probe(schedule, ...roles);
        expect(ended.signal).to.equal('SIGABRT');
        expect(ended.stderr).to.match(message);
      });
    }
  });

  describe('an exploration', () => {
    for (const [m, n] of [
      [1, 1],
      [1, 4],
      [3, 3],
      [5, 2],
      [4, 4],
    ] as const) {
      it(`of threads with ${m} and ${n} steps that share nothing runs ${binomial(m + n, m)} schedules`, async () => {
        const { exit, report } = await run('explore_known', `independent-${m}-${n}`);
        expect(exit).to.equal(0);
        expect(report).to.include({
          exploration: 'complete',
          schedules: binomial(m + n, m),
          bad: 0,
          longest: m + n,
        });
      });
    }

    it('that ends at its limit says bounded, one schedule more says complete', async () => {
      const bounded = (await run('explore_known', 'independent-3-3', '--limit', '20')).report;
      expect(bounded).to.include({ exploration: 'complete', schedules: 20 });
      const complete = (await run('explore_known', 'independent-3-3', '--limit', '19')).report;
      expect(complete).to.include({ exploration: 'bounded', schedules: 19 });
    });

    it('finds a real deadlock, does not end in it, and prints a schedule that leads to it again', async () => {
      const { exit, report } = await run('explore_known', 'opposite-locks');
      expect(exit).to.equal(0);
      expect(report).to.include({ exploration: 'complete', schedules: 6, deadlocked: 4, bad: 4, stuck: 0 });
      const again = await run('explore_known', 'opposite-locks', '--schedule', String(report.firstBad));
      expect(again.exit).to.equal(0);
      expect(again.report).to.include({ schedule: 'complete', taken: report.firstBad });
      expect(again.report.shows).to.match(/^deadlock/);
    });

    it('of a thread that waits for something unknown is stuck, and not complete', async () => {
      const { report } = await run('explore_known', 'sleeper');
      expect(report).to.include({ exploration: 'bounded', stuck: 1, bad: 1 });
    });

    it('names the points it was given and no thread ever stopped at', async () => {
      const { report } = await run('explore_known', 'misnamed');
      expect(report).to.include({ exploration: 'complete', schedules: 2, unreached: 'stpe' });
      expect((await run('explore_known', 'independent-2-2')).report.unreached).to.equal('none');
    });

    it('of a program that does not only depend on its schedule says so, with an exit code of its own', async () => {
      const { exit, report } = await run('explore_known', 'unrepeatable');
      expect(exit).to.equal(76);
      expect(report.exploration).to.equal('not repeatable');
    });

    it('refuses to replay a schedule that cannot happen', async () => {
      const ended = await run('explore_known', 'independent-2-2', '--schedule', 'one:start one:nowhere');
      expect(ended.exit).to.equal(78);
      expect(ended.report).to.include({ schedule: 'infeasible', taken: 'one:start' });
    });

    it('names its programs where there is none of that name', async () => {
      const ended = await run('explore_known', 'nonsense');
      expect(ended.exit).to.equal(2);
      expect(ended.stderr).to.contain('opposite-locks');
    });
  });

  describe('a stress run', () => {
    const stress = (...args: string[]) => run('stress_known', 'draw-only', '--rounds', '5', ...args);

    it('with the same seed has each thread do the same, with another seed not', async () => {
      const [one, again, other] = await Promise.all(['7', '7', '8'].map((seed) => stress('--seed', seed)));
      expect(one!.report).to.include({ seed: 7, finished: 1, rounds: 5 });
      expect(one!.report.digest).to.be.a('string').and.to.equal(again!.report.digest);
      expect(other!.report.digest).to.not.equal(one!.report.digest);
    });

    it("a thread's operations do not depend on how many others there are", async () => {
      const digestOf = async (threads: string) =>
        String((await stress('--seed', '7', '--threads', threads)).report.digest).split(' ');
      expect((await digestOf('4')).slice(0, 2)).to.deep.equal(await digestOf('2'));
    });

    it('without a seed prints the one it took', async () => {
      const seeds = await Promise.all([stress(), stress()].map(async (ended) => (await ended).report.seed));
      expect(seeds[0]).to.be.a('number').and.to.not.equal(seeds[1]);
    });

    it('with an unknown mix names the ones there are', async () => {
      const ended = await run('stress_known', 'nonsense');
      expect(ended.exit).to.equal(2);
      expect(ended.stderr).to.contain('draw-only');
    });
  });
});
