import { expect } from 'chai';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { measureMachine, planBudget } from '../../src/host/budget.js';

const GB = 1024 * 1024 * 1024;

describe('host/budget', () => {
  const roots: string[] = [];
  after(async () => {
    for (const root of roots) await rm(root, { recursive: true });
  });

  async function fakeRoot(files: Record<string, string>): Promise<string> {
    const root = await mkdtemp(join(tmpdir(), 'root-'));
    roots.push(root);
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    }
    return root;
  }

  it('MemAvailable counts, not the memory that is merely free', async () => {
    const root = await fakeRoot({ 'proc/meminfo': 'MemFree: 100 kB\nMemAvailable:    4194304 kB\n' });
    expect(measureMachine(root).memoryMb).to.equal(4096);
  });

  it('a limit of cgroup 2 counts, without the page cache in use', async () => {
    const root = await fakeRoot({
      'proc/meminfo': 'MemAvailable:    41943040 kB\n',
      'sys/fs/cgroup/cpu.max': '100000 100000\n',
      'sys/fs/cgroup/memory.max': `${2 * GB}\n`,
      'sys/fs/cgroup/memory.current': `${1.5 * GB}\n`,
      'sys/fs/cgroup/memory.stat': `anon ${0.5 * GB}\ninactive_file ${1 * GB}\n`,
    });
    expect(measureMachine(root)).to.deep.equal({ cores: 1, memoryMb: 1536 });
  });

  it('the limit of a group above our own counts as well', async () => {
    const root = await fakeRoot({
      'proc/meminfo': 'MemAvailable:    41943040 kB\n',
      'proc/self/cgroup': '0::/user.slice/job.scope\n',
      'sys/fs/cgroup/user.slice/cpu.max': '100000 100000\n',
      'sys/fs/cgroup/user.slice/memory.max': `${4 * GB}\n`,
      'sys/fs/cgroup/user.slice/job.scope/memory.max': 'max\n',
    });
    expect(measureMachine(root)).to.deep.equal({ cores: 1, memoryMb: 4096 });
  });

  it('limits of cgroup 1 count, and its "no limit" does not', async () => {
    const files = {
      'proc/meminfo': 'MemAvailable:    8388608 kB\n',
      'sys/fs/cgroup/cpu/cpu.cfs_quota_us': '50000\n',
      'sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000\n',
      'sys/fs/cgroup/memory/memory.limit_in_bytes': '9223372036854771712\n',
      'sys/fs/cgroup/memory/memory.usage_in_bytes': '1000\n',
    };
    expect(measureMachine(await fakeRoot(files))).to.deep.equal({ cores: 1, memoryMb: 8192 });
    const limited = { ...files, 'sys/fs/cgroup/memory/memory.limit_in_bytes': String(GB) };
    expect(measureMachine(await fakeRoot(limited)).memoryMb).to.equal(1023);
  });

  it('no quota leaves the machine its cores', async () => {
    const root = await fakeRoot({ 'sys/fs/cgroup/cpu.max': 'max 100000\n' });
    expect(measureMachine(root).cores).to.be.greaterThan(0);
  });

  it('heaps of all jobs together stay within the memory', () => {
    for (const machine of [
      { cores: 2, memoryMb: 24_000 },
      { cores: 64, memoryMb: 8000 },
      { cores: 4, memoryMb: 700 },
    ]) {
      const budget = planBudget({}, machine);
      expect(budget.jobs * budget.heapMb).to.be.at.most(machine.memoryMb);
      expect(budget.jobs).to.be.within(1, machine.cores);
    }
  });

  it('--jobs and --memory win over the machine', () => {
    const budget = planBudget({ jobs: 3, memoryMb: 3000 }, { cores: 2, memoryMb: 24_000 });
    expect(budget).to.include({ jobs: 3, memoryMb: 3000, heapMb: 850 });
  });
});
