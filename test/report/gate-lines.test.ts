import { expect } from 'chai';
import type { Change } from '../../src/domain/baseline.js';
import { gateLines, type GateView } from '../../src/report/gate-lines.js';
import { makePaint } from '../../src/report/paint.js';

const change = (more: Partial<Change> = {}): Change => ({
  kind: 'states-fewer',
  severity: 'fails',
  subject: 'specs/Clock/good.cfg',
  place: { path: 'specs/Clock/manifest.json', line: 12 },
  was: '9 distinct states',
  is: '8 distinct states',
  mend: 'git restore',
  ...more,
});
const view = (more: Partial<GateView> = {}): GateView => ({
  base: { ref: 'origin/main', commit: 'a'.repeat(40) },
  head: { commit: 'b'.repeat(40), dirty: false },
  first: false,
  touched: [],
  evidence: [{ part: 'Clock', from: 'the base' }],
  changes: [],
  exitCode: 0,
  ...more,
});
const lines = (more: Partial<GateView> = {}): string[] => gateLines(view(more), 100, makePaint(false));

describe('the lines of the gate', () => {
  it('begin with what is compared and end with one line and the exit code', () => {
    expect(lines()[0]).to.equal('base aaaaaaaaaa, where HEAD bbbbbbbbbb and origin/main part');
    expect(lines().at(-1)).to.equal('gate: 0 failures, 0 accepted in this change, 0 notes (exit 0)');
  });

  it('a failure has file and line, what was and is, and the command', () => {
    expect(lines({ changes: [change()], exitCode: 1 }).slice(-6)).to.deep.equal([
      'FAIL specs/Clock/manifest.json:12: states-fewer: specs/Clock/good.cfg',
      '     was: 9 distinct states',
      '     is: 8 distinct states',
      '     mend: git restore',
      'gate: 1 failure, 0 accepted in this change, 0 notes (exit 1)',
      'if the weakening is intended: workbench gate --accept --base origin/main --reason "why"',
    ]);
  });

  it('what was accepted is shown with its reason, and is no failure', () => {
    const shown = lines({ changes: [change({ accepted: 'superfluous', mend: '' })] });
    expect(shown.some((line) => line.startsWith('accepted in this change: specs/'))).to.equal(true);
    expect(shown).to.include('     reason: superfluous');
    expect(shown.at(-1)).to.equal('gate: 0 failures, 1 accepted in this change, 0 notes (exit 0)');
  });

  it('no acceptance is offered for a failed verdict', () => {
    expect(lines({ changes: [change({ kind: 'verdict-failed' })] }).at(-1)).to.match(/^gate: 1 failure/);
  });

  it('a weakening beside a failed verdict names what must be mended, as --accept would refuse', () => {
    const failed = change({ kind: 'verdict-failed', subject: 'specs/Clock/bad.cfg' });
    const open = change({ kind: 'not-shown', subject: 'Clock' });
    expect(lines({ changes: [change(), failed, open] }).at(-1)).to.equal(
      'before the weakening can be accepted, mend verdict-failed specs/Clock/bad.cfg, not-shown Clock',
    );
    const old = change({ kind: 'evidence-old', subject: 'runs/baseline.json' });
    expect(lines({ changes: [change(), change(), old] }).at(-1)).to.match(
      /^if the weakenings are intended: /,
    );
  });

  it('what a terminal would obey is shown as a code', () => {
    const text = lines({ changes: [change({ was: 'x = "\u001b[31m\u0007"' })] }).join('\n');
    expect(text).to.not.match(/[\u0000-\u0009\u000b-\u001f]/);
    expect(text).to.contain('\\u001b[31m\\u0007');
  });
});
