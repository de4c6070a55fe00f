import { expect } from 'chai';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Problem } from '../../src/domain/problem.js';
import type { RunRecord } from '../../src/domain/run-record.js';
import {
  findRunId,
  listRunIds,
  openRun,
  readRun,
  recordHash,
  removeRun,
  writeRecord,
} from '../../src/store/records.js';

const empty = (id: string): Omit<RunRecord, 'hash'> => ({
  schema: 1,
  id,
  command: ['verify'],
  startedAt: '2026-01-01T00:00:00.000Z',
  finishedAt: '2026-01-01T00:00:01.000Z',
  state: 'finished',
  exitCode: 0,
  tools: [],
  git: null,
  models: [],
  builds: [],
  smoke: [],
  anchors: null,
  findings: [],
  claims: [],
  problems: [],
});

describe('run records', () => {
  let root = '';
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'wb-store-'));
  });
  afterEach(async () => {
    await rm(root, { recursive: true, force: true });
  });
  const store = async (): Promise<string> => {
    const { id } = await openRun(root, new Date('2026-01-01T00:00:00Z'));
    await writeRecord(root, empty(id));
    return id;
  };
  const edit = async (id: string, change: (text: string) => string): Promise<void> => {
    const file = join(root, 'runs', id, 'run.json');
    await writeFile(file, change(await readFile(file, 'utf8')));
  };

  it('a record that was written reads back as sound', async () => {
    expect((await readRun(root, await store())).state).to.equal('sound');
  });

  it('a record whose exit code was edited is damaged', async () => {
    const id = await store();
    await edit(id, (text) => text.replace('"exitCode":0', '"exitCode":1'));
    const run = await readRun(root, id);
    expect(run.state).to.equal('damaged');
    expect(run.state === 'damaged' && run.reason).to.contain('hash does not match');
  });

  it('a record with a key added is damaged', async () => {
    const id = await store();
    await edit(id, (text) => text.replace('"exitCode":0', '"exitCode":0, "note": "fine"'));
    expect((await readRun(root, id)).state).to.equal('damaged');
  });

  it('a record that was cut is damaged', async () => {
    const id = await store();
    await edit(id, (text) => text.slice(0, -20));
    expect((await readRun(root, id)).state).to.equal('damaged');
  });

  it('a record of an older schema is read, and one of a newer is not', async () => {
    const id = await store();
    const as = async (schema: number): Promise<string> => {
      const raw = JSON.parse(await readFile(join(root, 'runs', id, 'run.json'), 'utf8')) as RunRecord;
      const record = { ...raw, schema };
      const hash = recordHash(record as RunRecord);
      await writeFile(join(root, 'runs', id, 'run.json'), JSON.stringify({ ...record, hash }));
      return (await readRun(root, id)).state;
    };
    expect([await as(1), await as(2), await as(3)]).to.deep.equal(['sound', 'sound', 'other schema']);
  });

  it('a behaviour is held by what changes in it, and read with every state whole', async () => {
    const text = await readFile(
      new URL('../report/fixtures/records/check-odd/run.json', import.meta.url),
      'utf8',
    );
    const { models } = JSON.parse(text) as RunRecord;
    const { id } = await openRun(root, new Date('2026-01-01T00:00:00Z'));
    await writeRecord(root, { ...empty(id), models });
    const written = await readFile(join(root, 'runs', id, 'run.json'), 'utf8');
    expect(written).to.contain('"changed":{').and.contain('"schema":2');
    expect(written.length).to.be.lessThan(JSON.stringify(models).length);
    const run = await readRun(root, id);
    expect(run.state === 'sound' && run.record.models).to.deep.equal(models);
  });

  it('a record that is no record is damaged, and the reason says so in one sentence', async () => {
    const id = await store();
    await edit(id, () => 'null\n');
    const run = await readRun(root, id);
    expect(run.state === 'damaged' && run.reason).to.equal(
      'run.json: Invalid input: expected object, received null',
    );
  });

  it("a record copied into another run's folder is damaged", async () => {
    const id = await store();
    const { id: other, folder } = await openRun(root, new Date('2026-01-02T00:00:00Z'));
    await writeFile(join(folder, 'run.json'), await readFile(join(root, 'runs', id, 'run.json')));
    expect((await readRun(root, other)).state).to.equal('damaged');
  });

  it('a folder with logs and no record is unfinished', async () => {
    const { id } = await openRun(root, new Date());
    expect((await readRun(root, id)).state).to.equal('unfinished');
  });

  it('two runs of one second have two folders', async () => {
    await store();
    await store();
    expect(await listRunIds(root)).to.have.length(2);
  });

  it('a run is found by the beginning or the end of its id, and an unknown or ambiguous one is refused', async () => {
    const a = await store();
    await store();
    expect(await findRunId(root, a.slice(-8))).to.equal(a);
    for (const wanted of ['2026', 'nothing']) {
      const error: unknown = await findRunId(root, wanted).catch((e: unknown) => e);
      expect(error).to.be.instanceOf(Problem);
    }
  });

  it('a removed run is gone', async () => {
    const id = await store();
    await removeRun(root, id);
    expect(await listRunIds(root)).to.deep.equal([]);
  });
});
