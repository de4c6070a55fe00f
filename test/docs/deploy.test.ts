import { expect } from 'chai';
import { execa } from 'execa';
import { readFileSync } from 'node:fs';
import { copyFile, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeRunLab, type RunLab } from '../e2e/run-lab.js';
import { walkThrough } from './walkthrough.js';

const page = readFileSync(new URL('../../docs/deploy.md', import.meta.url), 'utf8');

/** Lines without what differs from run to run, from folder to folder, or with every method that the fix learns. */
function normalise(lines: string[], folder: string): string[] {
  return lines
    .filter((line) => !/Segmentation fault/.test(line))
    .map((line) =>
      line
        .replaceAll(folder, '/opt/app')
        .replace(/(pid |process |"pid":)\d+/g, '$1<pid>')
        .replace(/\b\d+ methods hooked/g, '<n> methods hooked')
        .replace(/"hooks":\d+.*/g, '"hooks":<n>'),
    );
}

describe('docs/deploy.md', function () {
  this.timeout(300_000);
  let lab: RunLab;
  let folder: string;
  before(async () => {
    lab = await makeRunLab(['host_program_left_out']);
    folder = await realpath(await mkdtemp(join(tmpdir(), 'wb-deploy-')));
    const places = {
      app: 'host_program_plain',
      host: 'host_program',
      'host-left-out': 'host_program_left_out',
    };
    for (const [name, program] of Object.entries(places)) {
      await symlink(join(lab.built, program), join(folder, name));
    }
    await symlink(join(lab.built, 'libagx_fix.so'), join(folder, 'libagx_fix.so'));
    await copyFile(join(lab.ws.root, 'acts-static'), join(folder, 'app-static'));
    await writeFile(join(folder, 'start.sh'), '#!/bin/sh\n./app work 1 1\nexit 0\n', { mode: 0o755 });
  });
  after(async () => {
    await lab.ws.remove();
    await rm(folder, { recursive: true, force: true });
  });

  it('shows what its commands print', async () => {
    const steps = await walkThrough(page, folder);
    expect(steps).to.have.length.above(10);
    for (const { command, shown, printed } of steps) {
      expect(normalise(printed, folder), command).to.deep.equal(normalise(shown, folder));
    }
  });

  it('has a row for every key that the report of a process has, and no other', async () => {
    const report = join(folder, 'keys.jsonl');
    await execa(join(folder, 'host'), ['work', '1', '1'], { env: { AGX_FIX_REPORT: report } });
    const last = readFileSync(report, 'utf8').trimEnd().split('\n').at(-1)!;
    const table = page.slice(page.indexOf('## The report of a process'));
    const rows = [...table.matchAll(/^\| `(\w+)` \|/gm)].map((row) => row[1]);
    expect(rows).to.deep.equal(Object.keys(JSON.parse(last) as object));
  });

  it('a count that differs is noticed, a process id is not', () => {
    const line = (pid: number, skips: number): string[] =>
      normalise([`fix: active in pid ${pid}: 9 methods hooked, ${skips} skips`], folder);
    expect(line(1, 2)).to.deep.equal(line(3, 2));
    expect(line(1, 2)).to.not.deep.equal(line(1, 3));
  });
});
