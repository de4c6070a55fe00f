/** A project as others have them: C, folders, a library with a version, presets in several files. */
import { expect } from 'chai';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SmokeTest } from '../../src/domain/smoke.js';
import { makeTempFolder, removeTempFolder } from '../../src/host/temp-folders.js';
import { buildPreset, type NativeBuild } from '../../src/native/build.js';
import { buildAndCheck } from '../../src/native/checked-build.js';
import { readLibraries } from '../../src/native/inspect/library-checks.js';
import { readPresets } from '../../src/native/presets.js';
import { runSmokeTests } from '../../src/native/smoke.js';

const fixture = join(import.meta.dirname, 'fixtures', 'foreign');
const ring = { name: 'ring', header: 'core/include/ring.h', marker: 'RING_API', interposers: [] };

describe('the native code of a foreign project', function () {
  this.timeout(120_000);
  let root: string;
  beforeEach(async () => {
    root = join(await makeTempFolder(), 'ihr Projekt ü');
    await cp(fixture, root, { recursive: true });
  });
  afterEach(() => removeTempFolder(join(root, '..')));
  const build = (preset: string, native = 'core'): Promise<NativeBuild> =>
    buildPreset(root, native, preset, { logFolder: join(root, 'logs'), buildFolder: join(root, '..', 'b') });
  const edit = async (file: string, change: (text: string) => string): Promise<void> => {
    await writeFile(join(root, file), change(await readFile(join(root, file), 'utf8')));
  };

  it('presets that a file includes, and those of the user, are presets', async () => {
    await writeFile(
      join(root, 'core', 'CMakeUserPresets.json'),
      '{"version": 4, "configurePresets": [{"name": "mine", "inherits": "watched"}]}',
    );
    const presets = await readPresets(root, 'core');
    expect(presets.map(({ name }) => name)).to.deep.equal(['plain', 'watched', 'make', 'mine']);
    expect(presets.map(({ generator }) => generator)).to.deep.equal([
      'Ninja',
      'Ninja',
      'Unix Makefiles',
      'Ninja',
    ]);
    expect((await build('mine')).result.state).to.equal('built');
  });

  it('what is built in folders is listed by its place, with the compiler of C', async () => {
    const { result, compiler } = await build('plain');
    expect(result.reason).to.equal('3 programs and libraries');
    expect(result.artefacts.map(({ path }) => path)).to.deep.equal([
      'src/libring.so',
      'src/libunchecked.so',
      'tools/try',
    ]);
    expect(compiler).to.not.equal(undefined);
  });

  it('a library with a version is held against its header', async () => {
    const check = async (): Promise<string[]> => {
      const { result } = await buildAndCheck(root, 'core', 'plain', await readLibraries(root, [ring]), {
        logFolder: join(root, 'logs'),
        buildFolder: join(root, '..', 'b'),
      });
      return (result.checks ?? []).map(
        ({ check: name, artefact, state }) => `${artefact}: ${name}: ${state}`,
      );
    };
    expect(await check()).to.deep.equal(['src/libring.so: header: holds', 'src/libring.so: exports: holds']);
    await edit('core/src/ring.c', (text) =>
      text.replace(
        'int ring_get',
        'int __attribute__((visibility("default"))) more(void) { return 1; }\nint ring_get',
      ),
    );
    expect(await check()).to.include('src/libring.so: exports: fails');
  });

  const side = { program: 'try', args: [], env: {} };
  const test = (preset: string, failure: SmokeTest['without']['expect'], program = 'try'): SmokeTest => ({
    ...{ name: 'overflow', claims: ['Ring!NoOverflow'], what: 'Four puts into three slots.', attempts: 1 },
    without: { ...side, preset, program, inject: ['libunchecked.so'], expect: failure },
    with: { ...side, preset, program, inject: [], expect: { exit: 0, sanitizer: null, report: { used: 3 } } },
  });
  const run = async (preset: string, one: SmokeTest): Promise<string> => {
    const builds = new Map([[preset, await build(preset)]]);
    const [result] = await runSmokeTests([one], builds, { logFolder: join(root, 'logs') });
    return `${result!.state}: ${result!.reason}`;
  };

  it('programs and libraries are found by their names in whatever folder they were built', async () => {
    expect(await run('plain', test('plain', { exit: 1, report: { used: 4 } }))).to.equal(
      'passed: without the fix: exit 1 with used 4; with the fix: exit 0 with used 3',
    );
    expect(await run('plain', test('plain', { exit: 1 }, 'tools/try'))).to.match(/^passed/);
  });

  it('of two programs of one name none is run', async () => {
    await mkdir(join(root, 'core', 'more'));
    await writeFile(
      join(root, 'core/more/CMakeLists.txt'),
      'add_executable(other ../tools/try.c)\nset_target_properties(other PROPERTIES OUTPUT_NAME try)\ntarget_link_libraries(other ring)\n',
    );
    await edit('core/CMakeLists.txt', (text) => `${text}add_subdirectory(more)\n`);
    expect(await run('plain', test('plain', { exit: 1 }))).to.equal(
      'failed: preset plain builds several try: more/try, tools/try; give one with its folder',
    );
    expect(await run('plain', test('plain', { exit: 1 }, 'tools/try'))).to.match(/^passed/);
  });

  it("a sanitizer that no preset's variable names is known by what was linked", async () => {
    expect(await run('watched', test('watched', { sanitizer: 'heap-buffer-overflow' }))).to.equal(
      'passed: without the fix: heap-buffer-overflow; with the fix: exit 0 with used 3',
    );
  });

  it('staged programs use the staged libraries, and not those of a later build', async () => {
    const built = await build('plain');
    const stage = join(root, '..', 'stage');
    await mkdir(stage);
    const { folder } = await buildPreset(root, 'core', 'plain', {
      ...{ logFolder: join(root, 'logs'), buildFolder: built.folder, stage },
    });
    await writeFile(join(built.folder, 'src/libring.so'), 'no library any more');
    const staged = new Map([['plain', { ...built, folder }]]);
    const [result] = await runSmokeTests([test('plain', { exit: 1 })], staged, {
      logFolder: join(root, 'logs'),
    });
    expect(result!.reason).to.contain('with the fix: exit 0 with used 3');
  });

  it('a header beside the sources, or outside of them, that changes is no unchanged build', async () => {
    const first = await build('plain');
    expect((await build('plain')).result.reason).to.match(/^unchanged since/);
    await edit('core/build-aux/config.h', (text) => text.replace('1', '0'));
    const changed = await build('plain');
    expect(changed.result.reason).to.equal('3 programs and libraries');
    expect(changed.identity).to.not.equal(first.identity);
    await edit('shared/flags.cmake', (text) => `${text}add_compile_definitions(MORE=1)\n`);
    expect((await build('plain')).result.reason).to.equal('3 programs and libraries');
  });

  it('what was built there by hand is no source', async () => {
    await build('plain');
    await mkdir(join(root, 'core/out/by-hand'), { recursive: true });
    for (const name of ['CMakeCache.txt', 'build.log'])
      await writeFile(join(root, 'core/out/by-hand', name), '');
    expect((await build('plain')).result.reason).to.match(/^unchanged since/);
  });

  it('where make builds, it is asked each time, and no ninja is needed', async () => {
    expect((await build('make')).result.reason).to.equal('3 programs and libraries');
    await edit('shared/flags.cmake', (text) => `${text}add_compile_definitions(MORE=1)\n`);
    expect((await build('make')).result.reason).to.equal('3 programs and libraries');
  });

  it('a repository that is its own native folder keeps .git, runs and node_modules out of its sources', async () => {
    const repository = join(root, 'core');
    for (const folder of ['.git', 'runs', 'node_modules']) {
      await mkdir(join(repository, folder));
      await writeFile(join(repository, folder, 'file'), '');
    }
    await edit('core/CMakeLists.txt', (text) => text.replace(/include.*\n/, ''));
    const { result } = await buildPreset(repository, '.', 'plain', {
      ...{ logFolder: join(root, 'logs'), buildFolder: join(root, '..', 'b') },
    });
    expect(result.reason).to.equal('3 programs and libraries');
    expect(result.sources.map(({ path }) => path))
      .to.include('src/ring.c')
      .and.have.length(10);
  });

  it('a program that is written into the source tree fails the build, and says so', async () => {
    await edit('core/CMakeLists.txt', (text) =>
      text.replace(
        'add_subdirectory(src)',
        'set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_SOURCE_DIR}/bin")\nadd_subdirectory(src)',
      ),
    );
    const { result } = await build('plain');
    expect(result.state).to.equal('failed');
    expect(result.reason).to.match(
      /^core\/CMakeLists\.txt:1: .*core\/bin\/try lies outside of the build folder/,
    );
  });
});
