/** What `cmake --install` of the fix puts in place is enough for somebody else's project. */
import { expect } from 'chai';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTempFolder, removeTempFolder } from '../../src/host/temp-folders.js';
import { runProcess } from '../../src/host/processes.js';
import { buildPreset } from '../../src/native/build.js';
import { toolEnvironment } from '../../src/native/toolchain.js';

const repository = join(import.meta.dirname, '..', '..');

const consumer = `cmake_minimum_required(VERSION 3.21)
project(consumer LANGUAGES C CXX)
find_package(agx_fix REQUIRED CONFIG)
add_executable(shared main.c)
target_link_libraries(shared PRIVATE agx_fix::agx_fix)
add_executable(static main.c)
set_target_properties(static PROPERTIES LINKER_LANGUAGE CXX)
target_link_libraries(static PRIVATE -Wl,--whole-archive agx_fix::agx_fix_static -Wl,--no-whole-archive)
`;

const main = `#include <agx_fix.h>
#include <stdio.h>
int main(void) {
  printf("version %u active %d\\n", agx_fix_api_version(), agx_fix_is_active());
  return agx_fix_api_version() == AGX_FIX_API_VERSION ? 0 : 1;
}
`;

describe('installing the fix', function () {
  this.timeout(300_000);
  let folder: string;
  before(async () => (folder = await makeTempFolder()));
  after(() => removeTempFolder(folder));
  const run = async (...command: string[]): Promise<string> => {
    const ran = await runProcess({ command, cwd: folder, env: toolEnvironment(), keepStdin: false });
    if (ran.exit !== 0)
      throw new Error(`${command.join(' ')}: ${ran.startError ?? ''}${ran.stdout}${ran.stderr}`);
    return ran.stdout;
  };

  it('libraries, header and package are found by a C project, which links either library and runs', async () => {
    const built = await buildPreset(repository, 'native', 'linux-gcc', {
      logFolder: join(folder, 'logs'),
      buildFolder: join(folder, 'build'),
      targets: ['agx_fix', 'agx_fix_static'],
      jobs: 2,
    });
    expect(built.result.artefacts.map((artefact) => artefact.path)).to.deep.equal([
      'libagx_fix.a',
      'libagx_fix.so',
    ]);
    await run('cmake', '--install', built.folder, '--prefix', join(folder, 'place'));
    const files = await readdir(join(folder, 'place'), { recursive: true });
    expect(
      files.filter((file) => /\.(h|a|so|cmake)$/.test(file)).map((file) => file.replace(/^lib\w*\//, 'lib/')),
    ).to.have.members([
      'include/agx_fix.h',
      'lib/libagx_fix.a',
      'lib/libagx_fix.so',
      'lib/cmake/agx_fix/agx_fix-config.cmake',
      'lib/cmake/agx_fix/agx_fix-config-relwithdebinfo.cmake',
    ]);
    await writeFile(join(folder, 'CMakeLists.txt'), consumer);
    await writeFile(join(folder, 'main.c'), main);
    const place = `-DCMAKE_PREFIX_PATH=${join(folder, 'place')}`;
    await run('cmake', '-G', 'Ninja', '-S', folder, '-B', join(folder, 'consumer'), place);
    await run('cmake', '--build', join(folder, 'consumer'));
    for (const program of ['shared', 'static']) {
      expect(await run(join(folder, 'consumer', program))).to.equal('version 1 active 0\n');
    }
  });
});
