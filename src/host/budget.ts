/**
 * CPU and memory that may be used. Contract: limits of a container (cgroup 1 and 2) count, not only what the machine
 * has; the heap of all jobs together stays within the memory budget.
 */
import { readFileSync } from 'node:fs';
import { availableParallelism, freemem, totalmem } from 'node:os';
import { join } from 'node:path';

export interface Machine {
  cores: number;
  memoryMb: number;
}

export interface Budget {
  jobs: number;
  memoryMb: number;
  /** -Xmx of one job. */
  heapMb: number;
  cores: number;
}

/** Smallest heap in which TLC still does useful work; fewer jobs are started rather than smaller ones. */
const SMALLEST_HEAP_MB = 256;
/** What a JVM needs beside its heap: code, metaspace, threads, fingerprint buffers. */
const OVERHEAD_MB = 150;
/** More heap than this has never made a model faster (tlc.md, Throughput); it only takes memory from others. */
const LARGEST_DEFAULT_HEAP_MB = 4096;

/** Reads what this process may use; `root` is the file system's root, another one in tests. */
export function measureMachine(root = '/'): Machine {
  const read = (path: string): string | undefined => {
    try {
      return readFileSync(join(root, path), 'utf8').trim();
    } catch {
      return undefined;
    }
  };
  const cores = [availableParallelism(), ...readCoreLimits(read)];
  const memory = [readAvailableMemory(read), ...readMemoryLimits(read)];
  return {
    cores: Math.max(1, Math.floor(Math.min(...cores))),
    memoryMb: Math.max(SMALLEST_HEAP_MB, Math.floor(Math.min(...memory) / 1024 / 1024)),
  };
}

type Read = (path: string) => string | undefined;

/** Folders of cgroup 2 that limit this process: its own and all above it, as far as they are seen from here. */
function listGroups(read: Read): string[] {
  const own = /^0::(\/.*)$/m.exec(read('proc/self/cgroup') ?? '')?.[1] ?? '/';
  const names = own.split('/').filter((name) => name !== '' && name !== '..');
  return ['', ...names].map((_, depth) => ['sys/fs/cgroup', ...names.slice(0, depth)].join('/'));
}

function readCoreLimits(read: Read): number[] {
  const quotas = listGroups(read).map((group) => {
    const [quota, period] = (read(`${group}/cpu.max`) ?? '').split(' ').map(Number);
    return (quota ?? NaN) / (period ?? NaN);
  });
  const oldQuota = Number(read('sys/fs/cgroup/cpu/cpu.cfs_quota_us'));
  const oldPeriod = Number(read('sys/fs/cgroup/cpu/cpu.cfs_period_us'));
  // A quota below one core still is one core: work goes on, slower.
  return [...quotas, oldQuota / oldPeriod]
    .filter((limit) => Number.isFinite(limit) && limit > 0)
    .map((limit) => Math.max(1, limit));
}

function readAvailableMemory(read: Read): number {
  const kilobytes = /^MemAvailable:\s+(\d+) kB/m.exec(read('proc/meminfo') ?? '')?.[1];
  if (kilobytes !== undefined) return Number(kilobytes) * 1024;
  // macOS counts cached files as used, so that `free` says next to nothing there.
  return process.platform === 'darwin' ? totalmem() / 2 : freemem();
}

function readMemoryLimits(read: Read): number[] {
  const old = 'sys/fs/cgroup/memory';
  return [
    ...listGroups(read).map((group) =>
      readRoom(read, group, 'memory.max', 'memory.current', 'inactive_file'),
    ),
    readRoom(read, old, 'memory.limit_in_bytes', 'memory.usage_in_bytes', 'total_inactive_file'),
  ].filter((room) => room !== undefined);
}

/** What one group's limit leaves; the page cache does not count as used, it is given back when it is needed. */
function readRoom(
  read: Read,
  group: string,
  limitFile: string,
  usedFile: string,
  cacheKey: string,
): number | undefined {
  const limit = Number(read(`${group}/${limitFile}`) ?? NaN);
  // cgroup 1 says "no limit" with a number near 2^63.
  if (!Number.isFinite(limit) || limit > 2 ** 60) return undefined;
  const stat = (read(`${group}/memory.stat`) ?? '').split('\n').map((line) => line.split(' '));
  const cache = Number(stat.find(([key]) => key === cacheKey)?.[1] ?? 0);
  return limit - Math.max(0, Number(read(`${group}/${usedFile}`) ?? 0) - cache);
}

/** Divides the machine. `jobs` and `memoryMb` are the user's, from flags or workbench.json. */
export function planBudget(
  wanted: { jobs?: number | undefined; memoryMb?: number | undefined },
  machine: Machine = measureMachine(),
): Budget {
  // A quarter is left to the system and to everything else the user has open.
  const memoryMb = wanted.memoryMb ?? Math.floor(machine.memoryMb * 0.75);
  const fitting = Math.max(1, Math.floor(memoryMb / (SMALLEST_HEAP_MB + OVERHEAD_MB)));
  const jobs = Math.max(1, wanted.jobs ?? Math.min(machine.cores, fitting));
  const share = Math.floor(memoryMb / jobs) - OVERHEAD_MB;
  const most = wanted.memoryMb === undefined ? LARGEST_DEFAULT_HEAP_MB : Infinity;
  return { jobs, memoryMb, heapMb: Math.max(64, Math.min(share, most)), cores: machine.cores };
}
