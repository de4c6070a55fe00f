import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { cp, mkdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeTempFolder, removeTempFolder } from '../../src/host/temp-folders.js';
import { buildPreset } from '../../src/native/build.js';

/** Reads all that a build may read beside the files of its own folder. */
const LISTS = `cmake_minimum_required(VERSION 3.20)
project(reads LANGUAGES CXX)
include(../shared/flags.cmake)
set(table "\${CMAKE_BINARY_DIR}/table.inc")
add_custom_command(OUTPUT "\${table}" DEPENDS "\${CMAKE_SOURCE_DIR}/../shared/table.txt"
  COMMAND \${CMAKE_COMMAND} -E copy "\${CMAKE_SOURCE_DIR}/../shared/table.txt" "\${table}" VERBATIM)
add_executable(reads main.cpp builders/inner.cpp ../shared/part.cpp "\${table}")
target_include_directories(reads PRIVATE "\${CMAKE_BINARY_DIR}")
target_link_libraries(reads "\${CMAKE_SOURCE_DIR}/../shared/libextra.a")
`;
const PRESETS = { version: 6, configurePresets: [{ name: 'plain', generator: 'Ninja' }] };
const LONG_AGO = new Date('2020-01-01T00:00:00Z');
const FILES: Record<string, string> = {
  'native/CMakeLists.txt': LISTS,
  'native/CMakePresets.json': JSON.stringify(PRESETS),
  'native/main.cpp':
    '#include <cstdio>\n#include "../shared/value.h"\n#include "table.inc"\nint inner(); int part(); extern "C" int extra();\nint main() { std::printf("%d %d %d %d %d %d", VALUE, FLAG, table, inner(), part(), extra()); }\n',
  'native/builders/inner.cpp': '#include "inner.h"\nint inner() { return INNER; }\n',
  'native/builders/inner.h': '#define INNER 1\n',
  'shared/value.h': '#define VALUE 1\n',
  'shared/flags.cmake': 'add_compile_definitions(FLAG=1)\n',
  'shared/table.txt': 'int table = 1;\n',
  'shared/part.cpp': 'int part() { return 1; }\n',
  'shared/extra.cpp': 'extern "C" int extra() { return 1; }\n',
};

describe('a build that reads more than its own folder', function () {
  this.timeout(240_000);
  let root: string;
  let folder: string;
  before(async () => {
    folder = await makeTempFolder();
    root = join(folder, 'a b ü');
    for (const [path, text] of Object.entries(FILES)) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    }
    archive();
    expect((await build()).shows).to.equal('1 1 1 1 1 1');
  });
  after(() => removeTempFolder(folder));

  const archive = (): void => {
    const shell =
      'g++ -c extra.cpp -o extra.o && rm -f libextra.a && ar rcs libextra.a extra.o && rm extra.o';
    execFileSync('sh', ['-c', shell], { cwd: join(root, 'shared') });
  };
  const build = async (at = root) => {
    const options = { logFolder: join(at, 'logs'), buildFolder: join(at, 'build') };
    const { result, folder: built } = await buildPreset(at, 'native', 'plain', options);
    return { reason: result.reason, shows: execFileSync(join(built, 'reads')).toString() };
  };

  it('is not made again where all that it read is as it was', async () => {
    expect((await build()).reason).to.match(/^unchanged since /);
  });

  const changed = {
    'a header beside the folder': ['shared/value.h', '2 1 1 1 1 1'],
    'what CMakeLists.txt includes': ['shared/flags.cmake', '2 2 1 1 1 1'],
    'an input of a command of the build': ['shared/table.txt', '2 2 2 1 1 1'],
    'a header in a folder that is called like a build': ['native/builders/inner.h', '2 2 2 2 1 1'],
    'a source beside the folder': ['shared/part.cpp', '2 2 2 2 2 1'],
    'a library that was built elsewhere': ['shared/extra.cpp', '2 2 2 2 2 2'],
  };
  for (const [what, [path = '', shows]] of Object.entries(changed))
    it(`is made again where ${what} changed`, async () => {
      const text = await readFile(join(root, path), 'utf8');
      await writeFile(join(root, path), text.replace('1', '2'));
      if (path.endsWith('extra.cpp')) archive();
      const made = await build();
      expect(made.reason).to.not.match(/^unchanged/);
      expect(made.shows).to.equal(shows);
      expect((await build()).reason).to.match(/^unchanged since /);
    });

  it('is made again where a header has the size and the date that it had, but another content', async () => {
    const path = join(root, 'shared/value.h');
    await utimes(path, LONG_AGO, LONG_AGO);
    await build();
    await writeFile(path, '#define VALUE 3\n');
    await utimes(path, LONG_AGO, LONG_AGO);
    expect((await build()).reason).to.not.match(/^unchanged/);
    await rm(join(root, 'build'), { recursive: true });
    expect((await build()).shows).to.equal('3 2 2 2 2 2');
  });

  it('is looked at each time where ninja does not know what was read: it cuts a path at an apostrophe', async () => {
    const other = join(folder, "it's");
    await cp(root, other, { recursive: true, filter: (path) => !path.endsWith('/build') });
    expect((await build(other)).shows).to.equal('3 2 2 2 2 2');
    await writeFile(join(other, 'shared/value.h'), '#define VALUE 4\n');
    expect((await build(other)).shows).to.equal('4 2 2 2 2 2');
  });
});
