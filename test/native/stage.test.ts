import { expect } from 'chai';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem } from '../../src/domain/problem.js';
import { makeTempFolder, removeTempFolder } from '../../src/host/temp-folders.js';
import { isPreloadable, makeStage } from '../../src/native/stage.js';

describe('staging', () => {
  it('blanks, colons, dollars and letters outside ASCII are what LD_PRELOAD cannot take', () => {
    expect(isPreloadable('/plain/path-1.0/lib_x.so')).to.equal(true);
    for (const path of ['/a b/l.so', '/a:b/l.so', '/ä/l.so', '/$LIB/l.so', '/a\n/l.so', '']) {
      expect(isPreloadable(path), path).to.equal(false);
    }
  });

  it('a temp folder with blanks is passed over for the next one, and without any there is a clear error', async () => {
    const root = await makeTempFolder();
    const blank = join(root, 'mit Leerzeichen');
    await mkdir(blank);
    const stage = await makeStage([blank, root]);
    expect(stage).to.match(/^[!-9;-~]+$/);
    await removeTempFolder(stage);
    const error = await makeStage([blank]).catch((e: unknown) => e);
    expect((error as Problem).code).to.equal('NATIVE-NO-STAGE');
    await removeTempFolder(root);
  });
});
