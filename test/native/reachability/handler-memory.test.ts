import { expect } from 'chai';
import { mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTempFolder, removeTempFolder } from '../../../src/host/temp-folders.js';
import { readDependencies } from '../../../src/native/reachability/compile.js';
import { checkReachability } from '../../../src/native/reachability/reachability.js';
import { openResultCache } from '../../../src/store/cache/result-cache.js';

const SOURCE = `#include "outer.h"
#include <signal.h>
extern "C" void onInterrupt(int) { note(); }
void install() { signal(SIGINT, onInterrupt); }
`;

describe('a check of handlers that was made before', function () {
  this.timeout(60_000);
  let root: string;
  before(async () => {
    root = await makeTempFolder();
  });
  after(() => removeTempFolder(root));
  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(join(root, path, '..'), { recursive: true });
    await writeFile(join(root, path), text);
  };
  beforeEach(async () => {
    await rm(join(root, 'native'), { recursive: true, force: true });
    await write('native/handler.cpp', SOURCE);
    await write('native/include/outer.h', '#include "inner.h"\n');
    await write(
      'native/include/deep/inner.h',
      '#include <unistd.h>\ninline void note() { write(2, "", 0); }\n',
    );
    await write('native/list.json', JSON.stringify({ safe: [{ reason: 'a test', names: ['write'] }] }));
  });

  const check = async (flags: string[] = [], fresh = false) => {
    const cache = openResultCache({ env: { XDG_CACHE_HOME: join(root, 'cache') }, fresh });
    const result = await checkReachability(
      root,
      {
        files: ['native/handler.cpp'],
        flags: ['-Inative/include', '-Inative/include/deep', ...flags],
        allowed: 'native/list.json',
      },
      // What was written a moment ago is not kept, and the clock of a test may stand still that long.
      { memory: { cache, runId: 'r1', now: () => Date.now() + 60_000 } },
    );
    return result;
  };

  it('is not made again, and says where it is from', async () => {
    const first = await check();
    expect(first.faults).to.deep.equal([]);
    expect(first.state).to.equal('passed');
    const again = await check();
    expect(again.reused?.from).to.equal('r1');
    expect({ ...again, reused: undefined }).to.deep.equal({ ...first, reused: undefined });
    expect(await check([], true)).to.not.have.property('reused');
  });

  const edits: Record<string, () => Promise<unknown>> = {
    'a header two includes deep': () =>
      write(
        'native/include/deep/inner.h',
        '#include <cstdlib>\ninline void note() { std::free(nullptr); }\n',
      ),
    'a new header that is found first': () =>
      write('native/include/inner.h', '#include <unistd.h>\ninline void note() { fsync(2); }\n'),
    'the list': () =>
      write('native/list.json', JSON.stringify({ safe: [{ reason: 'a test', names: ['fsync'] }] })),
    'the source': () => write('native/handler.cpp', SOURCE.replace('note()', 'note(), sleep(1)')),
  };
  for (const [what, edit] of Object.entries(edits))
    it(`is made again when ${what} changed, and shows it`, async () => {
      expect((await check()).state).to.equal('passed');
      await edit();
      const again = await check();
      expect(again).to.not.have.property('reused');
      expect(again.state).to.equal('failed');
    });

  it('is made again when a header of another place has the size and the date that it had, but another content', async () => {
    const elsewhere = await makeTempFolder();
    const header = join(elsewhere, 'inner.h');
    const put = async (call: string): Promise<void> => {
      await writeFile(header, `#include <unistd.h>\ninline void note() { ${call}; }\n`);
      await utimes(header, 1e9, 1e9);
    };
    await rm(join(root, 'native/include/deep/inner.h'));
    await put('write(2, "", 0)');
    expect((await check([`-I${elsewhere}`])).state).to.equal('passed');
    await put('fsync(2);;;;;;;');
    const again = await check([`-I${elsewhere}`]);
    await removeTempFolder(elsewhere);
    expect(again).to.not.have.property('reused');
    expect(again.state).to.equal('failed');
  });

  it('is made again with other flags', async () => {
    await check();
    expect(await check(['-DOTHER'])).to.not.have.property('reused');
  });

  it('is not kept where a file changed after it began', async () => {
    const memory = {
      cache: openResultCache({ env: { XDG_CACHE_HOME: join(root, 'cache') } }),
      runId: 'r1',
      now: () => 0,
    };
    const config = {
      files: ['native/handler.cpp'],
      flags: ['-Inative/include', '-Inative/include/deep', '-DX'],
      allowed: 'native/list.json',
    };
    for (const _ of [1, 2])
      expect(await checkReachability(root, config, { memory })).to.not.have.property('reused');
  });

  it('is never kept where a file does not compile', async () => {
    await write('native/handler.cpp', 'nonsense\n');
    expect((await check()).state).to.equal('failed');
    expect(await check()).to.not.have.property('reused');
  });

  it('reads what the compiler notes: blanks, dollars and lines that go on', () => {
    expect(readDependencies('-: ./a.cpp /usr/include/x.h \\\n  my\\ file.h b$$c.h\n')).to.deep.equal([
      'a.cpp',
      '/usr/include/x.h',
      'my file.h',
      'b$c.h',
    ]);
  });
});
