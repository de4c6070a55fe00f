import { expect } from 'chai';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepBesides, readHistory, readTexts, summarise } from '../../src/store/besides.js';
import { LOCKS } from '../e2e/workspace.js';
import { RECORDS, readRecord } from '../report/recorded.js';

describe('what stands beside a record', () => {
  let root = '';
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'wb-besides-'));
  });
  afterEach(async () => {
    await rm(root, { recursive: true, force: true });
  });
  const putModule = async (text: string): Promise<void> => {
    await mkdir(join(root, 'specs/Locks'), { recursive: true });
    await writeFile(join(root, 'specs/Locks/Locks.tla'), text);
  };

  it('sources are those that ran: a file that was changed meanwhile is left out', async () => {
    const record = await readRecord('check-locks');
    await putModule(LOCKS);
    await keepBesides(root, record);
    const file = join(root, 'runs', record.id, 'sources.json');
    expect(Object.keys(JSON.parse(await readFile(file, 'utf8')) as object)).to.deep.equal([
      'specs/Locks/Locks.tla',
    ]);
    await putModule(`${LOCKS}\n`);
    await keepBesides(root, record);
    expect(JSON.parse(await readFile(file, 'utf8'))).to.deep.equal({});
  });

  it('a text that was edited there is not shown, and the working tree helps out where it still fits', async () => {
    const record = await readRecord('check-locks');
    const folder = join(root, 'runs', record.id);
    await cp(join(RECORDS, 'check-locks'), folder, { recursive: true });
    const all = [...(await readTexts(root, folder, record)).values()];
    expect(all.some((text) => text.includes('MODULE Locks'))).to.equal(true);
    const file = join(folder, 'sources.json');
    await writeFile(file, (await readFile(file, 'utf8')).replace('MODULE Locks', 'MODULE Lies'));
    expect([...(await readTexts(root, folder, record)).values()].join()).to.not.match(/MODULE L/);
    await putModule(LOCKS);
    expect([...(await readTexts(root, folder, record)).values()].join()).to.contain('MODULE Locks');
    await writeFile(file, '{"cut');
    expect((await readTexts(root, folder, record)).size).to.equal(1);
  });

  it('a folder that cannot be written costs the excerpts and not the run', async () => {
    const record = await readRecord('check-locks');
    await writeFile(join(root, 'runs'), 'a file in the way');
    await keepBesides(root, record);
  });

  it('summaries of earlier runs come in their order; a damaged one is passed over', async () => {
    const records = [await readRecord('verify'), await readRecord('check-locks')];
    for (const record of records) await keepBesides(root, record);
    await mkdir(join(root, 'runs/20250101T000000Z-00000000'));
    await writeFile(join(root, 'runs/20250101T000000Z-00000000/summary.json'), '{"id":');
    const points = await readHistory(root);
    expect(points.map((p) => p.id)).to.deep.equal(records.map((r) => r.id).sort());
    expect(await readHistory(join(root, 'none'))).to.deep.equal([]);
  });

  it('a summary counts the runs of its record, and rates nothing where nothing was rated', async () => {
    const point = summarise(await readRecord('check-locks'));
    expect(point.runs).to.deep.equal({ total: 4, asDeclared: 4, notAsDeclared: 0, open: 0, notMeasured: 0 });
    expect(point).to.deep.include({ exitCode: 0, rungs: [] });
    const rated = summarise(await readRecord('verify')).rungs;
    expect(rated.reduce((sum, n) => sum + n, 0)).to.equal(5);
  });
});
