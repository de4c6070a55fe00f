import { expect } from 'chai';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunRecord } from '../../src/domain/run-record.js';
import { makeWorkspace, type Workspace } from './workspace.js';

const COUNTER = (name: string, extended: string): string => `---- MODULE ${name} ----
EXTENDS ${extended}
VARIABLE x
Init == x = 0
Next == x' = (x + 1) % 3
Spec == Init /\\ [][Next]_x
Inv == x < 3
====
`;
const CFG = 'SPECIFICATION Spec\nINVARIANT Inv\n';

/** A manifest as the community's Examples have them: no workbench keys. */
const manifest = (name: string, extra: Record<string, unknown> = {}): string =>
  JSON.stringify({
    sources: [],
    authors: ['somebody'],
    tags: ['beginner'],
    modules: [
      {
        path: `specifications/${name}/${name}.tla`,
        features: ['pluscal'],
        models: [
          {
            path: `specifications/${name}/${name}.cfg`,
            runtime: '00:00:01',
            mode: 'exhaustive search',
            result: 'success',
            distinctStates: 3,
          },
        ],
        ...extra,
      },
    ],
  });

describe('a checkout of specs that are not ours', () => {
  let ws: Workspace;
  beforeEach(async () => {
    ws = await makeWorkspace();
    await ws.remove();
    await ws.write('specifications/Plain/Plain.tla', COUNTER('Plain', 'Naturals'));
    await ws.write('specifications/Plain/Plain.cfg', CFG);
    await ws.write('specifications/Plain/manifest.json', manifest('Plain'));
    await ws.write('specifications/Needs/Needs.tla', COUNTER('Needs', 'Naturals, SequencesExt, TLCExt'));
    await ws.write('specifications/Needs/Needs.cfg', `${CFG}ALIAS View\n`);
    await ws.write('specifications/Needs/manifest.json', manifest('Needs'));
  });
  afterEach(async () => {
    await ws.remove();
  });

  for (const command of ['check', 'verify'])
    it(`is ${command}ed as it is: a model that needs what TLC lacks is not run, all others are`, async () => {
      const result = await ws.run([command]);
      const all = result.stdout + result.stderr;
      expect(result.exit, all).to.equal(4);
      expect(all).to.match(/^ok {3}specifications\/Plain\/Plain\.cfg {2}holds in all 3 reachable states/m);
      expect(all).to.match(
        /^open specifications\/Needs\/Needs\.cfg:? +not run: needs SequencesExt, TLCExt, which TLC's jar does not have; line 3: ALIAS/m,
      );
      expect(result.stderr).to.not.contain('error ');
    });

  it('an action that never fires is a fault in a module of ours and none in one of somebody else', async () => {
    await rm(join(ws.root, 'specifications/Needs'), { recursive: true });
    await ws.edit('specifications/Plain/Plain.tla', (text) =>
      text.replace('Spec ==', "Idle == x = 9 /\\ x' = 0\nSpec =="),
    );
    const foreign = await ws.run(['verify', '--json']);
    expect(foreign.exit, foreign.stderr).to.equal(0);
    const { findings } = JSON.parse(foreign.stdout) as RunRecord;
    expect(findings.map((f) => [f.name, f.accepted])).to.deep.equal([
      ['Idle', 'no claim rests on this module: its manifest has no workbench keys'],
    ]);
    const claims = { Inv: { statement: 'the counter stays small', kind: 'invariant' } };
    await ws.write('specifications/Plain/manifest.json', manifest('Plain', { workbench: { claims } }));
    expect((await ws.run(['verify'])).exit).to.equal(1);
  });

  it('says so in a dry run', async () => {
    const result = await ws.run(['check', '--dry-run']);
    expect(result.exit).to.equal(0);
    expect(result.stdout).to.match(/^# specifications\/Needs\/Needs\.cfg: not run: needs SequencesExt/m);
  });

  it('a module that needs TLAPS and has no model is in nobody’s way', async () => {
    await ws.write('specifications/Plain/Proof.tla', '---- MODULE Proof ----\nEXTENDS Plain, TLAPS\n====\n');
    const text = JSON.parse(manifest('Plain')) as { modules: unknown[] };
    text.modules.push({ path: 'specifications/Plain/Proof.tla', features: ['proof'], models: [] });
    await ws.write('specifications/Plain/manifest.json', JSON.stringify(text));
    const result = await ws.run(['check', 'specifications/Plain']);
    expect(result.exit, result.stderr).to.equal(0);
  });

  it('a module of ours with a missing module is wrong input all the same', async () => {
    const claims = { Inv: { statement: 'the counter stays small', kind: 'invariant' } };
    await ws.write('specifications/Needs/manifest.json', manifest('Needs', { workbench: { claims } }));
    const result = await ws.run(['verify']);
    expect(result.exit).to.equal(2);
    expect(result.stderr).to.contain(
      'error MODULE-MISSING: specifications/Needs/Needs.tla:2: module SequencesExt',
    );
  });

  it('a module of ours that declares communityDependencies is not run, and its claim is not shown', async () => {
    const claims = { Inv: { statement: 'the counter stays small', kind: 'invariant' } };
    const extra = { communityDependencies: ['SequencesExt'], workbench: { claims } };
    await ws.write('specifications/Needs/manifest.json', manifest('Needs', extra));
    const result = await ws.run(['verify']);
    expect(result.exit, result.stderr).to.equal(4);
    expect(result.stdout).to.contain('not shown');
  });
});
