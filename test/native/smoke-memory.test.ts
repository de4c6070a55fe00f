import { expect } from 'chai';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SmokeTest } from '../../src/domain/smoke.js';
import { makeTempFolder, removeTempFolder } from '../../src/host/temp-folders.js';
import type { NativeBuild } from '../../src/native/build.js';
import { runNativeStage } from '../../src/native/native-stage.js';
import { hashSurroundings, smokeKey } from '../../src/native/smoke-memory.js';
import { openResultCache } from '../../src/store/cache/result-cache.js';

const fixture = join(import.meta.dirname, 'fixtures', 'tiny');
const run = { preset: 'plain', program: 'tiny', args: ['crash'], env: {} };
const crash: SmokeTest = {
  name: 'crash',
  claims: ['Tiny!Shielded'],
  what: 'a test of the memory',
  attempts: 1,
  without: { ...run, inject: [], expect: { signal: 'SIGSEGV', faultAddress: '0x5f4' } },
  with: { ...run, inject: ['libtiny_fix.so'], expect: { exit: 0 } },
};
const HOUR = 3_600_000;

describe('smoke tests that were run before', function () {
  this.timeout(120_000);
  let root: string;
  let now: number;
  before(async () => {
    root = await makeTempFolder();
    await cp(fixture, join(root, 'native'), { recursive: true });
  });
  after(() => removeTempFolder(root));
  beforeEach(async () => {
    now = Date.parse('2026-01-01T00:00:00Z');
    await rm(join(root, 'cache', 'tla-workbench', 'results'), { recursive: true, force: true });
  });

  let runs = 0;
  const stage = async (test: SmokeTest, fresh = false) => {
    await mkdir(join(root, 'tests'), { recursive: true });
    await writeFile(join(root, 'tests', 'a.json'), JSON.stringify({ tests: [test] }));
    runs += 1;
    const env = { ...process.env, XDG_CACHE_HOME: join(root, 'cache') };
    const logFolder = join(root, 'runs', String(runs), 'logs');
    const { smoke } = await runNativeStage(
      root,
      { root: 'native', smoke: 'tests' },
      {
        logFolder,
        env,
        timeoutSeconds: 5,
        memory: { cache: openResultCache({ env, fresh }), runId: `r${runs}`, now: () => now },
      },
    );
    return { result: smoke[0]!, logFolder };
  };

  it('are not run again on the same bytes: the attempts are the same, and their logs stand in the new run', async () => {
    const first = await stage(crash);
    const again = await stage(crash);
    expect(first.result.state).to.equal('passed');
    expect(first.result).to.not.have.property('reused');
    expect(again.result.reused).to.deep.equal({ from: `r${runs - 1}`, at: '2026-01-01T00:00:00.000Z' });
    expect({ ...again.result, reused: undefined }).to.deep.equal({ ...first.result, reused: undefined });
    const log = 'smoke-crash-without-1.log';
    expect(await readFile(join(again.logFolder, log), 'utf8')).to.equal(
      await readFile(join(first.logFolder, log), 'utf8'),
    );
  });

  it('are judged by what is expected now: an edited expectation is red at once, on what was seen before', async () => {
    await stage(crash);
    const { result } = await stage({ ...crash, with: { ...crash.with, expect: { exit: 3 } } });
    expect(result.state).to.equal('failed');
    expect(result.reason).to.contain('exit 3 expected');
    expect(result).to.have.property('reused');
  });

  it('are run again when the code changed, with --fresh, and when they had failed', async () => {
    await stage(crash);
    expect((await stage(crash, true)).result).to.not.have.property('reused');
    const source = join(root, 'native', 'src', 'fix.cpp');
    const text = await readFile(source, 'utf8');
    await writeFile(source, `${text}\nint other_content = 1;\n`);
    expect((await stage(crash)).result).to.not.have.property('reused');
    await writeFile(source, text);
    const failing = { ...crash, name: 'fails', with: { ...crash.with, inject: [] } };
    expect((await stage(failing)).result.state).to.equal('failed');
    expect((await stage(failing)).result).to.not.have.property('reused');
  });

  it('are run again after a day where chance has a part in them, and not where it has none', async () => {
    const chance = { ...crash, name: 'chance', attempts: 2 };
    await stage(chance);
    now += 23 * HOUR;
    expect((await stage(chance)).result).to.have.property('reused');
    now += 2 * HOUR;
    expect((await stage(chance)).result).to.not.have.property('reused');
    await stage(crash);
    now += 1000 * HOUR;
    expect((await stage(crash)).result).to.have.property('reused');
  });

  describe('have a key that changes with', () => {
    const builds = (identity = 'a', sha256 = '1') => {
      const sources = [{ path: 'native/data.txt', sha256 }];
      return new Map([['plain', { identity, result: { sources } } as unknown as NativeBuild]]);
    };
    const env = { PATH: '/usr/bin', TMPDIR: '/tmp' };
    const key = (test = crash, made = builds(), around: NodeJS.ProcessEnv = env, timeoutSeconds = 5) =>
      smokeKey(test, made, { around: hashSurroundings(around), timeoutSeconds });
    const others: Record<string, () => string | undefined> = {
      'an artefact or a tool': () => key(crash, builds('b')),
      'a file among the sources that a program may read': () => key(crash, builds('a', '2')),
      'an argument': () => key({ ...crash, with: { ...crash.with, args: ['other'] } }),
      'what is injected': () => key({ ...crash, with: { ...crash.with, inject: [] } }),
      'a variable of the test': () => key({ ...crash, with: { ...crash.with, env: { A: '1' } } }),
      'a variable of the user that programs see': () => key(crash, builds(), { ...env, TMPDIR: '/var/tmp' }),
      'the number of attempts': () => key({ ...crash, attempts: 2 }),
      'the deadline': () => key(crash, builds(), env, 6),
    };
    for (const [what, other] of Object.entries(others))
      it(what, () => {
        expect(other()).to.not.equal(key());
      });

    it('nothing that only changes the verdict, the words, or what programs do not see', () => {
      const other = { ...crash, what: 'x', with: { ...crash.with, expect: { exit: 9 } } };
      expect(key(other, builds(), { ...env, EDITOR: 'x' })).to.equal(key());
    });

    it('and there is none where a preset was not built', () => {
      expect(key(crash, new Map())).to.equal(undefined);
    });
  });
});
