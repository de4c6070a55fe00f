import { expect } from 'chai';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunRecord } from '../../src/domain/run-record.js';
import { locateCache } from '../../src/host/cache-folder.js';
import { locksManifest, makeWorkspace, type Workspace } from './workspace.js';

describe('what was shown before on the same inputs is reused', function () {
  this.timeout(180_000);
  let home: string;
  let results: string;
  /** Results of one run of the workspace as it is made, to begin each test with. */
  let filled: string;
  let first: RunRecord;
  let ws: Workspace;

  before(async () => {
    // The jar, launcher and archive of this machine, and results of its own.
    home = await mkdtemp(join(tmpdir(), 'wb-e2e-cache-'));
    results = join(home, 'cache', 'tla-workbench', 'results');
    filled = join(home, 'filled');
    await mkdir(results, { recursive: true });
    for (const part of ['jars', 'launcher', 'archive', 'java'])
      await symlink(join(locateCache(), part), join(home, 'cache', 'tla-workbench', part));
    ws = await makeWorkspace();
    first = await check();
    expect(reused(first)).to.deep.equal([]);
    await cp(results, filled, { recursive: true });
    await ws.remove();
  });
  after(() => rm(home, { recursive: true, force: true }));
  beforeEach(async () => {
    ws = await makeWorkspace();
    await rm(results, { recursive: true });
    await cp(filled, results, { recursive: true });
  });
  afterEach(() => ws.remove());

  const run = (args: string[]) =>
    ws.run(args, { XDG_CACHE_HOME: join(home, 'cache'), TLA_WORKBENCH_CACHE_MB: undefined });
  const check = async (...args: string[]): Promise<RunRecord> =>
    JSON.parse((await run(['check', '--json', ...args])).stdout) as RunRecord;
  const nameOf = (m: RunRecord['models'][number]): string =>
    `${m.model.replace(/^.*\//, '')} ${m.purpose.kind} ${m.enabled.properties.join()}`.trim();
  const reused = (record: RunRecord): string[] => record.models.filter((m) => m.reused).map(nameOf);
  const rerun = (record: RunRecord): string[] => record.models.filter((m) => !m.reused).map(nameOf);
  const entries = async (): Promise<string[]> => {
    const names = await readdir(join(results, 'v1', 'run'), { recursive: true });
    return names.filter((name) => name.endsWith('.json')).map((name) => join(results, 'v1', 'run', name));
  };

  it('with its record, its age, its log and the same verdicts; though the repository is another and the first record is gone', async () => {
    const record = await check();
    expect(rerun(record)).to.deep.equal([]);
    expect(record.models.map((m) => m.reused?.from)).to.deep.equal(first.models.map(() => first.id));
    expect(record.models.map((m) => m.verdict)).to.deep.equal(first.models.map((m) => m.verdict));
    expect(record.exitCode).to.equal(0);
    const log = join(ws.root, 'runs', record.id, record.models[0]?.attempts[0]?.log ?? '');
    expect(await readFile(log, 'utf8')).to.contain('STARTMSG 2193');
    const { stdout } = await run(['check']);
    expect(stdout).to.match(
      new RegExp(
        `^ok +specs/Locks/good.cfg  holds in all 9 reachable states  from ${first.id}, .* ago$`,
        'm',
      ),
    );
  });

  it('but not where a constant was edited: only that configuration is run', async () => {
    await ws.edit('specs/Locks/good.cfg', (text) => text.replace('Rounds = 3', 'Rounds = 4'));
    await ws.edit('specs/Locks/no-lock.cfg', (text) => `${text}\n`);
    const record = await check();
    expect(rerun(record)).to.deep.equal(['good.cfg declared Progress', 'no-lock.cfg declared']);
  });

  it('but not where a module was edited, or one took the name of a standard module', async () => {
    await ws.edit('specs/Locks/Locks.tla', (text) => text.replace('Yes == TRUE', 'Yes == FALSE'));
    expect(reused(await check())).to.deep.equal([]);
    await ws.edit('specs/Locks/Locks.tla', (text) => text.replace('Yes == FALSE', 'Yes == TRUE'));
    expect(rerun(await check())).to.deep.equal([]);
    await ws.write('specs/Locks/Naturals.tla', '---- MODULE Naturals ----\n====\n');
    expect((await check()).models.filter((m) => m.reused)).to.deep.equal([]);
  });

  it('and judged by what is declared now: an edited manifest is red at once, and nothing is run', async () => {
    const pin = async (distinctStates: number): Promise<RunRecord> => {
      const manifest = locksManifest();
      Object.assign(manifest.modules[0]!.models[0]!, { distinctStates });
      await ws.write('specs/Locks/manifest.json', JSON.stringify(manifest));
      return check();
    };
    // A pinned model of few states is drawn: that asks more of TLC than was shown before.
    expect((await pin(9)).exitCode).to.equal(0);
    const record = await pin(8);
    expect(rerun(record)).to.deep.equal([]);
    expect(record.exitCode).to.equal(1);
    expect(record.models[0]).to.have.property('graph');
    expect(record.models[0]?.verdict.reason).to.match(/9.*8|8.*9/);
  });

  it('but not with --fresh, and what is shown then is what is reused later', async () => {
    const fresh = await check('--fresh');
    expect(reused(fresh)).to.deep.equal([]);
    const later = await check();
    expect(later.models.map((m) => m.reused?.from)).to.deep.equal(later.models.map(() => fresh.id));
  });

  it('but not where an entry is damaged: that is said in one line, and its run is made again', async () => {
    // Four runs of models, two that draw the small ones, and the probe for a false conjunct.
    const files = (await entries()).sort();
    expect(files).to.have.length(7);
    const named: string[] = [];
    const again: string[] = [];
    for (const damaged of files) {
      await writeFile(damaged, (await readFile(damaged, 'utf8')).slice(0, -9));
      const { exit, stdout, stderr } = await run(['check', '--json']);
      const said = stderr.match(/^cache: the entry of .* is damaged \(.*\); not used$/gm) ?? [];
      expect(said, stderr + stdout).to.have.length(1);
      expect(stderr.match(/^cache: /gm)).to.have.length(1);
      named.push(...said.map((line) => /entry of (\w+)/.exec(line)?.[1] ?? ''));
      again.push(...rerun(JSON.parse(stdout) as RunRecord));
      expect(exit).to.equal(0);
      expect(rerun(await check())).to.deep.equal([]);
    }
    expect(named.sort()).to.deep.equal([...new Array<string>(6).fill('Locks'), 'WbConjunctProbe']);
    expect(again.sort()).to.deep.equal(first.models.map(nameOf).sort());
    expect((await entries()).sort()).to.deep.equal(files);
  });

  it('by two workbenches at once, which leave a sound cache', async () => {
    await rm(results, { recursive: true });
    const both = await Promise.all([run(['check', '--json']), run(['check', '--json'])]);
    expect(both.map(({ exit, stderr }) => [exit, stderr.includes('cache:')])).to.deep.equal([
      [0, false],
      [0, false],
    ]);
    expect(rerun(await check())).to.deep.equal([]);
  });

  it('by verify: each run and each probe, with a total on the screen', async () => {
    const before = await run(['verify']);
    const { exit, stdout } = await run(['verify']);
    expect([before.exit, exit]).to.deep.equal([0, 0]);
    expect(stdout).to.contain('2 models in 4 runs · 4 of 4 runs reused');
    const [, , newest = ''] = [undefined, ...(await ws.runs()).sort()];
    const logs = (await readdir(join(ws.root, 'runs', newest, 'logs'))).filter((n) => n.endsWith('.log'));
    const [oldest = ''] = (await ws.runs()).sort();
    for (const log of logs)
      expect(await readFile(join(ws.root, 'runs', newest, 'logs', log), 'utf8'), log).to.equal(
        await readFile(join(ws.root, 'runs', oldest, 'logs', log), 'utf8'),
      );
  });
});
