import { expect } from 'chai';
import { cp, mkdir, readFile, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../../src/domain/problem.js';
import { makeTempFolder, removeTempFolder } from '../../src/host/temp-folders.js';
import { buildFolderOf } from '../../src/native/build-folder.js';
import { buildPreset, type BuildOptions } from '../../src/native/build.js';
import { findFirstError, findMissingPart } from '../../src/native/build-log.js';
import { findProgram } from '../../src/native/toolchain.js';

const fixture = join(import.meta.dirname, 'fixtures', 'tiny');

describe('building a preset', function () {
  this.timeout(120_000);
  let root: string;
  let options: BuildOptions;
  beforeEach(async () => {
    root = await makeTempFolder();
    await cp(fixture, join(root, 'native'), { recursive: true });
    options = { logFolder: join(root, 'logs'), buildFolder: join(root, 'build') };
  });
  afterEach(() => removeTempFolder(root));
  const build = (preset: string, more: Partial<BuildOptions> = {}) =>
    buildPreset(root, 'native', preset, { ...options, ...more });

  it('lists programs and libraries with their hashes, and writes nothing into the sources', async () => {
    const before = (await readdir(join(root, 'native'), { recursive: true })).sort();
    const { result } = await build('plain');
    expect(result.reason).to.equal('2 programs and libraries');
    expect(result.artefacts.map((a) => a.path)).to.deep.equal(['libtiny_fix.so', 'tiny']);
    expect(result.artefacts[0]!.sha256).to.match(/^[0-9a-f]{64}$/);
    expect(result.command[0]!.slice(0, 3)).to.deep.equal(['cmake', '--preset', 'plain']);
    expect((await readdir(join(root, 'native'), { recursive: true })).sort()).to.deep.equal(before);
  });

  it('a compile error is named with file and line', async () => {
    const file = join(root, 'native/src/fix.cpp');
    await writeFile(file, (await readFile(file, 'utf8')).replace('return 1;', 'return one;'));
    const { result } = await build('plain');
    expect(result.state).to.equal('failed');
    expect(result.reason).to.match(/^native\/src\/fix\.cpp:2: .one. was not declared/);
    expect(result.artefacts).to.deep.equal([]);
    expect(await readFile(join(root, 'logs', result.log), 'utf8')).to.contain('was not declared');
  });

  it('an error in CMakeLists.txt is named with file and line', async () => {
    await writeFile(join(root, 'native/CMakeLists.txt'), 'project(tiny LANGUAGES CXX)\nno_such_command()\n');
    const { result } = await build('plain');
    expect(result.state).to.equal('failed');
    expect(result.reason).to.match(/^native\/CMakeLists\.txt:2: Unknown CMake command/);
  });

  it('a library of a target that is gone is no artefact any more', async () => {
    await build('plain');
    const lists = join(root, 'native/CMakeLists.txt');
    await writeFile(lists, (await readFile(lists, 'utf8')).replace(/add_library.*/, ''));
    expect((await build('plain')).result.artefacts.map((a) => a.path)).to.deep.equal(['tiny']);
  });

  it('a preset that changed is built anew: no older compiler, and none of its own words lost', async () => {
    const presets = join(root, 'native/CMakePresets.json');
    const old = await readFile(presets, 'utf8');
    const other = join(root, 'other-c++');
    await symlink(await findProgram('g++', process.env).then((path) => path ?? ''), other);
    await writeFile(presets, old.replace('"g++"', JSON.stringify(other)));
    expect((await build('asan')).compiler?.path).to.equal(other);
    await writeFile(presets, old);
    const { result, compiler } = await build('asan');
    expect(result.state).to.equal('built');
    expect(compiler?.path).not.to.equal(other);
    expect(await readFile(join(root, 'build/CMakeCache.txt'), 'utf8')).to.match(
      /^TINY_SANITIZE:\w+=address$/m,
    );
  });

  it('without cmake nothing is run', async () => {
    const bin = join(root, 'bin');
    await mkdir(bin);
    const { result } = await build('plain', { env: { PATH: bin } });
    expect(result).to.include({
      state: 'not run',
      reason: 'cmake is not installed: install cmake, in both Debian and Homebrew',
    });
    expect(result.command).to.deep.equal([]);
  });

  it('without a compiler nothing is run', async () => {
    expect((await build('no-compiler')).result).to.include({
      state: 'not run',
      reason: 'the compiler no-such-compiler is not installed',
    });
    const bin = join(root, 'bin');
    await mkdir(bin);
    for (const name of ['cmake', 'ninja']) {
      await symlink((await findProgram(name, process.env))!, join(bin, name));
    }
    const { result } = await build('plain', { env: { PATH: bin } });
    expect(result).to.include({
      state: 'not run',
      reason: "the compiler g++ is not installed: install Debian's g++ and gobjc++",
    });
  });

  it('a preset for another system is not run', async () => {
    const { result } = await build('mac-only', { platform: 'linux' });
    expect(result.state).to.equal('not run');
    expect(result.reason).to.contain('not for this system');
  });

  it('an unknown preset is a mistake of the user, and the known ones are named', async () => {
    const error = await build('plan').catch((e: unknown) => e);
    expect(error).to.be.instanceOf(Problem);
    expect((error as Problem).hint).to.contain('plain, asan');
  });

  it('builds of two repositories and two presets never share a folder', async () => {
    const other = await makeTempFolder();
    const folders = [
      await buildFolderOf(root, 'plain', { XDG_CACHE_HOME: '/c' }),
      await buildFolderOf(root, 'asan', { XDG_CACHE_HOME: '/c' }),
      await buildFolderOf(other, 'plain', { XDG_CACHE_HOME: '/c' }),
    ];
    await removeTempFolder(other);
    expect(new Set(folders).size).to.equal(3);
    expect(folders.every((f) => f.startsWith('/c/tla-workbench/native/'))).to.equal(true);
  });

  it('two builds of one preset at once both succeed', async () => {
    const both = await Promise.all([build('plain'), build('plain')]);
    expect(both.map((b) => b.result.state)).to.deep.equal(['built', 'built']);
  });

  it('linker errors and missing parts are read from the log', () => {
    const undefinedReference =
      "/usr/bin/ld: a.o: in function `main':\n/r/native/a.cpp:3: undefined reference to `gone()'\ncollect2: error: ld returned 1 exit status\n";
    expect(findFirstError(undefinedReference, '/r', 'native')).to.equal(
      "native/a.cpp:3: undefined reference to `gone()'",
    );
    expect(findMissingPart("g++: fatal error: cannot execute 'cc1objplus': execvp")).to.contain('gobjc++');
    expect(findMissingPart('error: expected ;')).to.equal(undefined);
    // An optional part that is missing is not why a configuration failed.
    expect(findMissingPart('-- Could NOT find Doxygen\nCMake Error at CMakeLists.txt:2:\n  no')).to.equal(
      undefined,
    );
    const at = 'CMake Error at t.cmake:2 (find_program):\n  ';
    expect(findMissingPart(`${at}Could not find GXX using the following names: g++\n`)).to.equal(
      "g++ is not installed: install Debian's g++ and gobjc++",
    );
    // The first of several names, with the package that has it.
    expect(
      findMissingPart(`${at}Could not find LLD using the following names: ld64.lld-19, ld64.lld\n`),
    ).to.equal("ld64.lld-19 is not installed: install Debian's lld-19, Homebrew's lld@19");
    expect(findMissingPart("/r/a.cpp:1:10: fatal error: 'objc/runtime.h' file not found")).to.contain(
      'gobjc++',
    );
    expect(findMissingPart(`${at}Could NOT find Threads (missing: X)\n`)).to.equal(
      'CMake does not find Threads',
    );
    expect(findMissingPart('Could not read presets from /x: Unrecognized "version" field')).to.contain(
      'too old',
    );
    expect(findMissingPart('CMake 3.25 or higher is required.  You are running version 3.18')).to.contain(
      '3.25',
    );
  });
});
