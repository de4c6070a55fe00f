import { expect } from 'chai';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findGraph } from '../../src/commands/graph-stage.js';
import type { Attempt } from '../../src/domain/run-record.js';
import type { EngineJob } from '../../src/engine/run-model.js';

describe('the graph of a run', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wb-graph-stage-'));
    await mkdir(join(folder, 'logs'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const attempt = (name: string, distinct: number): Attempt =>
    ({ log: `logs/${name}.log`, reading: { outcome: { kind: 'Holds' }, counts: { distinct } } }) as Attempt;
  /** Asks for the graph of a run that saw three states; the second run leaves a graph and saw so many. */
  async function find(text: string, seen: number): Promise<{ asked: number; graph: string | undefined }> {
    const file = join(folder, 'M.tla');
    await writeFile(file, text);
    const log = { file: join(folder, 'logs', 'm.log'), name: 'logs/m.log' };
    const job = { rootModule: 'M', closure: [file], generated: [], workers: 1, graph: false, log };
    let asked = 0;
    const { graph } = await findGraph(job as unknown as EngineJob, attempt('m', 3), folder, async (again) => {
      asked += 1;
      await writeFile(again.log.file.replace(/log$/, 'dot'), 'digraph {}');
      return { attempt: attempt('m-drawn', seen) };
    });
    return { asked, graph };
  }
  const PLAIN = '---- MODULE M ----\nVARIABLE x\n====\n';

  it('of a small model that was not drawn is that of a second run which saw as many states', async () => {
    expect(await find(PLAIN, 3)).to.deep.equal({ asked: 1, graph: 'logs/m-drawn.dot' });
    expect(await find(PLAIN, 4)).to.deep.equal({ asked: 1, graph: undefined });
  });

  it('is not looked for where a second run may see something else: the module asks for the time', async () => {
    const clock = PLAIN.replace('VARIABLE x', 'EXTENDS TLC\nVARIABLE x\nInit == x = JavaTime');
    expect(await find(clock, 3)).to.deep.equal({ asked: 0, graph: undefined });
  });
});
