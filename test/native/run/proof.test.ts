import { expect } from 'chai';
import { describeProof, exitCodeOfRun, judgeProof, type Ending } from '../../../src/native/run/proof.js';
import { readReportLines, type ProcessReport } from '../../../src/native/run/report-lines.js';

const ended: Ending = { exit: 0, signal: null };
const active: ProcessReport = {
  ...{ pid: 7, active: true, partial: false, disabled: false, hooks: 2, final: true },
  statistics: { guarded_calls: 1, skips: 3 },
};
const idle: ProcessReport = { ...active, active: false, hooks: 0, statistics: {} };
const of = (pid: number, report: ProcessReport): ProcessReport => ({ ...report, pid });

/** Lines, exit code and state of one judgement. */
function judge(processes: ProcessReport[], ending = ended, children = false) {
  const proof = judgeProof(7, processes, children);
  return { lines: describeProof(proof, ending), exit: exitCodeOfRun(ending, proof), state: proof.state };
}

describe('the proof that the fix was active', () => {
  it('an active report of the started process itself is a proof, and its counts are said', () => {
    expect(judge([active])).to.deep.equal({
      ...{ state: 'active', exit: 0 },
      lines: ['fix: active in pid 7: 2 methods hooked, 1 call guarded, 3 skips'],
    });
  });

  it('no report at all is "not loaded", and 1 takes the place of 0', () => {
    const { lines, exit, state } = judge([]);
    expect({ exit, state }).to.deep.equal({ exit: 1, state: 'not loaded' });
    expect(lines).to.deep.equal([
      'fix: NOT active in pid 7: the library was not loaded, or is one that writes no report',
    ]);
  });

  it('a library that found no driver, or was turned off, was not active: each is said', () => {
    expect(judge([idle])).to.deep.include({ state: 'inactive', exit: 1 });
    expect(judge([idle]).lines[0]).to.contain('found no class of the driver');
    expect(judge([{ ...idle, disabled: true }]).lines[0]).to.contain('turned off by AGX_FIX_DISABLE');
  });

  it('a program that failed keeps its exit code, and one that a signal ended 128 and its number', () => {
    expect(judge([], { exit: 7, signal: null }).exit).to.equal(7);
    expect(judge([active], { exit: 7, signal: null }).exit).to.equal(7);
    expect(judge([idle], { exit: null, signal: 'SIGSEGV' }).exit).to.equal(139);
    expect(judge([active], { exit: null, signal: 'SIGKILL' }).exit).to.equal(137);
  });

  it('an active child is no proof for the program, unless children are asked for', () => {
    const alone = judge([idle, of(8, active)]);
    expect(alone.exit).to.equal(1);
    expect(alone.lines.slice(1)).to.deep.equal([
      'fix: active in child process 8: 2 methods hooked',
      'fix: with --children a process that it started counts, too',
    ]);
    const asked = judge([idle, of(8, active)], ended, true);
    expect(asked.exit).to.equal(0);
    expect(asked.lines.join()).to.not.contain('--children');
    expect(judge([idle, of(8, idle)], ended, true).exit).to.equal(1);
    // A child may report before the program, or alone: by a static launcher.
    expect(judge([of(8, active), idle])).to.deep.include({ state: 'inactive', exit: 1 });
    expect(judge([of(8, active)])).to.deep.include({ state: 'not loaded', exit: 1 });
  });

  it('of many processes the active ones are listed first, and the rest is counted', () => {
    const others = [8, 9, 10, 11].map((pid) => of(pid, idle));
    const five = judge([active, ...others, of(12, active)]).lines;
    expect(five).to.have.length(6);
    expect(five[1]).to.equal('fix: active in child process 12: 2 methods hooked');
    expect(five[5]).to.equal('fix: and 1 more process');
    expect(judge([active, ...others, of(12, active), of(13, idle)]).lines[5]).to.contain('2 more processes');
  });

  it('a process that never wrote its last line is active without counts', () => {
    const cut = { ...active, final: false, statistics: {} };
    expect(judge([cut], { exit: null, signal: 'SIGKILL' }).lines[0]).to.match(
      /2 methods hooked; no counts: it ended by SIGKILL before its last report$/,
    );
    expect(judge([cut]).lines[0]).to.contain('_exit or a real-time signal, or became another program,');
  });

  it('a driver with parts missing is "in part"', () => {
    const some = { ...active, partial: true };
    expect(judge([some, of(8, some)]).lines).to.deep.equal([
      'fix: active in part in pid 7: 2 methods hooked, 1 call guarded, 3 skips',
      'fix: active in part in child process 8: 2 methods hooked',
    ]);
  });
});

describe('the report of a process', () => {
  const line = (more: object): string =>
    `${JSON.stringify({ event: 'load', api: 1, pid: 7, active: true, disabled: false, hooks: 2, ...more })}\n`;
  const read = (text: string) => readReportLines(text);

  it('the last word of each process counts, and processes stand in the order of their first', () => {
    const text =
      line({ pid: 9, active: false, hooks: 0 }) +
      line({ pid: 8 }) +
      line({ pid: 9, event: 'exit', statistics: { skips: 4, name: 'text' } });
    const { processes, unreadable } = read(text);
    expect(unreadable).to.equal(0);
    expect(processes.map(({ pid, final }) => ({ pid, final }))).to.deep.equal([
      { pid: 9, final: true },
      { pid: 8, final: false },
    ]);
    expect(processes[0]!.statistics).to.deep.equal({ skips: 4 });
  });

  it('a line that is cut, no JSON, or of another form is counted, and proves nothing', () => {
    const bad = [line({}).slice(0, 30), 'text', '[]', 'null', line({ pid: -1 }), line({ event: 'later' })];
    const { processes, unreadable } = read(`${bad.map((text) => text.trimEnd()).join('\n')}\n\n`);
    expect(processes).to.deep.equal([]);
    expect(unreadable).to.equal(bad.length);
  });

  it('"active" without a hooked method contradicts itself and is not taken for active', () => {
    expect(read(line({ hooks: 0 })).processes[0]!.active).to.equal(false);
    expect(read(line({ hooks: undefined })).processes[0]!.active).to.equal(false);
    expect(read(line({ active: 1 })).processes[0]!.active).to.equal(true);
  });
});
