import { expect } from 'chai';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { makeWorkspace, type Workspace } from './workspace.js';

const repository = join(import.meta.dirname, '..', '..');

const project = {
  native: {
    root: 'native',
    covered: [],
    libraries: [
      {
        name: 'thing',
        header: 'native/src/thing.h',
        marker: 'THING_API',
        macho: { minimumMacOS: '13.0', constructors: 1, interposes: ['getenv'] },
      },
    ],
  },
};

describe('workbench build', function () {
  this.timeout(120_000);
  let workspace: Workspace;
  before(async () => {
    workspace = await makeWorkspace('mein Projekt ü');
    await cp(join(repository, 'test/native/fixtures/dylib'), join(workspace.root, 'native'), {
      recursive: true,
    });
    for (const part of ['toolchains', 'macho']) {
      await cp(join(repository, 'native', part), join(workspace.root, 'native', part), { recursive: true });
    }
    await workspace.write('workbench.json', JSON.stringify(project));
  });
  after(() => workspace.remove());
  const build = (...args: string[]) =>
    workspace.run(['build', ...args], { XDG_CACHE_HOME: join(workspace.root, 'cache ä') });

  it('builds every preset in paths with blanks and umlauts, and says what holds of each', async () => {
    const first = await build();
    expect(first.stdout).to.match(
      /^elf: built: 1 programs and libraries in .*\n {2}libthing.so +\d+ bytes {2}[0-9a-f]{64}\n/,
    );
    expect(first.stdout).to.contain(
      '\n  ok   libthing.dylib: architectures: x86_64 0x01000007/3, arm64 0x0100000c/0\n',
    );
    expect(first.stdout).to.not.match(/FAIL|open/);
    expect(first.exit).to.equal(0);
    const again = await build();
    expect(again.exit).to.equal(0);
    expect(
      again.stdout.match(/: built: unchanged since \S+, built from sources [0-9a-f]{12} in /g),
    ).to.have.length(3);
    expect((await build('elf', '--fresh')).stdout).to.match(/^elf: built: 1 programs and libraries in /);
  });

  it('--json is nothing but JSON, with every check', async () => {
    const { stdout, exit } = await build('thin', '--json');
    const [one] = JSON.parse(stdout) as { result: { preset: string; checks: { state: string }[] } }[];
    expect(one!.result.preset).to.equal('thin');
    expect(one!.result.checks.map((check) => check.state)).to.deep.equal(Array<string>(9).fill('holds'));
    expect(exit).to.equal(0);
  });

  it('an assertion that fails is exit 1, a missing tool 4, an unknown preset 2, no cache 3', async () => {
    await workspace.edit('workbench.json', (text) => text.replace('13.0', '12.0'));
    const wrong = await build('thin');
    expect(wrong.stdout).to.contain('  FAIL libthing.dylib: minimum macOS: arm64: 13.0, not 12.0\n');
    expect(wrong.exit).to.equal(1);
    await workspace.edit('workbench.json', (text) => text.replace('12.0', '13.0'));

    const toolchain = 'native/toolchains/macho-clang.cmake';
    await workspace.edit(toolchain, (text) => text.replace('CLANGXX clang++', 'CLANGXX clang77++'));
    const missing = await build('thin');
    expect(missing.stdout).to.match(
      /^thin: not run: clang77\+\+-19 is not installed\n {2}open libthing.dylib: architectures: /,
    );
    expect(missing.exit).to.equal(4);

    const unknown = await build('thing');
    expect(unknown.stderr).to.contain('NATIVE-NO-PRESET');
    expect(unknown.exit).to.equal(2);
    const nowhere = await workspace.run(['build', 'elf'], {
      XDG_CACHE_HOME: join(workspace.root, 'workbench.json'),
    });
    expect(nowhere.stderr).to.contain('NATIVE-UNWRITABLE');
    expect(nowhere.exit).to.equal(3);
  });
});
