import { expect } from 'chai';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Problem } from '../../src/domain/problem.js';
import { readRun, readRunFile, type StoredRun } from '../../src/store/records.js';
import { problemOf } from '../../src/store/unread.js';

const ID = '20260101T000000Z-00000000';

/** Nobody may do anything: a root user's rights are laid down for so long. */
async function asNobody<T>(work: () => Promise<T>): Promise<T> {
  const isRoot = process.getuid?.() === 0;
  if (isRoot) process.seteuid?.(65534);
  try {
    return await work();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}

describe('a record that cannot be used', () => {
  let root = '';
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'wb-unread-'));
    await chmod(root, 0o755);
    await mkdir(join(root, 'runs', ID), { recursive: true });
  });
  afterEach(async () => {
    await rm(root, { recursive: true, force: true });
  });
  const put = (text: string): Promise<void> => writeFile(join(root, 'runs', ID, 'run.json'), text);
  const read = async (): Promise<Exclude<StoredRun, { state: 'sound' }>> => {
    const run = await readRun(root, ID);
    if (run.state === 'sound') throw new Error('it is sound');
    return run;
  };

  it('in a folder without permission is unreadable, and not called damaged', async () => {
    await put('{}');
    await chmod(join(root, 'runs', ID), 0o000);
    const problem = problemOf(await asNobody(read));
    await chmod(join(root, 'runs', ID), 0o755);
    expect(problem).to.be.instanceOf(Problem).and.include({ code: 'RECORD-UNREADABLE', exit: 3 });
    expect(problem.message).to.equal(`runs/${ID}: run.json cannot be read (EACCES)`);
  });

  it('that was cut while it was copied is damaged', async () => {
    await put('{"schema":1,"id":"2026');
    expect(problemOf(await read())).to.include({ code: 'RECORD-DAMAGED', exit: 1 });
  });

  it('of another schema says which, and what to do, for an older and a newer one', async () => {
    await put('{"schema":3}');
    expect(problemOf(await read()))
      .to.include({ code: 'RECORD-SCHEMA', exit: 2 })
      .and.have.property('hint')
      .match(/newer/);
    await put('{"schema":0}');
    expect(problemOf(await read()).hint).to.match(/run it again/);
  });

  it('that is not there is unfinished', async () => {
    expect(problemOf(await read())).to.include({ code: 'RECORD-UNFINISHED', exit: 4 });
  });

  it('elsewhere is named as the user named it', async () => {
    const run = await readRunFile(join(root, 'nowhere', 'run.json'), './shard-a');
    expect(run.state === 'unfinished' && problemOf(run).message).to.match(/^\.\/shard-a: /);
  });
});
