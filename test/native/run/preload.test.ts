import { expect } from 'chai';
import { composePreload, preloadVariableOf } from '../../../src/native/run/preload.js';

const linux = (env: NodeJS.ProcessEnv, ...libraries: string[]) =>
  composePreload(libraries, env, 'linux')?.value;

describe('the variable that injects', () => {
  it('is the one that the loader of the system reads', () => {
    expect(preloadVariableOf('linux')).to.equal('LD_PRELOAD');
    expect(preloadVariableOf('darwin')).to.equal('DYLD_INSERT_LIBRARIES');
    expect(composePreload(['/fix.dll'], {}, 'win32')).to.equal(undefined);
  });

  it('keeps what the user preloads, behind the fix, and no library twice', () => {
    expect(linux({ LD_PRELOAD: '/a.so /b.so::/fix.so' }, '/fix.so')).to.equal('/fix.so:/a.so:/b.so');
    expect(linux({}, '/fix.so')).to.equal('/fix.so');
  });

  it('on macOS a blank does not separate', () => {
    const env = { DYLD_INSERT_LIBRARIES: '/a b.dylib:/c.dylib', LD_PRELOAD: '/x.so' };
    expect(composePreload(['/fix.dylib'], env, 'darwin')).to.deep.equal({
      variable: 'DYLD_INSERT_LIBRARIES',
      value: '/fix.dylib:/a b.dylib:/c.dylib',
    });
  });

  it("a sanitizer's runtime comes first, also where the user preloads it", () => {
    expect(linux({ LD_PRELOAD: '/usr/lib/libasan.so.8' }, '/fix.so')).to.equal(
      '/usr/lib/libasan.so.8:/fix.so',
    );
    expect(linux({ LD_PRELOAD: '/b.so' }, '/lib/libtsan.so.2', '/fix.so')).to.equal(
      '/lib/libtsan.so.2:/fix.so:/b.so',
    );
    expect(linux({ LD_PRELOAD: '/libasanity.so' }, '/fix.so')).to.equal('/fix.so:/libasanity.so');
  });
});
