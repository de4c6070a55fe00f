import { expect } from 'chai';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyOf, runCached } from '../../src/engine/cached-run.js';
import { findStrayModule, readModules } from '../../src/engine/module-files.js';
import type { Toolchain } from '../../src/engine/launcher.js';
import type { EngineJob } from '../../src/engine/run-model.js';
import { firstChanges } from '../../src/engine/first-changes.js';
import { storeStates } from '../../src/domain/stored-behaviour.js';
import { canonicalJson } from '../../src/host/files.js';
import { openResultCache } from '../../src/store/cache/result-cache.js';
import { readFixture } from './captured-runs.js';

describe('a run by way of the cache', () => {
  let folder: string;
  let job: EngineJob;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wb-cached-run-'));
    await writeFile(join(folder, 'M.tla'), '---- MODULE M ----\nEXTENDS N\n====\n');
    await writeFile(join(folder, 'N.tla'), '---- MODULE N ----\nEXTENDS O\n====\n');
    await writeFile(join(folder, 'O.tla'), '---- MODULE O ----\n====\n');
    job = {
      rootModule: 'M',
      closure: ['M', 'N', 'O'].map((name) => join(folder, `${name}.tla`)),
      generated: [],
      configText: 'CONSTANT N = 2\n',
      profile: 'plain',
      workers: 1,
      heapMb: 64,
      timeoutSeconds: 50,
      coverage: false,
      graph: false,
      seed: 1,
      fingerprint: 0,
      assumeOnly: false,
      enabledProperties: [],
      log: { file: join(folder, 'first', 'run.log'), name: 'logs/run.log' },
    };
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  /** A java that says what a captured run said, counts its starts, and tells which modules were parsed. */
  const engine = async (
    fixture: string,
    exit: number,
    parsed = '$PWD/M.tla',
    changes: Partial<Toolchain> = {},
  ): Promise<Toolchain> => {
    const text = readFixture(fixture).replace(/^Parsing file .*\n/gm, '');
    await writeFile(join(folder, 'said'), text);
    const path = join(folder, 'java');
    const said = `echo "Parsing file ${parsed}"; cat '${folder}/said'; echo x >>'${folder}/starts'`;
    await writeFile(path, `#!/bin/sh\n${said}\nexit ${exit}\n`);
    await chmod(path, 0o755);
    return {
      java: { path, version: '17.0.15', major: 17 },
      jar: { path: join(folder, 'none.jar'), sha256: '0'.repeat(64), tlcVersion: '2.18', origin: 'test' },
      notes: [],
      ...changes,
    };
  };
  const starts = async (): Promise<number> =>
    (await readFile(join(folder, 'starts'), 'utf8').catch(() => '')).length / 2;
  const run = (toolchain: Toolchain, changes: Partial<EngineJob> = {}, fresh = false) => {
    const cache = openResultCache({ env: { XDG_CACHE_HOME: join(folder, 'cache') }, fresh });
    return runCached({ ...job, ...changes }, { toolchain, cache, runId: 'r1' });
  };
  const second = () => ({ log: { file: join(folder, 'second', 'run.log'), name: 'logs/again.log' } });

  it('starts TLC once for two equal jobs; the second has the same reading, its own log, and says where it is from', async () => {
    const toolchain = await engine('invariant.out', 12);
    const first = await run(toolchain);
    const again = await run(toolchain, second());
    expect(await starts()).to.equal(1);
    expect(first.reused).to.equal(undefined);
    expect(again.reused).to.deep.equal({ from: 'r1', at: first.attempt.startedAt });
    expect(first.attempt.reading.behaviour?.states.length).to.be.greaterThan(1);
    expect({ ...again.attempt, log: '' }).to.deep.equal({ ...first.attempt, log: '' });
    expect(again.attempt.log).to.equal('logs/again.log');
    const [shown, reused] = [first, again].map(({ attempt }) => attempt.reading.behaviour);
    if (!shown || !reused) throw new Error('no counterexample');
    expect(firstChanges(shown).size).to.be.greaterThan(0);
    expect([...firstChanges(reused)]).to.deep.equal([...firstChanges(shown)]);
    // As it stands in the record: what was not parsed must not be written otherwise.
    const stored = { ...shown, states: storeStates(shown.states) };
    expect(canonicalJson(again.attempt.reading)).to.equal(
      canonicalJson({ ...first.attempt.reading, behaviour: stored }),
    );
    expect(await readFile(second().log.file, 'utf8')).to.equal(await readFile(job.log.file, 'utf8'));
    expect(await readFile(join(folder, 'second', 'run.cfg'), 'utf8')).to.equal(job.configText);
  });

  it('starts TLC anew when --fresh is given, and the next run has what that one showed', async () => {
    await run(await engine('holds.out', 0));
    const toolchain = await engine('invariant.out', 12);
    await run(toolchain, {}, true);
    expect(await starts()).to.equal(2);
    expect((await run(toolchain, second())).attempt.reading.outcome.kind).to.equal('Violated');
  });

  const inconclusive: [string, string, number, number?][] = [
    ['a run without an end', 'holds.out', 0, 600],
    ['a run whose exit code and messages disagree', 'holds.out', 1],
    ['a spec that cannot be read', 'level-error.out', 150],
    ['an expression that cannot be evaluated', 'assert.out', 14],
  ];
  for (const [what, fixture, exit, cut] of inconclusive)
    it(`${what} is not kept`, async () => {
      const toolchain = await engine(fixture, exit);
      if (cut !== undefined) await writeFile(join(folder, 'said'), readFixture(fixture).slice(0, cut));
      await run(toolchain);
      await run(toolchain, second());
      expect(await starts()).to.equal(2);
    });

  it('a run for which the parser took a module from elsewhere is not kept', async () => {
    const toolchain = await engine('holds.out', 0, '/usr/share/tla/M.tla');
    await run(toolchain);
    await run(toolchain, second());
    expect(await starts()).to.equal(2);
  });

  const asking: [string, string, string, number?][] = [
    ['the time', 'N', 'ASSUME JavaTime < 1900000000'],
    ['how long the run has taken', 'N', 'Soon == TLCGet("duration") < 9'],
    ['what one of several workers has counted', 'N', 'Seen == TLCSet(1, TLCGet(1) + 1)', 2],
    ['a file, by a module of the community', 'Json', 'Read(path) == CHOOSE x : TRUE'],
  ];
  for (const [what, name, line, workers = 1] of asking)
    it(`a run of a spec that asks for ${what} is not kept`, async () => {
      const file = join(folder, `${name}.tla`);
      await writeFile(file, `---- MODULE ${name} ----\n${line}\n====\n`);
      const closure = [...new Set([...job.closure, file])];
      const toolchain = await engine('holds.out', 0);
      await run(toolchain, { closure, workers });
      await run(toolchain, { closure, workers, ...second() });
      expect(await starts()).to.equal(2);
    });

  it('what a single worker counts is the same the next time', async () => {
    await writeFile(job.closure[1] ?? '', '---- MODULE N ----\nSeen == TLCSet(1, TLCGet(1) + 1)\n====\n');
    const toolchain = await engine('holds.out', 0);
    await run(toolchain);
    expect((await run(toolchain, second())).reused?.from).to.equal('r1');
  });

  it('a module that changed while it was waited for is run as it is then', async () => {
    const toolchain = await engine('holds.out', 0);
    const before = keyOf(job, readModules(job), toolchain);
    await writeFile(join(folder, 'O.tla'), '---- MODULE O ----\nX == 1\n====\n');
    expect(keyOf(job, readModules(job), toolchain)).to.not.equal(before);
  });

  describe('has a key that changes with', () => {
    const key = async (changes: Partial<EngineJob> = {}, tools: Partial<Toolchain> = {}): Promise<string> => {
      const changed = { ...job, ...changes };
      return keyOf(changed, readModules(changed), await engine('holds.out', 0, '', tools));
    };
    const jobs: Record<string, Partial<EngineJob>> = {
      'a constant of the configuration': { configText: 'CONSTANT N = 3\n' },
      'the seed': { seed: 2 },
      'the fingerprint polynomial': { fingerprint: 3 },
      coverage: { coverage: true },
      'the graph that is kept': { graph: true },
      simulation: { simulate: 10 },
      'what is enabled': { enabledProperties: ['Live'] },
      'a module made for the run': { generated: [{ name: 'Probe', text: 'x' }] },
      'the root module': { rootModule: 'N' },
    };
    for (const [what, change] of Object.entries(jobs))
      it(what, async () => {
        expect(await key(change)).to.not.equal(await key());
      });

    it('an edit two modules down', async () => {
      const before = await key();
      await writeFile(join(folder, 'O.tla'), '---- MODULE O ----\n\\* other\n====\n');
      expect(await key()).to.not.equal(before);
    });

    it('a module beside the spec that takes the name of a standard one', async () => {
      const shadow = join(folder, 'Naturals.tla');
      await writeFile(shadow, '---- MODULE Naturals ----\n====\n');
      expect(await key({ closure: [...job.closure, shadow] })).to.not.equal(await key());
    });

    it('the jar, the major version of Java, and the launcher; not with its minor version or its place', async () => {
      const base = await engine('holds.out', 0);
      const launcher = { jar: 'l.jar', classPath: 'l.jar', sha256: '1'.repeat(64) };
      const all = [
        await key(),
        await key({}, { jar: { ...base.jar, sha256: '2'.repeat(64) } }),
        await key({}, { java: { ...base.java, version: '25.0.1', major: 25 } }),
        await key({}, { launcher }),
        await key({}, { launcher: { ...launcher, sha256: '3'.repeat(64) } }),
      ];
      expect(new Set(all).size).to.equal(all.length);
      expect(await key({}, { java: { ...base.java, version: '17.0.16' } })).to.equal(all[0]);
    });

    it('nothing that only changes how fast the same is shown', async () => {
      const same = { workers: 4, heapMb: 999, timeoutSeconds: 1, profile: 'large' as const, ...second() };
      expect(await key(same)).to.equal(await key());
    });
  });
});

describe('the modules that the parser names', () => {
  const log = (...paths: string[]): string => paths.map((path) => `Parsing file ${path}\n`).join('');
  const stray = (...paths: string[]) => findStrayModule(log(...paths), '/tmp/run-1', new Set(['M.tla']));

  it('are at home in the folder of the run, in its temp folder, and in the jar', () => {
    expect(
      stray(
        '/tmp/run-1/M.tla',
        '/private/tmp/run-1/tmp/Naturals.tla',
        'jar:file:/x.jar!/StandardModules/TLC.tla',
      ),
    ).to.equal(undefined);
  });

  it('are strays anywhere else', () => {
    for (const path of ['/home/u/M.tla', '/tmp/run-1/Other.tla', '/tmp/run-2/M.tla', 'M.tla'])
      expect(stray(path)).to.equal(path);
  });
});
