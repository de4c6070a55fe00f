import { expect } from 'chai';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../../src/domain/problem.js';
import { exists } from '../../src/host/files.js';
import type { NativeBuild } from '../../src/native/build.js';
import { failures, makeDylibLab, type DylibLab } from './dylib-lab.js';

describe('a build whose artefacts are inspected', function () {
  this.timeout(60_000);
  let lab: DylibLab;
  beforeEach(async () => (lab = await makeDylibLab()));
  afterEach(() => lab.remove());

  it('every assertion about a library for macOS holds, in one line each', async () => {
    const { result } = await lab.build('fat');
    expect(result.reason).to.equal('1 programs and libraries');
    expect(result.checks!.map(({ check, state, detail }) => `${state} ${check}: ${detail}`)).to.deep.equal([
      'holds header: 2 functions, each with THING_API',
      'holds architectures: x86_64 0x01000007/3, arm64 0x0100000c/0',
      'holds install name: @rpath/libthing.dylib',
      'holds minimum macOS: 13.0',
      'holds exports: 2 functions, those of the header',
      'holds constructors: 1 in __init_offsets',
      'holds interposed functions: getenv',
      `holds signature: ${result.checks!.find((c) => c.check === 'signature')!.detail}`,
      `holds two builds identical: ${result.artefacts[0]!.sha256.slice(0, 12)}`,
    ]);
    expect(result.checks!.find((c) => c.check === 'signature')!.detail).to.match(
      /^x86_64: ad hoc, \d+ page hashes recomputed; arm64: ad hoc, \d+ page hashes recomputed$/,
    );
  });

  it('a build that makes no declared library fails, and does not pass with nothing asserted', async () => {
    await lab.edit('CMakeLists.txt', 'INSTALL_NAME_DIR', 'OUTPUT_NAME other INSTALL_NAME_DIR');
    const { result } = await lab.build('thin');
    expect(result.artefacts.map(({ path }) => path)).to.deep.equal(['libother.dylib']);
    expect(failures({ result } as NativeBuild)).to.deep.equal([
      'artefact: fails: the build makes none, and workbench.json declares the library',
    ]);
  });

  it('every assertion fails where it should, each with what was found', async () => {
    await lab.edit(
      'CMakeLists.txt',
      'LINKER:-adhoc_codesign',
      'LINKER:-no_adhoc_codesign,-install_name,/t/a.dylib',
    );
    await lab.edit('toolchains/macho-clang.cmake', 'DEPLOYMENT_TARGET 13.0', 'DEPLOYMENT_TARGET 14.0');
    await lab.edit(
      'src/thing.h',
      'THING_API void',
      'void thing_absent(void);\nTHING_API void thing_gone(void);\nTHING_API void',
    );
    await lab.edit('src/thing.cpp', '__attribute__((constructor)) ', '__attribute__((used)) ');
    await lab.edit('src/thing.cpp', '__interpose,interposing', '__interpose');
    const extra = 'extern "C" THING_API int thing_extra() { return 1; }';
    // Two builds in one second would agree on the time: the second is made on another date.
    await lab.edit(
      'src/thing.cpp',
      'static int',
      `${extra}\nextern const char when[] = __TIME__;\nstatic int`,
    );
    const build = await lab.build('thin');
    expect(build.result.reason).to.equal('1 programs and libraries');
    const [two] = build.result.artefacts;
    expect(failures(build).slice(0, -1)).to.deep.equal([
      'header: fails: native/src/thing.h:13: thing_absent lacks THING_API',
      'install name: fails: arm64: /t/a.dylib, not @rpath/libthing.dylib',
      'minimum macOS: fails: arm64: 14.0, not 13.0',
      'exports: fails: arm64: export thing_gone missing; arm64: export thing_extra too many',
      'constructors: fails: arm64: 0 in __init_offsets, 1 or more are needed',
      'interposed functions: fails: arm64: __interpose has flags 0x0, so that dyld would pass over it',
      'signature: fails: arm64: not signed: macOS refuses to load it on arm64',
    ]);
    expect(failures(build).at(-1)).to.contain(
      `two builds identical: fails: ${two!.sha256.slice(0, 12)} and `,
    );
  });

  it('another interposed function than the declared one fails, and so does a folder in the library', async () => {
    await lab.edit('src/thing.cpp', '#include <stdlib.h>', '#include <string.h>');
    await lab.edit('src/thing.cpp', 'getenv', 'strdup');
    await lab.edit(
      'src/thing.cpp',
      'static int',
      'extern "C" const char *thing_where() { return FOLDER; }\nstatic int',
    );
    await lab.edit(
      'CMakeLists.txt',
      'hidden)',
      'hidden [[-DFOLDER="${CMAKE_BINARY_DIR}"]])'.replace(/\[\[|\]\]/g, ''),
    );
    const build = await lab.build('thin');
    expect(build.result.reason).to.equal('1 programs and libraries');
    const [interposed, twice, ...more] = failures(build);
    expect(interposed).to.equal(
      'interposed functions: fails: arm64: function getenv missing; arm64: function strdup too many',
    );
    expect(twice).to.match(/^two builds identical: fails: [0-9a-f]{12} and [0-9a-f]{12}$/);
    expect(more).to.deep.equal([]);
  });

  it('the exports of a library for Linux are those of the header', async () => {
    expect(failures(await lab.build('elf'))).to.deep.equal([]);
    await lab.edit(
      'src/thing.cpp',
      'static int starts = 0;',
      'static int starts = 0;\nTHING_API int more() { return 1; }',
    );
    expect(failures(await lab.build('elf'))).to.deep.equal(['exports: fails: export _Z4morev too many']);
  });

  it('without clang 19 nothing holds, and the package is named', async () => {
    await lab.edit('toolchains/macho-clang.cmake', 'CLANGXX clang++', 'CLANGXX clang77++');
    const { result } = await lab.build('thin');
    expect(result).to.include({ state: 'not run', reason: 'clang77++-19 is not installed' });
    expect(result.checks!.map((c) => c.state)).to.deep.equal(Array<string>(8).fill('not run'));
    await lab.edit('toolchains/macho-clang.cmake', 'CLANGXX clang77++', 'CLANGXX clang++');
    await lab.edit('toolchains/macho-clang.cmake', 'LLD ld64.lld', 'LLD ld77.lld');
    expect((await lab.build('thin')).result.reason).to.equal('ld77.lld-19 is not installed');
  });

  it('sources that do not compile or link are named, and nothing holds', async () => {
    await lab.edit('src/thing.cpp', 'starts = access', 'stats = access');
    const compiled = await lab.build('thin');
    expect(compiled.result.state).to.equal('failed');
    expect(compiled.result.reason).to.match(
      /^native\/src\/thing.cpp:8: use of undeclared identifier 'stats'/,
    );
    expect(compiled.result.checks!.every((c) => c.state === 'not run')).to.equal(true);
    await lab.edit('src/thing.cpp', 'stats = access', 'extern void absent(); absent(); starts = access');
    const linked = await lab.build('thin');
    expect(linked.result.reason).to.equal('ld64.lld: undefined symbol: absent(), in thing.cpp');
  });

  it('nothing is run where nothing has changed; --fresh builds again', async () => {
    const first = await lab.build('thin');
    const again = await lab.build('thin');
    expect(again.result.reason).to.match(/^unchanged since 20\S+Z, built from sources [0-9a-f]{12}$/);
    expect(again.result.command).to.deep.equal([]);
    expect(again.result.checks).to.deep.equal(first.result.checks);
    expect(again.result.artefacts).to.deep.equal(first.result.artefacts);
    expect(again.compiler).to.deep.equal(first.compiler);
    const fresh = await lab.build('thin', { fresh: true });
    expect(fresh.result.command).to.have.length(4);
    expect(fresh.result.reason).to.equal('1 programs and libraries');
  });

  it('an artefact that was damaged or removed is built again, also when sources changed meanwhile', async () => {
    const { folder, result } = await lab.build('elf');
    const path = join(folder, 'libthing.so');
    const bytes = await readFile(path);
    bytes[bytes.length - 1]! ^= 1;
    await writeFile(path, bytes);
    const damaged = await lab.build('elf');
    expect(damaged.result.reason).to.equal(
      '1 programs and libraries; built again: libthing.so was not what had been built',
    );
    expect(damaged.result.artefacts).to.deep.equal(result.artefacts);
    await writeFile(path, bytes);
    await lab.edit('CMakePresets.json', '"version": 3,', '"version": 3, "vendor": {},');
    expect((await lab.build('elf')).result.reason).to.contain('built again');
    await rm(path);
    expect((await lab.build('elf')).result.reason).to.contain('libthing.so was gone');
    expect(await exists(path)).to.equal(true);
  });

  it('a build during which a source changes is not taken for a build of either state', async () => {
    const change = 'file(APPEND "${CMAKE_SOURCE_DIR}/src/thing.cpp" "// more\\n")';
    await lab.edit('CMakeLists.txt', 'add_library(', `${change}\nadd_library(`);
    const { result } = await lab.build('elf');
    expect(result.reason).to.equal('1 programs and libraries; sources changed meanwhile');
    await lab.edit('CMakeLists.txt', change, '');
    expect((await lab.build('elf')).result.reason).to.equal('1 programs and libraries');
    expect((await lab.build('elf')).result.reason).to.match(/^unchanged/);
  });

  it('two builds of different sources are no two builds', async () => {
    const change = 'file(APPEND "${CMAKE_SOURCE_DIR}/src/thing.cpp" "// more\\n")';
    await lab.edit('CMakeLists.txt', 'add_library(', `${change}\nadd_library(`);
    expect(failures(await lab.build('thin'))).to.deep.equal([
      'two builds identical: not run: sources changed between the two builds',
    ]);
  });

  it('a record of the last build that is garbage is no reason to trust or to fail', async () => {
    const { folder } = await lab.build('elf');
    await writeFile(join(folder, 'finished-build.json'), '{"format":1');
    expect((await lab.build('elf')).result.reason).to.equal('1 programs and libraries');
  });

  it('a cache that cannot be written to is named', async () => {
    await writeFile(join(lab.root, 'build'), 'a file');
    const error = await lab.build('elf').catch((e: unknown) => e);
    expect(error).to.be.instanceOf(Problem).and.include({ code: 'NATIVE-UNWRITABLE', exit: 3 });
  });

  it('a header that is not there is a mistake of the user', async () => {
    await rm(join(lab.root, 'native/src/thing.h'));
    const error = await lab.build('elf').catch((e: unknown) => e);
    expect(error).to.be.instanceOf(Problem).and.include({ code: 'NATIVE-NO-HEADER' });
  });
});
