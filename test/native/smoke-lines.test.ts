import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { smokeLineSchema, type SmokeAttempt, type SmokeResult } from '../../src/domain/smoke.js';
import { makeTempFolder, removeTempFolder } from '../../src/host/temp-folders.js';
import { toSmokeLine, writeSmokeLines } from '../../src/native/smoke-lines.js';

const attempt: SmokeAttempt = {
  ...{ side: 'without', attempt: 1, command: ['/b/smoke', 'x'], injected: [], exit: null, signal: 'SIGSEGV' },
  ...{ faultAddress: '0x5f4', sanitizer: null, report: null, milliseconds: 3, timedOut: false },
  ...{ asExpected: true, difference: '' },
};
const result = (attempts: SmokeAttempt[]): SmokeResult => ({
  ...{ name: 'x', claims: ['M!Safe'], what: 'text', state: 'passed', reason: '', attempts },
});
const lineOf = (report: Record<string, unknown>) =>
  toSmokeLine(result([{ ...attempt, report }])).attempts[0]!;

describe('the JSON lines of smoke tests', () => {
  it('a crash carries its signal and address, and keys that nobody reported are not there', () => {
    expect(toSmokeLine(result([attempt]))).to.deep.equal({
      ...{ test: 'x', claims: ['M!Safe'], what: 'text', state: 'passed', reason: '' },
      attempts: [
        {
          ...{ side: 'without', attempt: 1, command: ['/b/smoke', 'x'], exit: null, signal: 'SIGSEGV' },
          ...{ faultAddress: '0x5f4', sanitizer: null, milliseconds: 3, asExpected: true },
        },
      ],
    });
  });

  it('a schedule carries the steps that were taken', () => {
    const line = lineOf({ schedule: 'complete', taken: ['a:start', 'b:start'] });
    expect(line).to.deep.include({ schedule: 'complete', taken: ['a:start', 'b:start'] });
  });

  it('a crash within a schedule carries the steps that were planned', () => {
    const line = lineOf({ planned: 'a:start b:done|b:held' });
    expect(line.planned).to.deep.equal(['a:start', 'b:done|b:held']);
    expect(line).to.not.have.property('schedule');
  });

  it('a stress run carries its seed', () => {
    expect(lineOf({ seed: 7, finished: 1 }).seed).to.equal(7);
  });

  it('an exploration carries its count, whether it is complete, and the first bad schedule', () => {
    const report = { schedules: 21, exploration: 'complete', bad: 20, firstBad: 'a:start b:start' };
    expect(lineOf(report).explored).to.deep.equal(report);
    expect(lineOf({ schedules: 21, exploration: 'bounded', bad: 0 }).explored!.firstBad).to.equal(null);
  });

  it('the file has one line for each test, also for one that was not run, and each fits the schema', async () => {
    const folder = await makeTempFolder();
    try {
      const file = join(folder, 'smoke.jsonl');
      await writeSmokeLines(file, [
        result([attempt]),
        { ...result([]), state: 'not run', reason: 'preset p was not built' },
      ]);
      const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
      const read = lines.map((line) => smokeLineSchema.parse(JSON.parse(line)));
      expect(read.map((line) => line.state)).to.deep.equal(['passed', 'not run']);
    } finally {
      await removeTempFolder(folder);
    }
  });
});
