import { expect } from 'chai';
import { delimiter } from 'node:path';
import { toolEnvironment } from '../../src/native/toolchain.js';

describe('the environment of native tools', () => {
  const join = (...folders: string[]): string => folders.join(delimiter);

  it('is the same whether npm starts the workbench or a shell does', () => {
    const added = ['/p/node_modules/.bin', '/node_modules/.bin', '/usr/lib/npm/run-script/lib/node-gyp-bin'];
    const own = ['/opt/llvm/bin', '/usr/bin'];
    expect(toolEnvironment({ PATH: join(...added, ...own) })).to.deep.equal(
      toolEnvironment({ PATH: join(...own) }),
    );
  });

  it('keeps every other folder of PATH in its order, and no PATH stays none', () => {
    const path = join('/b', '/a', '/p/node_modules/.bin/x', '/p/my-node-gyp-bin-tools');
    expect(toolEnvironment({ PATH: path }).PATH).to.equal(path);
    expect(toolEnvironment({})).to.not.have.property('PATH');
  });
});
