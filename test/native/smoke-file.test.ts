import { expect } from 'chai';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../../src/domain/problem.js';
import { makeTempFolder, removeTempFolder } from '../../src/host/temp-folders.js';
import { presetsOf, readSmokeTests } from '../../src/native/smoke-file.js';

const side = { preset: 'plain', program: 'tiny', args: [], inject: [], env: {}, expect: { exit: 0 } };
const test = { name: 'one', claims: ['M!Safe'], what: 'text', without: side, with: side };

describe('the smoke test file', () => {
  let root: string;
  beforeEach(async () => {
    root = await makeTempFolder();
    await mkdir(join(root, 'native'));
  });
  afterEach(() => removeTempFolder(root));

  const read = async (content: unknown, claims = new Set(['M!Safe'])) => {
    await writeFile(join(root, 'native', 'tests.json'), JSON.stringify(content, null, 2));
    return readSmokeTests(root, 'native/tests.json', { claims });
  };
  const problemOf = async (content: unknown): Promise<Problem> => {
    const error = await read(content).catch((e: unknown) => e);
    expect(error).to.be.instanceOf(Problem);
    return error as Problem;
  };

  it('is read with its defaults, and its presets are listed once each', async () => {
    const tests = await read({ tests: [test, { ...test, name: 'two', with: { ...side, preset: 'asan' } }] });
    expect(tests[0]!.attempts).to.equal(1);
    expect(presetsOf(tests)).to.deep.equal(['plain', 'asan']);
  });

  it('a claim that no module declares is a fault with its line', async () => {
    const problem = await problemOf({ tests: [{ ...test, claims: ['M!Saef'] }] });
    expect(problem.code).to.equal('SMOKE-UNKNOWN-CLAIM');
    expect(problem.message).to.match(/^native\/tests\.json:6: one names M!Saef/);
    expect(problem.hint).to.contain('M!Safe');
  });

  it('a preset that there is not is a fault, and those there are are named', async () => {
    await writeFile(join(root, 'native', 'tests.json'), JSON.stringify({ tests: [test] }, null, 2));
    const known = { presets: new Set(['debug', 'asan']) };
    const problem = (await readSmokeTests(root, 'native/tests.json', known).catch(
      (e: unknown) => e,
    )) as Problem;
    expect(problem).to.include({ code: 'SMOKE-UNKNOWN-PRESET', hint: 'use one of: debug, asan' });
    expect(problem.message).to.match(/^native\/tests\.json:4: one names the preset plain/);
  });

  it('a signal or an address that no process could have is a fault', async () => {
    for (const wrong of [{ signal: 'SEGV' }, { signal: 'SIGSEGV', faultAddress: '5f4' }]) {
      const problem = await problemOf({ tests: [{ ...test, without: { ...side, expect: wrong } }] });
      expect(problem.code).to.equal('SMOKE-SCHEMA');
      expect(problem.message).to.contain('such as');
    }
  });

  it('a name used twice, a wrong key and an expectation that nothing can fail are faults', async () => {
    expect((await problemOf({ tests: [test, test] })).code).to.equal('SMOKE-TWICE');
    expect((await problemOf({ tests: [{ ...test, attemps: 3 }] })).message).to.contain('attemps');
    expect((await problemOf({ tests: [{ ...test, with: { ...side, expect: {} } }] })).message).to.contain(
      'expect',
    );
  });

  it('a test that sets LD_PRELOAD itself is refused', async () => {
    const preloading = { ...side, env: { LD_PRELOAD: '/lib.so' } };
    expect((await problemOf({ tests: [{ ...test, with: preloading }] })).code).to.equal('SMOKE-PRELOAD');
  });

  it('a folder is read file by file, and a name used in two of them is a fault that names both', async () => {
    await mkdir(join(root, 'tests'));
    await writeFile(join(root, 'tests', 'a.json'), JSON.stringify({ tests: [test] }));
    await writeFile(join(root, 'tests', 'b.json'), JSON.stringify({ tests: [{ ...test, name: 'two' }] }));
    expect((await readSmokeTests(root, 'tests')).map((t) => t.name)).to.deep.equal(['one', 'two']);
    await writeFile(join(root, 'tests', 'b.json'), JSON.stringify({ tests: [test] }));
    const error = (await readSmokeTests(root, 'tests').catch((e: unknown) => e)) as Problem;
    expect(error.message).to.match(/^tests\/b\.json:1: two tests are named one/);
    expect(error.hint).to.contain('tests/a.json:1');
  });

  it('a folder without tests is named', async () => {
    await mkdir(join(root, 'tests'));
    const error = (await readSmokeTests(root, 'tests').catch((e: unknown) => e)) as Problem;
    expect(error.code).to.equal('SMOKE-MISSING');
  });

  it('a missing file is named', async () => {
    const error = await readSmokeTests(root, 'native/none.json').catch((e: unknown) => e);
    expect((error as Problem).code).to.equal('SMOKE-MISSING');
  });
});
