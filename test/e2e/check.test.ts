import { expect } from 'chai';
import { locksManifest, makeWorkspace, type Workspace } from './workspace.js';

describe('workbench check', () => {
  let ws: Workspace;
  beforeEach(async () => {
    ws = await makeWorkspace();
  });
  afterEach(async () => {
    await ws.remove();
  });

  it('runs every model of every manifest and ends with 0 when all are as declared', async () => {
    const { exit, stdout } = await ws.run(['check']);
    expect(exit).to.equal(0);
    expect(stdout).to.match(/ok {3}specs\/Locks\/good\.cfg {2}holds in all 9 reachable states/);
    expect(stdout).to.match(/ok {3}specs\/Locks\/no-lock\.cfg {2}violates Exclusion/);
  });

  it('checks a bare .tla with constants and invariants from the command line, without manifest', async () => {
    await ws.write(
      'elsewhere/Plain.tla',
      "---- MODULE Plain ----\nEXTENDS Naturals\nCONSTANT N\nVARIABLE x\nInit == x = 0\nNext == x' = (x + 1) % N\nInv == x < N\n====\n",
    );
    const { exit, stdout } = await ws.run([
      'check',
      'elsewhere/Plain.tla',
      '--constant',
      'N=4',
      '--invariant',
      'Inv',
    ]);
    expect(stdout).to.contain('holds in all 4 reachable states');
    expect(exit).to.equal(0);
  });

  it('prints the counterexample of a violation, with lanes, places and the false conjunct', async () => {
    const { exit, stdout } = await ws.run([
      'check',
      'specs/Locks/Locks.tla',
      '--config',
      'specs/Locks/no-lock.cfg',
    ]);
    expect(exit).to.equal(1);
    expect(stdout).to.match(/false in the last state: .*pc\[t\] = "in".* specs\/Locks\/Locks\.tla:20/);
    expect(stdout).to.match(/^ +t1 +t2 *$/m);
    expect(stdout).to.match(/Enter .*specs\/Locks\/Locks\.tla:7:/);
    expect(stdout).to.contain('pc[t1]: "idle" -> "in"');
  });

  it('prints pure JSON on standard output with --json', async () => {
    const { stdout } = await ws.run(['check', 'good', '--json']);
    const record = JSON.parse(stdout) as { models: { outcome: { kind: string } }[] };
    expect(record.models.map((m) => m.outcome.kind)).to.deep.equal(['Holds']);
  });

  it('prints the exact command lines with --dry-run, and runs nothing', async () => {
    const { exit, stdout } = await ws.run(['check', '--dry-run']);
    expect(exit).to.equal(0);
    expect(stdout).to.contain('-metadir');
    expect(stdout).to.contain('Locks.tla');
    expect(await ws.runs()).to.deep.equal([]);
  });

  it('leaves a record that runs list and runs show read, and that counts as damaged once edited', async () => {
    await ws.run(['check', 'good']);
    const [id = ''] = await ws.runs();
    expect((await ws.run(['runs', 'list'])).stdout).to.contain(id);
    expect((await ws.run(['runs', 'show', 'latest'])).stdout).to.contain('holds in all 9 reachable states');
    await ws.edit(`runs/${id}/run.json`, (text) => text.replace('"exitCode":0', '"exitCode":1'));
    const list = await ws.run(['runs', 'list']);
    expect(list.stdout).to.contain('DAMAGED');
    expect(list.exit).to.equal(1);
    expect((await ws.run(['runs', 'show', id])).exit).to.equal(1);
    expect((await ws.run(['runs', 'prune', '--damaged'])).stdout).to.contain('removed 1');
    expect(await ws.runs()).to.deep.equal([]);
  });

  it('a removed INVARIANT line turns the verdict red although TLC still passes', async () => {
    await ws.edit('specs/Locks/good.cfg', (text) =>
      text.replace('INVARIANTS TypeOK Exclusion', 'INVARIANTS TypeOK'),
    );
    const { exit, stdout } = await ws.run(['check', 'good']);
    expect(exit).to.equal(1);
    expect(stdout).to.contain('Exclusion');
  });

  it('a control that fails by a deadlock instead of its claim is not as declared', async () => {
    await ws.edit('specs/Locks/Locks.tla', (text) =>
      text.replace('pc[t] = "idle"\n', 'pc[t] = "idle" /\\ rounds < 0\n'),
    );
    const { exit, stdout } = await ws.run(['check', 'no-lock']);
    expect(exit).to.equal(1);
    expect(stdout).to.contain('deadlock');
  });

  it('a control whose full set is larger than declared is not as declared', async () => {
    const manifest = locksManifest();
    manifest.modules[0]!.workbench.claims.Empty = { statement: 'nobody is inside', kind: 'invariant' };
    await ws.write('specs/Locks/manifest.json', JSON.stringify(manifest));
    await ws.edit('specs/Locks/Locks.tla', (text) => text.replace('Yes ==', 'Empty == inside = {}\nYes =='));
    const { exit, stdout } = await ws.run(['check', 'no-lock']);
    expect(exit).to.equal(1);
    expect(stdout).to.contain('Empty');
  });

  it('a pinned state count that differs turns the verdict red', async () => {
    const manifest = locksManifest();
    manifest.modules[0]!.models[0]!.distinctStates = 10;
    await ws.write('specs/Locks/manifest.json', JSON.stringify(manifest));
    const { exit, stdout } = await ws.run(['check', 'good']);
    expect(exit).to.equal(1);
    expect(stdout).to.match(/10.*9|9.*10/);
  });
});
