import { expect } from 'chai';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunRecord } from '../../src/domain/run-record.js';
import { locksManifest, makeWorkspace, type Workspace } from './workspace.js';

describe('workbench verify', () => {
  let ws: Workspace;
  beforeEach(async () => {
    ws = await makeWorkspace();
  });
  afterEach(async () => {
    await ws.remove();
  });

  it('ends with one screen: each claim with models, states, rung and one bounded sentence', async () => {
    const { exit, stdout } = await ws.run(['verify']);
    expect(stdout).to.match(/ok +Exclusion 2 .*holds, 9 states +1 model +1 control/);
    expect(stdout).to.match(
      /holds in all 9 reachable states of Locks with Threads=\{t1, ?t2\}, Rounds=3, *\n? *UseLock=TRUE/,
    );
    expect(stdout).to.match(/jar [0-9a-f]{8}/);
    expect(stdout).to.not.match(/prove/i);
    expect(exit).to.equal(0);
  });

  it('records hashes, command lines, tools, seed and every attempt, atomically', async () => {
    await ws.run(['verify']);
    const [id = ''] = await ws.runs();
    const record = JSON.parse(await readFile(join(ws.root, 'runs', id, 'run.json'), 'utf8')) as RunRecord;
    const run = record.models[0]!;
    expect(run.closure[0]).to.have.property('sha256').with.length(64);
    expect(run.attempts[0]?.command.join(' ')).to.contain('-fp 0 -seed 1');
    expect(record.tools.map((t) => t.name)).to.include.members(['node', 'java', 'tlc']);
    expect(record.hash).to.have.length(64);
    expect(await readdir(join(ws.root, 'runs', id))).to.have.members([
      ...['run.json', 'logs', 'seconds.json', 'sources.json', 'summary.json'],
    ]);
    const log = await readFile(join(ws.root, 'runs', id, run.attempts[0]!.log), 'utf8');
    expect(log).to.contain('@!@!@STARTMSG 2262');
  });

  it('an action that fires in no model and a variable that never changes are findings with file and line', async () => {
    await ws.edit('specs/Locks/Locks.tla', (text) =>
      text
        .replace('VARIABLES pc, rounds, inside', 'VARIABLES pc, rounds, inside,\n  ghost')
        .replace('vars == <<pc, rounds, inside>>', 'vars == <<pc, rounds, inside, ghost>>')
        .replace('inside = {}\nEnter', 'inside = {} /\\ ghost = 0\nEnter')
        .replace('UNCHANGED rounds', 'UNCHANGED <<rounds, ghost>>')
        .replace(
          '(rounds + 1) % Rounds\n',
          '(rounds + 1) % Rounds\n            /\\ UNCHANGED ghost\nBreak(t) == rounds > 99 /\\ UNCHANGED vars\n',
        )
        .replace('\\/ Leave(t)', '\\/ Leave(t) \\/ Break(t)'),
    );
    const { exit, stdout } = await ws.run(['verify']);
    expect(stdout).to.contain('specs/Locks/Locks.tla:5: variable ghost never changes');
    expect(stdout).to.match(/specs\/Locks\/Locks\.tla:\d+: action Break fires in no model of Locks/);
    expect(exit).to.equal(1);
  });

  it('an action taken out of the next-state relation is a finding', async () => {
    await ws.edit('specs/Locks/Locks.tla', (text) => text.replace(' \\/ Leave(t)\n', '\n'));
    const { exit, stdout } = await ws.run(['verify']);
    expect(stdout).to.contain("action Leave is part of no model's next-state relation");
    expect(exit).to.equal(1);
  });

  it('an accepted finding is no fault, and an acceptance without a finding is one', async () => {
    const manifest = locksManifest();
    Object.assign(manifest.modules[0]!.workbench, {
      accepted: [{ finding: 'action-never-fires', name: 'Leave', reason: 'it does fire' }],
    });
    await ws.write('specs/Locks/manifest.json', JSON.stringify(manifest));
    const { exit, stdout } = await ws.run(['verify']);
    expect(stdout).to.contain('there is no such finding');
    expect(exit).to.equal(1);
  });

  it('a claim that no positive model lists is below the required rung', async () => {
    const manifest = locksManifest();
    manifest.modules[0]!.workbench.claims.Yes = { statement: 'always', kind: 'invariant' };
    await ws.write('specs/Locks/manifest.json', JSON.stringify(manifest));
    const { exit, stdout } = await ws.run(['verify']);
    expect(stdout).to.contain('not shown: no positive model lists it');
    expect(exit).to.equal(1);
  });

  it('a deadline that is too short is exit 4 and no claim is shown', async () => {
    const { exit, stdout } = await ws.run(['verify', '--timeout', '0.05']);
    expect(exit).to.equal(4);
    expect(stdout).to.contain('not shown');
    expect(stdout).to.not.match(/^ ok /m);
  });
});
