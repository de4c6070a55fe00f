import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { BASELINE_FILE, type Change } from '../../src/domain/baseline.js';
import { makeWorkspace, type Workspace } from './workspace.js';

describe('workbench gate', function () {
  this.timeout(120_000);
  let ws: Workspace;
  const git = (...args: string[]): string =>
    execFileSync('git', ['-C', ws.root, '-c', 'user.email=a@b', '-c', 'user.name=t', ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  const commit = (message: string): void => {
    git('add', '-A');
    git('commit', '-q', '-m', message);
  };

  before(async () => {
    ws = await makeWorkspace('gate ü');
    await ws.write('.gitignore', 'runs/*\n!runs/baseline.json\n');
    git('init', '-q', '-b', 'main', '.');
    commit('a spec');
    expect((await ws.run(['gate', '--accept'])).stderr).to.contain('GATE-NO-EVIDENCE');
    expect((await ws.run(['verify'])).exit).to.equal(0);
    expect((await ws.run(['gate', '--accept'])).exit).to.equal(0);
  });
  after(async () => {
    await ws.remove();
  });
  afterEach(() => {
    git('reset', '-q', '--hard', 'main');
    git('clean', '-qfd');
  });

  it('a base without a baseline has nothing to lose; the change that brings one passes', async () => {
    const { exit, stdout } = await ws.run(['gate', '--base', 'main']);
    expect(stdout).to.contain('the base has no runs/baseline.json');
    expect(stdout).to.contain('the work tree has uncommitted changes');
    expect(exit).to.equal(0);
    commit('its baseline');
  });

  it('where nothing changed, the base is the evidence and nothing is run', async () => {
    const before = (await ws.runs()).length;
    const { exit, stdout } = await ws.run(['gate', '--base', 'HEAD']);
    expect(stdout).to.contain('evidence for Locks: the base: nothing that it rests on changed');
    expect(exit).to.equal(0);
    expect((await ws.runs()).length).to.equal(before);
  });

  it('a weakened claim and a smaller model fail with line and command, until a reason is given', async () => {
    await ws.edit('specs/Locks/Locks.tla', (text) =>
      text.replace('Exclusion == /\\ inside \\subseteq Threads\n', 'Exclusion ==\n'),
    );
    for (const path of ['specs/Locks/good.cfg', 'specs/Locks/no-lock.cfg'])
      await ws.edit(path, (text) => text.replace('Rounds = 3', 'Rounds = 2'));
    const failed = await ws.run(['gate', '--base', 'main']);
    expect(failed.exit).to.equal(1);
    expect(failed.stdout).to.match(/^FAIL specs\/Locks\/Locks\.tla:19: claim-weaker: Locks!Exclusion$/m);
    expect(failed.stdout).to.match(/^FAIL specs\/Locks\/good\.cfg:4: constants-smaller: /m);
    expect(failed.stdout).to.match(/^FAIL specs\/Locks\/manifest\.json:\d+: states-fewer: /m);
    expect(failed.stdout).to.match(/^FAIL runs\/baseline\.json:\d+: evidence-old: /m);
    expect(failed.stdout).to.match(
      /^ +mend: git restore --source=[0-9a-f]{10} --patch -- specs\/Locks\/good\.cfg$/m,
    );
    expect(failed.stdout).to.contain('changed spec specs/Locks/Locks.tla: Locks!Exclusion');
    const refused = await ws.run(['gate', '--accept', '--base', 'main']);
    expect(refused.stderr).to.contain('GATE-REASON');
    expect(refused.stderr).to.contain('workbench gate --accept --base main --reason "why"');
    const reason = 'two rounds show the same';
    const dry = await ws.run(['gate', '--accept', '--base', 'main', '--reason', reason, '--dry-run']);
    expect(dry.stdout).to.contain(`reason: ${reason}`);
    expect(dry.stdout).to.contain('runs/baseline.json would be written: ');
    expect(git('diff', '--name-only', '--', BASELINE_FILE)).to.equal('');
    expect((await ws.run(['gate', '--accept', '--base', 'main', '--reason', reason])).exit).to.equal(0);
    const accepted = await readFile(join(ws.root, BASELINE_FILE), 'utf8');
    expect((await ws.run(['gate', '--accept'])).exit).to.equal(0);
    expect(await readFile(join(ws.root, BASELINE_FILE), 'utf8'), 'accepting again').to.equal(accepted);
    const passed = await ws.run(['gate', '--base', 'main']);
    expect(passed.stdout.match(/^accepted in this change: /gm)).to.have.length(3);
    expect(passed.stdout).to.contain(`reason: ${reason}`);
    expect(passed.exit).to.equal(0);
  });

  it('a red verdict fails, and neither a reason nor an edited baseline can accept it', async () => {
    await ws.edit('specs/Locks/Locks.tla', (text) => text.replace('UseLock => inside = {}', 'TRUE'));
    const { exit, stdout } = await ws.run(['gate', '--base', 'main', '--json']);
    const { changes } = JSON.parse(stdout) as { changes: Change[] };
    expect(changes.filter((c) => c.severity === 'fails').map((c) => c.kind)).to.deep.equal([
      'verdict-failed',
    ]);
    expect(changes[0]).to.include({
      subject: 'specs/Locks/good.cfg',
      mend: 'workbench check specs/Locks/good.cfg',
    });
    expect(exit).to.equal(1);
    const accept = await ws.run(['gate', '--accept', '--reason', 'please']);
    expect(accept.stderr).to.contain('GATE-NOT-CLEAN: specs/Locks/manifest.json:');
    expect(accept.exit).to.equal(1);
  });

  it('a baseline older than the code fails though nothing is weaker; --dry-run says what would be run', async () => {
    await ws.edit('specs/Locks/Locks.tla', (text) => text.replace('UNCHANGED rounds', "rounds' = rounds"));
    const dry = await ws.run(['gate', '--base', 'main', '--dry-run']);
    expect(dry.stdout).to.match(/^would run Locks: runs\/\S+: specs\/Locks\/Locks\.tla changed since$/m);
    const { exit, stdout } = await ws.run(['gate', '--base', 'main']);
    expect(stdout.replace(/json:\d+/g, 'json:<line>').match(/^FAIL .*$/gm)).to.deep.equal([
      'FAIL runs/baseline.json:<line>: evidence-old: modules Locks explored Enter',
    ]);
    expect(stdout).to.contain('mend: workbench verify && workbench gate --accept');
    expect(exit).to.equal(1);
  });

  it('a comment is shown anew, and nobody has to accept it', async () => {
    await ws.edit('specs/Locks/Locks.tla', (text) => text.replace('Init ==', '\\* at first\nInit =='));
    const { exit, stdout } = await ws.run(['gate', '--base', 'main']);
    expect(stdout).to.match(/^evidence for Locks: record runs\//m);
    expect(stdout).to.match(/^note runs\/baseline\.json:\d+: layout-changed: Locks$/m);
    expect(exit).to.equal(0);
  });

  it('a model and its configuration that are deleted are lost', async () => {
    await rm(join(ws.root, 'specs/Locks/no-lock.cfg'));
    await ws.edit('specs/Locks/manifest.json', (text) => {
      const manifest = JSON.parse(text) as { modules: { models: unknown[] }[] };
      manifest.modules[0]!.models.pop();
      return JSON.stringify(manifest, null, 2);
    });
    const { exit, stdout } = await ws.run(['gate', '--base', 'main']);
    expect(stdout).to.match(/^FAIL .*: control-lost: specs\/Locks\/no-lock\.cfg$/m);
    expect(stdout).to.match(/^FAIL .*: rung-lower: Locks!Exclusion$/m);
    expect(exit).to.equal(1);
  });

  it('bad input is one line with a code: no base, unknown ref, a base baseline of a newer program', async () => {
    const codeOf = async (...args: string[]): Promise<string> => {
      const { stderr, exit } = await ws.run(['gate', ...args]);
      return `${/^error ([A-Z-]+):/m.exec(stderr)?.[1] ?? stderr} ${String(exit)}`;
    };
    expect(await codeOf()).to.equal('GATE-NO-BASE 2');
    expect(await codeOf('--base', '')).to.equal('GATE-NO-BASE 2');
    expect(await codeOf('--base', 'gone')).to.equal('GIT-UNKNOWN-REF 2');
    git('checkout', '-q', '--detach');
    await ws.edit(BASELINE_FILE, (text) => text.replace(/"schema": \d+/, '"schema": 99'));
    commit('of a newer program');
    expect(await codeOf('--base', 'HEAD')).to.equal('BASELINE-NEWER 2');
    expect(await codeOf('--accept', '--reason', 'no')).to.equal('BASELINE-NEWER 2');
    git('checkout', '-q', 'main');
  });

  it('a base baseline that is edited, cut or of another schema fails, and is made anew with a reason', async () => {
    const text = await readFile(join(ws.root, BASELINE_FILE), 'utf8');
    const bad: [string, string][] = [
      [text.replace('"rung":2', '"rung":3'), 'BASELINE-EDITED'],
      [text.slice(0, 900), 'BASELINE-DAMAGED'],
      [text.replace(/"schema": \d+/, '"schema": 1'), 'BASELINE-SCHEMA'],
    ];
    git('checkout', '-q', '--detach');
    for (const [spoilt, code] of bad) {
      await ws.write(BASELINE_FILE, spoilt);
      commit('spoilt');
      const { exit, stdout } = await ws.run(['gate', '--base', 'HEAD']);
      expect(stdout).to.match(
        new RegExp(`^FAIL runs/baseline\\.json:\\d+: baseline-unreadable: ${code}$`, 'm'),
      );
      expect(stdout).to.match(
        /mend: workbench verify && workbench gate --accept --base [0-9a-f]{10} --reason/,
      );
      expect(exit).to.equal(1);
    }
    expect((await ws.run(['verify'])).exit).to.equal(0);
    expect((await ws.run(['gate', '--accept'])).stderr).to.contain('GATE-REASON');
    const reason = 'made by an older program';
    expect((await ws.run(['gate', '--accept', '--reason', reason])).exit).to.equal(0);
    const passed = await ws.run(['gate', '--base', 'HEAD']);
    expect(passed.stdout).to.contain('is: made by another version: schema 1, this program reads');
    expect(passed.stdout).to.contain(`reason: ${reason}`);
    expect(passed.exit).to.equal(0);
    git('checkout', '-q', '--force', 'main');
  });

  it('a model that becomes "observed" and a module that is left out are weaker', async () => {
    await ws.edit('specs/Locks/manifest.json', (text) =>
      text.replace('"workbench": {', '"workbench": { "observed": "holds",'),
    );
    const observed = await ws.run(['gate', '--base', 'main']);
    expect(observed.stdout).to.match(
      /^FAIL specs\/Locks\/manifest\.json:\d+: model-observed: specs\/Locks\/good\.cfg$/m,
    );
    expect(observed.exit).to.equal(1);
    const leftOut = [{ path: 'specs/Locks', reason: 'slow' }];
    await ws.write('workbench.json', JSON.stringify({ leftOut }, null, 2));
    const left = await ws.run(['gate', '--base', 'main']);
    expect(left.stdout).to.match(/^FAIL workbench\.json:3: left-out: specs\/Locks$/m);
    expect(left.stdout).to.match(/^FAIL workbench\.json:3: claim-lost: Locks!Exclusion$/m);
    expect(left.stdout).to.contain('main has all that HEAD has: only what is not committed yet can differ');
  });

  it("a change's own baseline that was edited is a failure to mend, and the comparison is made all the same", async () => {
    await ws.edit(BASELINE_FILE, (text) => text.replace('"rung":2', '"rung":3'));
    const { exit, stdout } = await ws.run(['gate', '--base', 'main']);
    expect(stdout).to.match(/^FAIL runs\/baseline\.json:\d+: evidence-old: BASELINE-EDITED$/m);
    expect(exit).to.equal(1);
  });
});
