import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Manifest } from '../../src/domain/manifest.js';
import type { ProjectFile } from '../../src/domain/project.js';
import type { RunRecord } from '../../src/domain/run-record.js';
import { FOREIGN } from '../init/foreign-repository.js';
import { makeWorkspace, type Result, type Workspace } from './workspace.js';

const SPEC = `---- MODULE Clock ----
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x' = (x + 1) % 3
Spec == Init /\\ [][Next]_x
Inv == x < 3
====
`;
const CFG = 'SPECIFICATION Spec\nINVARIANT Inv\n';

describe('init in a repository of other people', function () {
  this.timeout(180_000);
  let ws: Workspace;

  beforeEach(async () => {
    ws = await makeWorkspace('their repository ü');
    await ws.remove();
    await mkdir(ws.root, { recursive: true });
    execFileSync('git', ['init', '-q', '-b', 'main', ws.root]);
  });
  afterEach(async () => {
    await ws.remove();
  });

  const writeAll = async (files: Record<string, string>): Promise<void> => {
    for (const [path, text] of Object.entries(files)) await ws.write(path, text);
  };
  const json = async <T>(path: string): Promise<T> =>
    JSON.parse(await readFile(join(ws.root, path), 'utf8')) as T;
  const linesOf = ({ stdout }: Result): string[] => stdout.split('\n');

  it('writes what a first run showed, and the next check starts, agrees, and confirms nothing by itself', async () => {
    await writeAll(FOREIGN);
    const first = await ws.run(['init', '--timeout', '9', '--hook']);
    expect(first.exit, first.stderr).to.equal(0);
    expect(first.stderr).to.match(/^running \d+ model\(s\) once, each for 9 s at most/m);
    const project = await json<ProjectFile>('workbench.json');
    expect([project.specs, project.moduleFolders]).to.deep.equal(['.', ['lib']]);
    expect(project.leftOut?.map((left) => left.path)).to.deep.equal([
      ...['algorithms/Raw.cfg', 'math/Broken.cfg', 'old/Gone.cfg', 'setup.cfg', 'web/manifest.json'],
    ]);
    const manifest = await json<Manifest>('docs/Größe und Maß/manifest.json');
    const models = manifest.modules.flatMap((m) => m.models);
    expect(models.map((m) => [m.path.replace(/^.*\//, ''), m.result, m.distinctStates])).to.deep.equal([
      ['Clock.cfg', 'success', 4],
      ['Clock_bad.cfg', 'safety failure', undefined],
      ['Clock_live.cfg', 'success', 3],
      ['MCClock.cfg', 'success', 4],
    ]);
    for (const model of models) expect(model.workbench?.observed).to.match(/, to be confirmed: /);
    for (const written of ['.github/workflows/workbench.yml', 'runs/.gitignore', '.git/hooks/pre-commit'])
      expect(readFileSync(join(ws.root, written), 'utf8'), written).to.not.equal('');

    const check = await ws.run(['check', '--json']);
    expect(check.exit, check.stderr).to.equal(4);
    const { models: runs } = JSON.parse(check.stdout) as RunRecord;
    const verdicts = runs.map((run) => {
      const { asDeclared, incomplete, reason } = run.verdict;
      const word = asDeclared ? 'ok' : incomplete ? 'open' : 'FAIL';
      return `${word} ${run.model.replace(/^.*\//, '')} ${reason}`;
    });
    const lineOf = (model: string): string => verdicts.find((v) => v.includes(` ${model} `)) ?? '';
    for (const model of ['Clock.cfg', 'Clock_live.cfg', 'MCClock.cfg', 'Facts.cfg', 'Stale.cfg'])
      expect(lineOf(model)).to.match(/^ok .*; observed, not confirmed$/);
    expect(lineOf('Clock_bad.cfg')).to.match(/^open .* observed, not confirmed: violates NeverTwo/);
    expect(lineOf('Transfer.cfg')).to.match(/^open .* observed, not confirmed: violates Termination/);
    expect(lineOf('Huge.cfg')).to.match(/^open .* stopped at the deadline of 9 s/);
    expect(lineOf('Needs.cfg')).to.match(/^open .* not run: needs SequencesExt/);
    expect(lineOf('Stale.cfg')).to.contain('TLC warns: The PlusCal algorithm in module Stale has changed');
    expect(lineOf('MCClock.cfg')).to.contain('VIEW MCView is in force');
    expect(check.stderr).to.contain('left out math/Broken.cfg  workbench.json: observed: ');

    // A second start finds nothing to do; a model that gets worse is red.
    const again = await ws.run(['init']);
    expect(linesOf(again)).to.include.members(['kept math/manifest.json', 'nothing was left to write']);
    await ws.edit('docs/Größe und Maß/Clock.cfg', (text) => text.replace('N = 4', 'N = 12'));
    const worse = await ws.run(['check', 'docs/Größe und Maß/Clock.cfg']);
    expect([worse.exit, worse.stdout]).to.satisfy(
      ([exit, out]: [number, string]) => exit === 1 && /^FAIL .*observed before|^FAIL .*declared/m.test(out),
    );
  });

  it('a person who confirms makes the failure an expected one', async () => {
    await writeAll({
      'specs/Clock.tla': SPEC,
      'specs/Clock.cfg': CFG,
      'specs/Clock_2.cfg': `${CFG}INVARIANT Two\n`,
    });
    await ws.edit('specs/Clock.tla', (text) => text.replace('Inv ==', 'Two == x < 2\nInv =='));
    const first = await ws.run(['init', '--no-ci', '--json']);
    expect(first.exit, first.stderr).to.equal(0);
    const told = JSON.parse(first.stdout) as { models: { result: string }[]; record: string | null };
    expect(told.models.map((m) => m.result)).to.deep.equal(['success', 'safety failure']);
    expect(await ws.runs()).to.include(told.record);
    expect((await ws.run(['check'])).exit).to.equal(4);
    await ws.edit('specs/manifest.json', (text) => text.replace(/,\n *"observed": "[^"]*violates[^"]*"/, ''));
    const confirmed = await ws.run(['verify']);
    expect(confirmed.exit, confirmed.stdout + confirmed.stderr).to.equal(0);
    await expectNone(ws, '.github/workflows/workbench.yml');
  });

  it('what TLC cannot read in a repository that is set up is to be left out by hand, with the text to add', async () => {
    await writeAll({ 'specs/Clock.tla': SPEC, 'specs/Clock.cfg': CFG });
    expect((await ws.run(['init', '--no-ci', '--no-run'])).exit).to.equal(0);
    const before = await readFile(join(ws.root, 'workbench.json'), 'utf8');
    const broken = SPEC.replace('MODULE Clock', 'MODULE Broken').replace('x = 0', 'x = Foo');
    await writeAll({ 'specs/New/Broken.tla': broken, 'specs/New/Broken.cfg': CFG });

    const second = await ws.run(['init', '--no-ci']);
    expect(second.stdout).to.not.contain('left out, with the reason in workbench.json');
    const [, entry = ''] =
      /^to be done by hand:\n {2}specs\/New\/Broken\.cfg: .*under leftOut in workbench\.json: (.*)$/m.exec(
        second.stdout,
      ) ?? [];
    expect(entry, second.stdout).to.match(/observed: .*Unknown operator: `Foo'/);
    expect(await readFile(join(ws.root, 'workbench.json'), 'utf8')).to.equal(before);
    // It keeps the next check from starting until somebody did it.
    expect([second.exit, second.stderr]).to.satisfy(
      ([exit, err]: [number, string]) =>
        exit === 2 && err.includes('error CFG-UNNAMED: specs/New/Broken.cfg'),
    );
    expect((await ws.run(['runs', 'list'])).stdout).to.match(/exit 2 .* init --no-ci/);
    await ws.write(
      'workbench.json',
      JSON.stringify({ ...(JSON.parse(before) as object), leftOut: [JSON.parse(entry)] }),
    );
    const third = await ws.run(['init', '--no-ci', '--json']);
    expect(third.exit, third.stderr).to.equal(0);
    expect(JSON.parse(third.stdout)).to.deep.include({ byHand: [], leftOut: [], problems: [] });
  });

  it('its record has the exit code of the command, and a report of it takes nothing for confirmed', async () => {
    const seen = async (): Promise<RunRecord> => {
      const id = [...(await ws.runs())].sort().at(-1) ?? '';
      return json<RunRecord>(`runs/${id}/run.json`);
    };
    await writeAll({
      'specs/Clock.tla': SPEC,
      'specs/Clock.cfg': `${CFG}INVARIANT Two\n`,
      'specs/Broken.tla': SPEC.replace('MODULE Clock', 'MODULE Broken').replace('x = 0', 'x = Foo'),
      'specs/Broken.cfg': CFG,
    });
    await ws.edit('specs/Clock.tla', (text) => text.replace('Inv ==', 'Two == x < 2\nInv =='));
    const first = await ws.run(['init', '--no-ci']);
    const record = await seen();
    expect([first.exit, record.exitCode], first.stderr).to.deep.equal([0, 0]);
    expect(record.models.map((run) => run.verdict.asDeclared)).to.deep.equal([false, false]);
    expect((await ws.run(['runs', 'list'])).stdout).to.match(/exit 0 .* init --no-ci/);
    const report = await ws.run(['report', record.id, '--format', 'json']);
    const view = JSON.parse(report.stdout) as { verdict: { state: string }; claims: unknown[] };
    expect([view.verdict.state, view.claims], report.stderr).to.deep.equal(['not as declared', []]);

    // A folder that cannot be made: what was run before is recorded all the same.
    await writeAll({ 'specs/New/Clock2.tla': SPEC.replace('Clock', 'Clock2'), 'specs/New/Clock2.cfg': CFG });
    await ws.write('.github', 'no folder');
    const stopped = await ws.run(['init']);
    expect([stopped.exit, (await seen()).exitCode], stopped.stderr).to.deep.equal([3, 3]);
    expect((await seen()).models.map((run) => run.model)).to.deep.equal(['specs/New/Clock2.cfg']);
  });

  it('shows in a dry run what it would write, runs nothing, and writes nothing', async () => {
    await writeAll({ 'a b/Clock.tla': SPEC, 'a b/Clock.cfg': CFG });
    const before = execFileSync('git', ['status', '--short', '-uall'], { cwd: ws.root }).toString();
    const dry = await ws.run(['init', '--dry-run', '--hook'], {
      JAVA_HOME: '/nowhere',
      PATH: process.env.PATH,
    });
    expect(dry.exit, dry.stderr).to.equal(0);
    for (const path of [
      'workbench.json',
      'a b/manifest.json',
      '.github/workflows/workbench.yml',
      '.git/hooks/pre-commit',
    ])
      expect(linesOf(dry)).to.include(`would write ${path}`);
    expect(dry.stdout).to.contain('"result": "unknown"');
    expect(execFileSync('git', ['status', '--short', '-uall'], { cwd: ws.root }).toString()).to.equal(before);
  });

  it('runs nothing on demand, keeps what is there, and takes a subfolder for its repository', async () => {
    const own = { 'specs/Clock.tla': SPEC, 'specs/Clock.cfg': CFG, 'runs/.gitignore': 'mine\n' };
    await writeAll({ ...own, '.github/workflows/workbench.yml': 'mine\n' });
    const sub = Object.assign(Object.create(ws) as Workspace, { root: join(ws.root, 'specs') });
    const first = await sub.run(['init', '--no-run']);
    expect(first.exit, first.stderr).to.equal(0);
    expect(linesOf(first)).to.include.members([
      ...['kept runs/.gitignore', 'kept .github/workflows/workbench.yml', 'wrote workbench.json'],
      `the repository is ${ws.root}`,
    ]);
    expect(readFileSync(join(ws.root, '.github/workflows/workbench.yml'), 'utf8')).to.equal('mine\n');
    const check = await ws.run(['check']);
    expect([check.exit, check.stdout]).to.deep.equal([0, check.stdout]);
    expect(check.stdout).to.match(/^ok {3}specs\/Clock\.cfg .*observed, not confirmed/m);
  });

  it('tells what is wrong before anything runs', async () => {
    const none = await ws.run(['init']);
    expect([none.exit, none.stderr]).to.satisfy(
      ([exit, err]: [number, string]) => exit === 2 && err.includes('error INIT-NO-MODULES: '),
    );
    await writeAll({ 'Clock.tla': SPEC, 'Clock.cfg': CFG, 'manifest.json': '{"modules": [{}]}' });
    const broken = await ws.run(['init', '--json']);
    expect(broken.exit).to.equal(2);
    expect(JSON.parse(broken.stdout)).to.have.property('exitCode', 2);
    expect(broken.stderr).to.contain('error MANIFEST-SCHEMA: manifest.json:1:');
    await ws.write('workbench.json', '{"spec": "x"}');
    expect((await ws.run(['init'])).stderr).to.contain('error PROJECT-SCHEMA: workbench.json:1: spec');
  });

  it('needs a git repository for a hook and for nothing else', async () => {
    execFileSync('rm', ['-r', join(ws.root, '.git')]);
    await writeAll({ 'Clock.tla': SPEC, 'Clock.cfg': CFG });
    const hook = await ws.run(['init', '--hook', '--no-run']);
    expect([hook.exit, hook.stderr]).to.satisfy(
      ([exit, err]: [number, string]) => exit === 2 && err.includes('error HOOK-NO-REPOSITORY: '),
    );
    const plain = await ws.run(['init', '--no-run']);
    expect(plain.exit, plain.stderr).to.equal(0);
    expect(plain.stdout).to.not.contain('.github');
  });

  it('without Java shows nothing and writes nothing', async () => {
    await writeAll({ 'Clock.tla': SPEC, 'Clock.cfg': CFG });
    const result = await ws.run(['init'], { JAVA_HOME: '/nowhere', PATH: '/usr/bin-without-java' });
    expect(result.exit).to.equal(3);
    await expectNone(ws, 'workbench.json');
  });
});

describe('the problem matcher', () => {
  let ws: Workspace;
  before(async () => {
    ws = await makeWorkspace('annotated');
  });
  after(async () => {
    await ws.remove();
  });

  interface Pattern {
    regexp: string;
    file: number;
    line?: number;
    message: number;
    code: number;
  }
  const { problemMatcher } = JSON.parse(
    readFileSync(new URL('../../action/problem-matcher.json', import.meta.url), 'utf8'),
  ) as { problemMatcher: { owner: string; pattern: [Pattern] }[] };

  /** `code file:line` of every line that a matcher takes; a line that two take would be shown twice. */
  const marked = (output: string): string[] =>
    output.split('\n').flatMap((line) => {
      const found = problemMatcher.flatMap(({ pattern: [p] }) => {
        const match = new RegExp(p.regexp).exec(line);
        const at = (group: number | undefined): string => (group === undefined ? '' : (match?.[group] ?? ''));
        if (match === null) return [];
        expect(at(p.message), line).to.not.equal('');
        return [`${at(p.code)} ${at(p.file)}:${at(p.line)}`];
      });
      expect(found.length, line).to.be.at.most(1);
      return found;
    });

  it('takes the program’s own error lines, with file and line where there is one', async () => {
    await ws.edit('specs/Locks/good.cfg', (text) => text.replace('UseLock = TRUE', 'UseLock ='));
    await ws.write('specs/Größe 1/Stray: it.cfg', CFG);
    const result = await ws.run(['check']);
    expect(result.exit).to.equal(2);
    const lines = result.stderr.split('\n').filter((line) => line.startsWith('error '));
    expect(marked(result.stderr)).to.include.members(['CFG-NO-VALUE specs/Locks/good.cfg:5']);
    expect(marked(result.stderr)).to.have.length.at.least(lines.length - 1);
    await ws.write('workbench.json', '{\n  "specs" 1\n}\n');
    expect(marked((await ws.run(['check'])).stderr)).to.deep.equal(['PROJECT-JSON workbench.json:2']);
    expect(marked((await ws.run(['chek'])).stderr)).to.deep.equal([]);
  });

  it('takes what the gate finds, and no line of a verdict, which a report annotates', () => {
    expect(
      marked(
        [
          'FAIL specs/A b/A.cfg:12: model-lost: specs/A b/A.cfg',
          'FAIL specs/A.cfg  declared: success; shown: violates Inv in a behaviour of 3 states  0.4 s',
          'ok   specs/A.cfg  holds in all 3 reachable states  0.4 s',
          'error CFG-UNNAMED: specs/x y/B.cfg: no manifest names this configuration',
          'error MODEL-UNKNOWN: Foo: neither a file nor a module or model',
        ].join('\n'),
      ),
    ).to.deep.equal(['model-lost specs/A b/A.cfg:12', 'CFG-UNNAMED specs/x y/B.cfg:']);
  });
});

async function expectNone(ws: Workspace, path: string): Promise<void> {
  const text = await readFile(join(ws.root, path), 'utf8').catch(() => undefined);
  expect(text, path).to.equal(undefined);
}
