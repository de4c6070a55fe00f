import { expect } from 'chai';
import { cp, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SmokeExpectation, SmokeTest } from '../../src/domain/smoke.js';
import { makeTempFolder, removeTempFolder } from '../../src/host/temp-folders.js';
import { buildPreset, type NativeBuild } from '../../src/native/build.js';
import { runSmokeTests } from '../../src/native/smoke.js';

const fixture = join(import.meta.dirname, 'fixtures', 'tiny');

interface Sides {
  word: string;
  preset?: string;
  without: SmokeExpectation;
  with: SmokeExpectation;
  attempts?: number;
  inject?: string[];
}

function makeTest(sides: Sides): SmokeTest {
  const run = { preset: sides.preset ?? 'plain', program: 'tiny', args: [sides.word], env: {} };
  return {
    name: sides.word,
    claims: ['Tiny!Shielded'],
    what: 'a test of the runner',
    attempts: sides.attempts ?? 1,
    without: { ...run, inject: [], expect: sides.without },
    with: { ...run, inject: sides.inject ?? ['libtiny_fix.so'], expect: sides.with },
  };
}

const crash: Sides = {
  word: 'crash',
  without: { signal: 'SIGSEGV', faultAddress: '0x5f4' },
  with: { exit: 0, report: { shielded: true } },
};

describe('smoke tests', function () {
  this.timeout(120_000);
  let folder: string;
  let logFolder: string;
  const builds = new Map<string, NativeBuild>();

  before(async () => {
    folder = await makeTempFolder();
    logFolder = join(folder, 'logs');
    // Blanks, a colon and letters outside ASCII: LD_PRELOAD takes none of them.
    const root = join(folder, 'Bücher & mehr: 1');
    await mkdir(root);
    await cp(fixture, join(root, 'native'), { recursive: true });
    for (const preset of ['plain', 'asan']) {
      const buildFolder = join(folder, 'bauen hier ü', preset);
      builds.set(preset, await buildPreset(root, 'native', preset, { logFolder, buildFolder }));
    }
  });
  after(() => removeTempFolder(folder));

  const run = async (sides: Sides, env: NodeJS.ProcessEnv = process.env) =>
    (await runSmokeTests([makeTest(sides)], builds, { logFolder, env, timeoutSeconds: 2 }))[0]!;

  it('a test passes when the failure shows without the library and not with it', async () => {
    const result = await run(crash);
    expect(result.reason).to.equal(
      'without the fix: SIGSEGV at 0x5f4; with the fix: exit 0 with shielded true',
    );
    expect(result.state).to.equal('passed');
    expect(result.attempts.map((a) => a.side)).to.deep.equal(['without', 'with']);
  });

  it('a library under a path with blanks, a colon and umlauts is injected all the same', async () => {
    const { attempts } = await run(crash);
    expect(builds.get('plain')!.folder).to.match(/ü/);
    expect(attempts[1]!.injected[0]).to.match(/^[!-9;-~]+libtiny_fix\.so$/);
    expect(attempts[1]!.report).to.include({ shielded: true });
  });

  it('under AddressSanitizer its library comes first, and a use after free is seen only without the fix', async () => {
    const result = await run({
      word: 'stale',
      preset: 'asan',
      without: { sanitizer: 'heap-use-after-free' },
      with: { exit: 0, sanitizer: null, report: { shielded: true } },
    });
    expect(result.reason).to.contain('without the fix: heap-use-after-free');
    expect(result.state).to.equal('passed');
    expect(result.attempts[1]!.injected[0]).to.match(/libasan/);
  });

  it('a control that does not fail shows nothing: the test fails', async () => {
    const result = await run({ ...crash, word: 'calm' });
    expect(result.state).to.equal('failed');
    expect(result.reason).to.match(
      /^the control does not show the declared failure: .*SIGSEGV expected, exit 0 seen/,
    );
  });

  it('a failure that the side with the fix shows as well is none: the test fails', async () => {
    const result = await run({ word: 'calm', without: { exit: 0 }, with: { exit: 0 } });
    expect(result.state).to.equal('failed');
    expect(result.reason).to.match(/^what was seen with the fix is also what the control must show/);
  });

  it('a fix that does not help fails the test', async () => {
    const result = await run({ ...crash, inject: [] });
    expect(result.state).to.equal('failed');
    expect(result.reason).to.match(/^with the fix: exit 0 expected, SIGSEGV seen/);
  });

  it('of several attempts all must be as expected, and each is recorded', async () => {
    const result = await run({ ...crash, attempts: 3 });
    expect(result.state).to.equal('passed');
    expect(result.attempts.map((a) => `${a.side} ${a.attempt}`)).to.deep.equal([
      'without 1',
      'without 2',
      'without 3',
      'with 1',
      'with 2',
      'with 3',
    ]);
    const flaky = await run({ word: 'flaky', without: { exit: 3 }, with: { exit: 0 }, attempts: 8 });
    expect(flaky.state).to.equal('failed');
    expect(flaky.attempts).to.have.lengthOf(16);
  });

  it('a process past its deadline fails the test', async () => {
    const result = await run({ ...crash, word: 'hang' });
    expect(result.state).to.equal('failed');
    expect(result.attempts.every((a) => a.timedOut)).to.equal(true);
  });

  it("the user's environment does not reach the process", async () => {
    const env = { ...process.env, LD_PRELOAD: '', AGX_FIX_DISABLE: '1', ASAN_OPTIONS: 'detect_leaks=0' };
    const result = await run(
      { word: 'calm', without: { exit: 0, report: { preload: false, secret: false } }, with: { exit: 0 } },
      env,
    );
    expect(result.reason).to.contain('preload false, secret false');
    expect(result.state).to.equal('passed');
  });

  it('raw output is kept', async () => {
    await run(crash);
    expect(await readFile(join(logFolder, 'smoke-crash-without-1.log'), 'utf8')).to.contain('0x5f4');
  });

  it('a preset that could not be built is not run, never a pass', async () => {
    const broken: NativeBuild = {
      ...builds.get('plain')!,
      folder: '',
      result: { ...builds.get('plain')!.result, state: 'not run', reason: 'cmake is not installed' },
    };
    const only = new Map([['plain', broken]]);
    const result = (await runSmokeTests([makeTest(crash)], only, { logFolder }))[0]!;
    expect(result).to.include({ state: 'not run' });
    expect(result.reason).to.contain('cmake is not installed');
  });

  it('a library that the preset does not build fails the test', async () => {
    const result = await run({ ...crash, inject: ['libgone.so'] });
    expect(result).to.include({ state: 'failed', reason: 'preset plain builds no libgone.so' });
  });

  it('a library that vanished after the build is not taken for an injected one', async () => {
    const lost: NativeBuild = { ...builds.get('plain')!, folder: join(folder, 'lost') };
    await mkdir(lost.folder, { recursive: true });
    await cp(join(builds.get('plain')!.folder, 'tiny'), join(lost.folder, 'tiny'));
    const weak: Sides = { word: 'crash', without: crash.without, with: crash.without };
    const result = (await runSmokeTests([makeTest(weak)], new Map([['plain', lost]]), { logFolder }))[0]!;
    expect(result.state).to.equal('failed');
    expect(result.reason).to.contain('the loader refused');
  });

  it('every file that a build may read is hashed', () => {
    const { result } = builds.get('plain')!;
    expect(result.sources.map((s) => s.path))
      .to.include('native/src/tiny.cpp')
      .and.have.lengthOf(4);
  });
});
