import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SmokeTest } from '../../src/domain/smoke.js';
import { makeTempFolder, removeTempFolder } from '../../src/host/temp-folders.js';
import type { NativeBuild } from '../../src/native/build.js';
import { withFixedAddresses } from '../../src/native/fixed-addresses.js';
import { runSmokeTests } from '../../src/native/smoke.js';

const FATAL = 'FATAL: ThreadSanitizer: unexpected memory mapping 0x555555554000-0x555555555000';

/** A program that behaves as under GCC's ThreadSanitizer on a system with very random addresses. */
const fussy = `#!/bin/sh
echo start >>"$0.starts"
grep -q '4....$' /proc/self/personality || { echo '${FATAL}' >&2; exit 66; }
[ "$1" = control ] && exit 3
exit 0
`;
/** One that no address pleases. */
const hopeless = `#!/bin/sh\necho '${FATAL}' >&2\nexit 66\n`;

describe('a sanitizer that finds no place for its memory', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await makeTempFolder();
  });
  afterEach(() => removeTempFolder(folder));

  const run = async (script: string) => {
    await writeFile(join(folder, 'fussy'), script);
    await chmod(join(folder, 'fussy'), 0o755);
    const build: NativeBuild = {
      folder,
      preset: { name: 'tsan', variables: {}, forThisSystem: true },
      result: {
        ...{ preset: 'tsan', state: 'built', reason: '', command: [], milliseconds: 0, log: '' },
        ...{ artefacts: [{ path: 'fussy', sha256: '', bytes: 0 }], sources: [] },
      },
    };
    const side = { preset: 'tsan', program: 'fussy', args: [], inject: [], env: {}, expect: { exit: 0 } };
    const one: SmokeTest = {
      ...{ name: 'fussy', claims: ['M!Safe'], what: 'text', attempts: 1 },
      ...{ without: { ...side, args: ['control'], expect: { exit: 3 } }, with: side },
    };
    return (await runSmokeTests([one], new Map([['tsan', build]]), { logFolder: folder }))[0]!;
  };

  it('is started again with fixed addresses where the system allows that', async () => {
    const isAllowed = spawnSync('setarch', ['-R', 'true']).status === 0;
    const result = await run(fussy);
    expect(result.state, result.reason).to.equal(isAllowed ? 'passed' : 'not run');
    expect(result.attempts[0]!.command.includes('-R')).to.equal(isAllowed);
  });

  it('what is preloaded does not reach setarch itself', async () => {
    const env = { PATH: process.env.PATH, LD_PRELOAD: '/a.so', LC_ALL: 'C' };
    const fixed = await withFixedAddresses({
      command: ['/p/program', 'word'],
      env,
      cwd: '/',
      injected: ['/a.so'],
    });
    if (fixed === undefined) expect(spawnSync('setarch', ['--version']).status).to.not.equal(0);
    else {
      expect(fixed.env).to.deep.equal({ PATH: process.env.PATH, LC_ALL: 'C' });
      expect(fixed.command.slice(-3)).to.deep.equal(['LD_PRELOAD=/a.so', '/p/program', 'word']);
    }
  });

  it('is not run where that does not help, and never a pass', async () => {
    const result = await run(hopeless);
    expect(result.state).to.equal('not run');
    expect(result.reason).to.equal(`the sanitizer does not run here: ${FATAL}`);
  });

  it('is started twice at most', async () => {
    await run(fussy);
    expect((await readFile(join(folder, 'fussy.starts'), 'utf8')).split('\n').length).to.be.at.most(5);
  });
});
