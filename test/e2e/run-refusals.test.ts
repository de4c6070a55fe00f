/** What `workbench run` does not start, and why. */
import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { chmod, chown, copyFile, cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findExecutable } from '../../src/host/executables.js';
import { makeRunLab, repository, type RunLab } from './run-lab.js';
import { makeWorkspace } from './workspace.js';

describe('what workbench run refuses', function () {
  this.timeout(300_000);
  let lab: RunLab;
  before(async () => (lab = await makeRunLab()));
  after(() => lab.ws.remove());

  it('a static program is refused before it starts, unless it only starts others', async () => {
    const refused = await lab.run(['--', './acts-static', 'exit', '0']);
    expect(refused.stderr).to.match(/^error PROGRAM-STATIC: .*acts-static: is linked statically/);
    expect(refused.exit).to.equal(3);
    const passed = await lab.run(['--children', '--', './acts-static', 'exit', '0']);
    expect(passed.stderr).to.contain('NOT active in pid ').and.contain('the library was not loaded');
    expect(passed.exit).to.equal(1);
  });

  it('a set-user-id program is refused, unless the kernel ignores the bit here', async () => {
    let path = findExecutable('su', { PATH: '/usr/bin:/bin' }) ?? 'su';
    if (process.getuid?.() === 0) {
      path = join(lab.ws.root, 'privileged');
      await copyFile(join(lab.ws.root, 'acts'), path);
      await chown(path, 65534, 65534);
      await chmod(path, 0o4755);
    }
    const { stderr, exit } = await lab.run(['--', path, 'exit', '0']);
    if (/^NoNewPrivs:\s*1$/m.test(readFileSync('/proc/self/status', 'utf8'))) expect(exit).to.equal(1);
    else
      expect({ stderr, exit })
        .to.deep.include({ exit: 3 })
        .and.have.property('stderr')
        .match(/PRIVILEGED/);
  });

  it('what is wrong with program or library is said before anything starts', async () => {
    const bytes = await readFile(lab.library);
    const other = Buffer.from(bytes);
    other.writeUInt16LE(183, 18);
    await writeFile(join(lab.ws.root, 'arm.so'), other);
    await writeFile(join(lab.ws.root, 'cut.so'), bytes.subarray(0, 5000));
    const cases: [string[], number, string][] = [
      [['--', 'no-such-program'], 2, 'PROGRAM-MISSING: no-such-program: no such program on PATH'],
      [['--', './specs'], 2, 'PROGRAM-KIND: '],
      [['--', './acts.c'], 2, 'PROGRAM-RIGHTS: '],
      [['--'], 2, 'USAGE: missing required argument'],
      [['--library', 'none.so', '--', './acts'], 2, 'LIBRARY-MISSING: none.so'],
      [['--library', 'acts.c', '--', './acts'], 2, 'LIBRARY-KIND: acts.c: is no shared library'],
      [['--library', 'cut.so', '--', './acts'], 2, 'LIBRARY-KIND: cut.so'],
      [['--library', 'arm.so', '--', './acts'], 3, 'PROGRAM-MACHINE: '],
      [['--preset', 'linux-gcc', '--', './acts'], 2, 'USAGE: --library and --preset exclude each other'],
    ];
    for (const [words, exit, message] of cases) {
      const seen = await lab.run(words);
      expect(seen.stderr, words.join(' ')).to.contain(`error ${message}`).and.contain('\nhint: ');
      expect(seen.exit, words.join(' ')).to.equal(exit);
    }
    const options = await lab.run(['ls', '-la']);
    expect(options.stderr).to.match(
      /^error USAGE: unknown option '-la'\nhint: write -- before the program; /,
    );
    const bare = await lab.ws.run(['run', '--', './acts']);
    expect(bare.stderr).to.contain('error LIBRARY-UNKNOWN: ');
  });

  it('a library of another project is built first; one that does not build, or is no fix, is told', async () => {
    const foreign = await makeWorkspace('another project');
    try {
      await cp(join(repository, 'test/native/fixtures/tiny'), join(foreign.root, 'native'), {
        recursive: true,
      });
      const name = (library: string) =>
        foreign.write(
          'workbench.json',
          JSON.stringify({
            native: {
              ...{ root: 'native', covered: [] },
              libraries: [{ name: library, header: 'native/tiny.h', marker: 'TINY' }],
            },
          }),
        );
      const start = (env: Record<string, string> = {}) =>
        foreign.run(['run', '--', 'true'], { XDG_CACHE_HOME: join(foreign.root, 'cache'), ...env });
      await name('tiny_fix');
      const silent = await start();
      expect(silent.stderr).to.match(/fix: NOT active in pid \d+: .* or is one that writes no report$/);
      expect(silent.exit).to.equal(1);
      await foreign.edit('native/src/fix.cpp', (text) => `${text}\n#error not today\n`);
      const broken = await start();
      expect(broken.stderr).to.match(
        /error LIBRARY-BUILD: tiny_fix by preset plain: native\/src\/fix\.cpp:\d+: /,
      );
      expect(broken.exit).to.equal(2);
      await name('nothing');
      expect((await start()).stderr).to.contain('error LIBRARY-BUILD: ');
      const toolless = await start({ PATH: join(foreign.root, 'specs') });
      expect(toolless.stderr).to.match(/^error LIBRARY-NOT-BUILT: nothing by preset plain: cmake .*\nhint: /);
      expect(toolless.exit).to.equal(3);
    } finally {
      await foreign.remove();
    }
  });
});
