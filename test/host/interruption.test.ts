import { expect } from 'chai';
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sweepTempFolders } from '../../src/host/temp-folders.js';
import { becomes, isRunning } from './running.js';

const PROGRAM = fileURLToPath(new URL('programs/interruptible.ts', import.meta.url));

interface Started {
  workbench: ChildProcess;
  pid: number;
  folder: string;
  output: () => string;
  ended: Promise<number | null>;
}

async function start(): Promise<Started> {
  const workbench = spawn(process.execPath, ['--import', 'tsx', PROGRAM], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  workbench.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => workbench.once('close', resolve));
  expect(await becomes(() => output.includes('\n'), 30_000), 'it starts').to.equal(true);
  const { pid, folder } = JSON.parse(output.split('\n')[0] ?? '') as { pid: number; folder: string };
  return { workbench, pid, folder, output: () => output, ended };
}

describe('host/interruption', () => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    it(`${signal} ends every group, removes the temp folder, lets the command finish, and exits 130`, async () => {
      const run = await start();
      run.workbench.kill(signal);
      expect(await run.ended).to.equal(130);
      expect(run.output()).to.contain('{"interrupted":true}');
      expect(isRunning(run.pid)).to.equal(false);
      expect(existsSync(run.folder)).to.equal(false);
    });
  }

  it('a second Ctrl-C kills at once', async () => {
    const run = await start();
    run.workbench.kill('SIGINT');
    await new Promise((resolve) => setTimeout(resolve, 150));
    run.workbench.kill('SIGINT');
    expect(await run.ended).to.equal(130);
    expect(run.output()).not.to.contain('interrupted');
    expect(await becomes(() => !isRunning(run.pid), 3000)).to.equal(true);
    expect(existsSync(run.folder)).to.equal(false);
  });

  it('the temp folder of a workbench killed with SIGKILL is swept by the next one', async () => {
    const run = await start();
    expect(await sweepTempFolders(), 'of a living one').not.to.contain(run.folder);
    run.workbench.kill('SIGKILL');
    await run.ended;
    expect(existsSync(run.folder)).to.equal(true);
    expect(await sweepTempFolders()).to.contain(run.folder);
    expect(existsSync(run.folder)).to.equal(false);
    process.kill(-run.pid, 'SIGKILL');
  });
});
