import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const RUN = fileURLToPath(new URL('../../.ci/run', import.meta.url));

describe('.ci/run', () => {
  let root = '';
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'cï '));
    for (const folder of ['.ci', 'bin']) mkdirSync(join(root, folder));
    cpSync(RUN, join(root, '.ci', 'run'));
  });
  afterEach(async () => {
    await rm(root, { recursive: true });
  });

  /** Runs it with a stand-in for npm: what `npm test` prints, and the exit codes of both commands. */
  function run(summary: string, testExit: number, verifyExit: number): { exit: number | null; last: string } {
    const npm = join(root, 'bin', 'npm');
    const script = `case $1 in test) printf '${summary}'; exit ${testExit} ;; *) exit ${verifyExit} ;; esac`;
    writeFileSync(npm, `#!/bin/sh\n${script}\n`);
    chmodSync(npm, 0o755);
    const env = { ...process.env, PATH: `${join(root, 'bin')}:${process.env.PATH ?? ''}` };
    const ended = spawnSync(join(root, '.ci', 'run'), [], { env, encoding: 'utf8' });
    return { exit: ended.status, last: ended.stdout.trimEnd().split('\n').at(-1) ?? '' };
  }

  it('closes with the counts of the tests and exits 0 when all is as declared', () => {
    expect(run('\\n  312 passing (9s)\\n', 0, 0)).to.deep.equal({ exit: 0, last: '312 passed, 0 failed' });
  });

  it('a failing test is counted, and the exit code is that of the tests', () => {
    const summary = '\\n  310 passing (9s)\\n  2 failing\\n';
    expect(run(summary, 2, 0)).to.deep.equal({ exit: 2, last: '310 passed, 2 failed' });
  });

  it('a lint error, or a verify that is not as declared, never closes with 0 failed', () => {
    expect(run('src/x.ts: error\\n', 1, 0)).to.deep.equal({ exit: 1, last: '0 passed, 1 failed' });
    expect(run('  5 passing (9s)\\n', 0, 4)).to.deep.equal({ exit: 4, last: '5 passed, 1 failed' });
  });
});
