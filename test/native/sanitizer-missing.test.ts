import { expect } from 'chai';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SmokeTest } from '../../src/domain/smoke.js';
import { makeTempFolder, removeTempFolder } from '../../src/host/temp-folders.js';
import { readPresets, type NativePreset } from '../../src/native/presets.js';
import { runSmokeTests } from '../../src/native/smoke.js';
import { findMissingTool, sanitizerOf } from '../../src/native/toolchain.js';

const repository = join(import.meta.dirname, '..', '..');

/** A compiler that says it is GCC and has no library of any sanitizer. */
const bareCompiler = `#!/bin/sh
case "$1" in
  --version) echo 'g++ 12.2.0, Free Software Foundation, Inc.' ;;
  -print-file-name=*) echo "\${1#*=}" ;;
esac
`;

describe('a sanitizer whose library is not installed', () => {
  let folder: string;
  let bare: string;
  before(async () => {
    folder = await makeTempFolder();
    bare = join(folder, 'g++');
    await writeFile(bare, bareCompiler);
    await chmod(bare, 0o755);
  });
  after(() => removeTempFolder(folder));

  const presetOf = (sanitizer: string): NativePreset => ({
    name: sanitizer,
    variables: { AGX_SANITIZE: sanitizer, CMAKE_CXX_COMPILER: bare },
    forThisSystem: true,
  });

  it('is named, for ThreadSanitizer and AddressSanitizer alike', async () => {
    expect(await findMissingTool(presetOf('thread'), process.env)).to.equal(
      "the thread sanitizer's library libtsan.so is missing",
    );
    expect(await findMissingTool(presetOf('address'), process.env)).to.equal(
      "the address sanitizer's library libasan.so is missing",
    );
  });

  it('makes a smoke test of its preset "not run", never a pass', async () => {
    const reason = (await findMissingTool(presetOf('thread'), process.env))!;
    const result = { preset: 'thread', state: 'not run', reason, milliseconds: 0, log: '' } as const;
    const build = {
      folder: '',
      preset: presetOf('thread'),
      result: { ...result, command: [], artefacts: [], sources: [] },
    };
    const side = { preset: 'thread', program: 'p', args: [], inject: [], env: {}, expect: { exit: 0 } };
    const test: SmokeTest = {
      ...{ name: 'one', claims: ['M!Safe'], what: 'text', attempts: 1 },
      ...{ without: side, with: side },
    };
    const ran = (await runSmokeTests([test], new Map([['thread', build]]), { logFolder: folder }))[0]!;
    expect(ran.state).to.equal('not run');
    expect(ran.reason).to.contain('libtsan.so is missing');
  });

  it('is looked for wherever a preset of this repository needs one', async () => {
    const presets = await readPresets(repository, 'native', 'linux');
    const found = Object.fromEntries(presets.map((preset) => [preset.name, sanitizerOf(preset)]));
    expect(found).to.include({
      'linux-gcc-tsan': 'thread',
      'linux-gcc-asan': 'address',
      'linux-gcc': undefined,
    });
  });
});
