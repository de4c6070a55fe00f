import { expect } from 'chai';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Toolchain } from '../../src/engine/launcher.js';
import { runModel, type EngineJob } from '../../src/engine/run-model.js';
import { CAPTURE_LIMIT_BYTES } from '../../src/host/output-capture.js';
import { readCaptured, readFixture } from './captured-runs.js';

/** A java that prints the captured run `holds` with `bytes` of the spec's own output in the middle, and exits with 0. */
async function makeTalker(folder: string, bytes: number): Promise<Toolchain> {
  const lines = readFixture('holds.out').split('\n');
  const half = lines.findIndex((line) => line.includes('ENDMSG 2190')) + 1;
  await writeFile(join(folder, 'head'), `${lines.slice(0, half).join('\n')}\n`);
  await writeFile(join(folder, 'tail'), lines.slice(half).join('\n'));
  const java = join(folder, 'java');
  await writeFile(
    java,
    `#!/bin/sh\ncat '${folder}/head'\nyes '<<"printed">>' | head -c ${bytes}\necho\ncat '${folder}/tail'\n`,
  );
  await chmod(java, 0o755);
  return {
    java: { path: java, version: '17.0.15', major: 17 },
    jar: { path: join(folder, 'none.jar'), sha256: '0'.repeat(64), tlcVersion: '2.18', origin: 'test' },
    notes: [],
  };
}

describe('one run of a model', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wb-run-model-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });
  const runWith = async (bytes: number, changes: Partial<EngineJob> = {}) => {
    const job: EngineJob = {
      rootModule: 'M',
      closure: [],
      generated: [{ name: 'M', text: '---- MODULE M ----\n====\n' }],
      configText: '',
      profile: 'plain',
      workers: 1,
      heapMb: 64,
      timeoutSeconds: 50,
      coverage: false,
      graph: false,
      seed: 1,
      fingerprint: 0,
      assumeOnly: false,
      enabledProperties: [],
      log: { file: join(folder, 'run.log'), name: 'run.log' },
      ...changes,
    };
    return runModel(job, await makeTalker(folder, bytes), {});
  };

  it('that prints little holds', async () => {
    expect((await runWith(1000)).reading.outcome).to.deep.equal({ kind: 'Holds' });
  });

  it('whose log cannot be written is NoResult', async () => {
    const { reading } = await runWith(1000, { log: { file: '/dev/full', name: 'run.log' } });
    expect(reading.outcome).to.deep.equal({
      kind: 'NoResult',
      message: 'the log could not be written to its end (ENOSPC)',
    });
  });

  it('that prints more than is kept is NoResult and never Holds, and its log is whole', async () => {
    const bytes = CAPTURE_LIMIT_BYTES + 1_000_000;
    const { exit, reading } = await runWith(bytes);
    expect(exit).to.equal(0);
    expect(reading.outcome.kind).to.equal('NoResult');
    expect((await stat(join(folder, 'run.log'))).size).to.be.greaterThan(bytes);
    expect((await readFile(join(folder, 'run.log'), 'utf8')).slice(-2000)).to.contain('2186');
  });
});

describe('a truncated output', () => {
  it('is never Holds and never Sampled', () => {
    expect(readCaptured('holds', { truncated: true }).outcome.kind).to.equal('NoResult');
    expect(readCaptured('simulate', { truncated: true, simulate: true }).outcome.kind).to.equal('NoResult');
  });

  it('still shows a violation', () => {
    expect(readCaptured('invariant', { truncated: true }).outcome.kind).to.equal('Violated');
  });
});
