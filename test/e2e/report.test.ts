import { expect } from 'chai';
import { cp, mkdir, readFile, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClaimReport } from '../../src/domain/claim.js';
import type { RunRecord } from '../../src/domain/run-record.js';
import { reportViewSchema } from '../../src/report/view/report-view.js';
import { RECORDS, readRecord, type RecordName } from '../report/recorded.js';
import { NO_LOCK, makeWorkspace, type Workspace } from './workspace.js';

const rated = ({ id, outcome, states, rungs, rung, sentence }: ClaimReport) => ({
  ...{ id, outcome, states, rungs, rung, sentence },
});

describe('workbench report', () => {
  let ws: Workspace;
  beforeEach(async () => {
    ws = await makeWorkspace();
  });
  afterEach(async () => {
    await ws.remove();
  });

  /** A record as if a run here, or one of another machine, had left it. */
  const put = async (name: RecordName, folder?: string): Promise<string> => {
    const { id } = await readRecord(name);
    const target = join(ws.root, folder ?? 'runs', id);
    await mkdir(target, { recursive: true });
    await cp(join(RECORDS, name), target, { recursive: true });
    return id;
  };

  it('prints what verify printed, and writes every format, without running anything', async () => {
    const verify = await ws.run([
      'verify',
      '--report',
      'junit=out/junit.xml',
      '--report',
      'json=out/view.json',
    ]);
    const logs = await readdir(join(ws.root, 'runs', (await ws.runs())[0] ?? '', 'logs'));
    const again = await ws.run(['report']);
    expect(again.stdout).to.equal(verify.stdout);
    expect(await readFile(join(ws.root, 'out/junit.xml'), 'utf8')).to.contain('<testsuite name="Locks"');
    const view = reportViewSchema.parse(JSON.parse(await readFile(join(ws.root, 'out/view.json'), 'utf8')));
    const run = join(ws.root, 'runs', (await ws.runs())[0] ?? '', 'run.json');
    const record = JSON.parse(await readFile(run, 'utf8')) as RunRecord;
    expect(view.claims.map(rated), 'folded again, to the same rungs').to.deep.equal(record.claims.map(rated));
    for (const format of ['html', 'junit', 'sarif', 'markdown', 'json'])
      expect(
        (await ws.run(['report', '--format', format, '--output', `out/r.${format}`])).exit,
        format,
      ).to.equal(0);
    expect(await readFile(join(ws.root, 'out/r.junit'), 'utf8')).to.equal(
      await readFile(join(ws.root, 'out/junit.xml'), 'utf8'),
    );
    const itf = await ws.run(['report', '--format', 'itf', '--output', 'out/itf/']);
    expect(itf.stderr).to.contain('out/itf/specs-Locks-no-lock.itf.json');
    expect(await readdir(join(ws.root, 'runs', (await ws.runs())[0] ?? '', 'logs'))).to.deep.equal(logs);
  });

  it('is 0 whatever the verdict: a report is no judgement', async () => {
    await put('check-odd');
    const { exit, stdout } = await ws.run(['report']);
    expect(exit).to.equal(0);
    expect(stdout).to.match(/^not as declared; .*\(exit 1\)$/m);
  });

  it('merges records of other machines, named by their folders or files', async () => {
    const [a, b] = [await put('check-locks', 'from-a'), await put('check-odd', 'from-b')];
    const { exit, stdout } = await ws.run([
      'report',
      `from-a/${a}`,
      `from-b/${b}/run.json`,
      '--format',
      'json',
    ]);
    const view = reportViewSchema.parse(JSON.parse(stdout));
    expect(view.head.runs.map((r) => r.id)).to.deep.equal([a, b]);
    expect(view.claims).to.have.length(5);
    await put('check-locks', 'shards/one/runs');
    await put('check-odd', 'shards/two/runs');
    const all = await ws.run(['report', 'shards', '--format', 'json']);
    expect(JSON.parse(all.stdout)).to.deep.equal(JSON.parse(stdout));
    expect(view.sources.map((s) => s.path)).to.include.members([
      'specs/Locks/Locks.tla',
      'specs/Odd/Odd.tla',
    ]);
    expect(exit).to.equal(0);
  });

  it('a damaged record is one line with a code, the others are reported, and the exit code says so', async () => {
    const [good, cut] = [await put('check-locks'), await put('check-odd')];
    await ws.edit(`runs/${cut}/run.json`, (text) => text.slice(0, -2000));
    const { exit, stdout, stderr } = await ws.run(['report', good, cut]);
    expect(exit).to.equal(1);
    expect(stderr).to.match(/^error RECORD-DAMAGED: runs\/\S+: run\.json is cut, or no JSON\nhint: /);
    expect(stdout).to.contain('Exclusion').and.contain('incomplete').and.contain(`open run ${cut}`);
    expect((await ws.run(['report', cut])).exit).to.equal(1);
    await ws.edit(`runs/${good}/run.json`, (text) => text.replace('"exitCode":0', '"exitCode":4'));
    expect((await ws.run(['report', good])).stderr).to.contain('its hash does not match');
  });

  it('a run without a record, or with one of another schema, is said by its name', async () => {
    const [a, b] = [await put('check-locks'), await put('check-odd')];
    await rename(join(ws.root, 'runs', a, 'run.json'), join(ws.root, 'runs', a, 'gone'));
    await ws.edit(`runs/${b}/run.json`, (text) => text.replace('"schema":1', '"schema":7'));
    const one = await ws.run(['report', a]);
    expect(one.exit).to.equal(4);
    expect(one.stderr).to.contain('RECORD-UNFINISHED');
    const both = await ws.run(['report', a, b]);
    expect(both.exit).to.equal(2);
    expect(both.stderr)
      .to.contain('RECORD-SCHEMA')
      .and.contain('has schema 7, and this workbench reads up to 2');
    const { exit, stdout } = await ws.run(['runs', 'list']);
    expect(stdout).to.contain('other schema');
    expect(exit, 'it may be sound').to.equal(0);
    await ws.run(['runs', 'prune', '--damaged']);
    expect(await ws.runs()).to.have.length(2);
  });

  it('a wrong argument is 2, a target that cannot be written is 3', async () => {
    const id = await put('check-odd');
    const expected: [string[], number, string][] = [
      [['report', '--format', 'pdf'], 2, 'USAGE'],
      [['report', 'nosuchrun'], 2, 'RUN-UNKNOWN'],
      [['report', 'no/such/file'], 2, 'RUN-UNKNOWN'],
      [['report', '--format', 'itf'], 2, 'REPORT-TARGET'],
      [['report', '--format', 'itf', '--output', 'one.json'], 2, 'REPORT-TARGET'],
      [['report', '--format', 'junit', '--output', `runs/${id}`], 2, 'REPORT-TARGET'],
      [['report', '--output', 'workbench.json/x'], 3, 'REPORT-OUTPUT'],
      [['check', '--report', 'junit'], 2, 'USAGE'],
      [['check', '--report', 'pdf=x'], 2, 'USAGE'],
      [['check', '--report', 'html=workbench.json/x'], 3, 'REPORT-OUTPUT'],
    ];
    for (const [args, exit, code] of expected) {
      const result = await ws.run(args);
      expect(result.stderr, args.join(' ')).to.contain(code);
      expect(result.exit, args.join(' ')).to.equal(exit);
    }
  });

  it('nothing in the strings of a spec reaches the terminal as a command', async () => {
    await put('check-odd');
    const { stdout } = await ws.run(['report'], { FORCE_COLOR: '0' });
    expect(stdout).to.contain('\\u001b[31mred');
    expect(stdout).to.not.match(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  });

  it('under GitHub Actions check annotates, and appends to the summary of the step', async () => {
    await ws.write(
      'specs/Locks/good.cfg',
      NO_LOCK.replace('INVARIANT Exclusion', 'INVARIANTS TypeOK Exclusion\nPROPERTY Progress'),
    );
    await ws.write('summary.md', 'what others wrote\n');
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: join(ws.root, 'summary.md') };
    const { exit, stdout, stderr } = await ws.run(['check', 'specs/Locks/good.cfg', '--json'], env);
    expect(exit).to.equal(1);
    JSON.parse(stdout);
    expect(stderr).to.match(
      /^::error file=specs\/Locks\/Locks\.tla,line=\d+,title=Locks!Exclusion%3A model::.*violates Exclusion/m,
    );
    expect(await readFile(join(ws.root, 'summary.md'), 'utf8')).to.match(
      /^what others wrote\n## ❌ not as declared/,
    );
    const inFolder = { GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: join(ws.root, '..') };
    const below = await ws.run(['check', 'specs/Locks/good.cfg'], inFolder);
    expect(below.stderr).to.contain('::error file=repository/specs/Locks/Locks.tla,');
    const plain = await ws.run(['report'], { GITHUB_ACTIONS: 'true' });
    expect(plain.stderr).to.equal('');
  });
});
