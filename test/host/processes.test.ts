import { expect } from 'chai';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCapture } from '../../src/host/output-capture.js';
import { liveGroups } from '../../src/host/process-groups.js';
import { runProcess, type ProcessOptions, type ProcessResult } from '../../src/host/processes.js';
import { isRunning } from './running.js';

const shell = (script: string, options: Partial<ProcessOptions> = {}): Promise<ProcessResult> =>
  runProcess({ command: ['sh', '-c', script], cwd: tmpdir(), env: process.env, keepStdin: true, ...options });

describe('host/processes', () => {
  afterEach(() => {
    expect(liveGroups(), 'groups still registered').to.deep.equal([]);
  });

  it('a non-zero exit is a result and not an exception', async () => {
    const result = await shell('echo out; echo err >&2; exit 3');
    expect(result).to.include({ stdout: 'out\n', stderr: 'err\n', exit: 3, signal: null, timedOut: false });
  });

  it('a process ended by a signal has no exit code', async () => {
    expect(await shell('kill -SEGV $$')).to.include({ exit: null, signal: 'SIGSEGV' });
  });

  it('a program that does not exist is a start error', async () => {
    const result = await runProcess({
      ...{ command: ['/nowhere/java'], cwd: tmpdir(), env: {}, keepStdin: false },
    });
    expect(result).to.include({ startError: 'ENOENT', exit: null });
  });

  it('the deadline ends a group with grandchildren that ignore TERM', async () => {
    const result = await shell('trap "" TERM; (trap "" TERM; while :; do sleep 0.1; done) & echo $!; wait', {
      timeoutSeconds: 0.5,
    });
    expect(result.timedOut).to.equal(true);
    expect(result.signal).to.equal('SIGKILL');
    const grandchild = Number(result.stdout);
    expect(grandchild).to.be.greaterThan(1);
    expect(isRunning(grandchild)).to.equal(false);
  });

  it('what a process leaves running in its group ends with it, also when it holds the output open', async () => {
    const result = await shell('sleep 60 & echo $!');
    expect(result.exit).to.equal(0);
    expect(isRunning(Number(result.stdout))).to.equal(false);
    expect(result.milliseconds).to.be.lessThan(10_000);
  });

  it('standard input stays open when asked, and is empty otherwise', async () => {
    const open = await shell('cat', { timeoutSeconds: 0.4 });
    expect(open.timedOut).to.equal(true);
    expect(await shell('cat', { keepStdin: false })).to.include({ exit: 0, timedOut: false });
  });

  it('an abort ends the process and is not a timeout', async () => {
    const abort = new AbortController();
    setTimeout(() => {
      abort.abort();
    }, 100);
    const result = await shell('sleep 60', { signal: abort.signal });
    expect(result).to.include({ interrupted: true, timedOut: false, exit: null });
    const late = await shell('echo started', { signal: abort.signal });
    expect(late).to.include({ interrupted: true, stdout: '' });
  });

  it('the environment is the given one only', async () => {
    const result = await runProcess({
      ...{ command: ['/usr/bin/env'], cwd: tmpdir(), env: { ONLY: 'this' }, keepStdin: false },
    });
    expect(result.stdout).to.equal('ONLY=this\n');
  });

  it('lines and characters are not cut where the pipe cuts them', async () => {
    const lines: string[] = [];
    let text = '';
    await shell(
      "printf '\\303' >&2; sleep 0.1; printf '\\244 one\\ntwo' >&2; printf '\\303'; sleep 0.1; printf '\\244'",
      {
        onStderrLine: (line) => lines.push(line),
        onStdoutChunk: (chunk) => (text += chunk),
      },
    );
    expect(lines).to.deep.equal(['ä one', 'two']);
    expect(text).to.equal('ä');
  });

  it('large output stays within memory while the log has all of it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'log-'));
    const logFile = join(folder, 'deep', 'raw.log');
    const result = await shell('i=0; while [ $i -lt 20000 ]; do echo "line $i"; i=$((i+1)); done', {
      ...{ captureLimitBytes: 2000, logFile },
    });
    expect(result.truncated).to.equal(true);
    expect(result.stdout.length).to.be.lessThan(80_000);
    expect(result.stdout)
      .to.match(/^line 0\n/)
      .and.match(/line 19999\n$/);
    expect((await readFile(logFile, 'utf8')).split('\n').length).to.equal(20_001);
    await rm(folder, { recursive: true });
  });

  it('a log with a limit is cut off there and says so; the process goes on', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'log-'));
    const logFile = join(folder, 'raw.log');
    const result = await shell('i=0; while [ $i -lt 9000 ]; do echo "line $i"; i=$((i+1)); done', {
      ...{ logFile, logLimitBytes: 1000 },
    });
    expect(result).to.include({ exit: 0, logError: 'cut off after 1000 bytes' });
    expect(await readFile(logFile, 'utf8')).to.have.length(1000 + '\ncut off after 1000 bytes\n'.length);
    expect(await shell('printf 12345', { logFile, logLimitBytes: 5 })).not.to.have.property('logError');
    await rm(folder, { recursive: true });
  });

  it('a log that cannot be written is told and does not stop the process', async () => {
    const result = await shell('echo fine', { logFile: '/dev/full' });
    expect(result).to.include({ stdout: 'fine\n', exit: 0, logError: 'ENOSPC' });
  });

  it('a capture below its limit is exact', () => {
    const capture = makeCapture(100);
    for (const part of ['ab', 'cd', 'ef']) capture.add(Buffer.from(part));
    expect(capture.text()).to.equal('abcdef');
    expect(capture.truncated()).to.equal(false);
  });
});
