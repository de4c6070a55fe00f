import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunRecord } from '../../src/domain/run-record.js';
import { becomes, findRunning } from '../host/running.js';
import { CLI, makeWorkspace, type Workspace } from './workspace.js';

/** A spec whose state space is far too large for any deadline of these tests. */
const ENDLESS = `---- MODULE Endless ----
EXTENDS Naturals
VARIABLES a, b, c
Init == a = 0 /\\ b = 0 /\\ c = 0
Next == \\/ a' = (a + 1) % 5000 /\\ UNCHANGED <<b, c>>
        \\/ b' = (b + 1) % 5000 /\\ UNCHANGED <<a, c>>
        \\/ c' = (c + 1) % 5000 /\\ UNCHANGED <<a, b>>
Inv == a < 5000
====
`;
const tempFolders = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('tla-workbench-'));

describe('what the environment cannot do is said, and is never a pass', () => {
  let ws: Workspace;
  let bin = '';
  beforeEach(async () => {
    ws = await makeWorkspace();
    bin = join(ws.root, 'bin');
    await ws.write('Endless.tla', ENDLESS);
  });
  afterEach(async () => {
    await ws.remove();
  });

  it('missing Java: verify ends with 3 and every model is not run', async () => {
    const { exit, stdout, stderr } = await ws.run(['verify'], { PATH: '/nowhere', JAVA_HOME: undefined });
    expect(exit, stderr).to.equal(3);
    expect(stdout + stderr).to.match(/Java|java/);
    expect(stdout).to.match(/^open 4 runs, the first is specs\/Locks\/good\.cfg: not run: .*java/im);
    expect(stdout.match(/^open .*not run: /gm), 'one reason, one line').to.have.length(1);
    expect(stderr).to.match(/^open 1 more runs? {2}not run: /m);
  });

  it('missing jar: one error lists the ways out, exit 3', async () => {
    const cache = await mkdtemp(join(tmpdir(), 'wb-cache-'));
    await ws.write(
      'workbench.json',
      JSON.stringify({
        jar: {
          sources: [
            { kind: 'url', name: 'nowhere', url: 'http://127.0.0.1:9/tla2tools.jar', sha256: '0'.repeat(64) },
          ],
        },
      }),
    );
    const { exit, stderr } = await ws.run(['check'], { XDG_CACHE_HOME: cache, TLA2TOOLS_JAR: undefined });
    expect(exit, stderr).to.equal(3);
    expect(stderr).to.contain('TLA2TOOLS_JAR');
    await rm(cache, { recursive: true, force: true });
  });

  it('a jar with another hash is refused, exit 3', async () => {
    await ws.write('other.jar', 'not a jar');
    const { exit, stderr } = await ws.run(['check'], { TLA2TOOLS_JAR: join(ws.root, 'other.jar') });
    expect([2, 3], stderr).to.include(exit);
    expect(stderr).to.match(/sha256|hash/);
  });

  it('a java that prints nothing is no result', async () => {
    await ws.write('bin/java', '#!/bin/sh\nexit 0\n');
    const { exit, stdout, stderr } = await ws.run(['check', 'good'], {
      PATH: `${bin}:${process.env.PATH ?? ''}`,
      JAVA_HOME: undefined,
    });
    expect([3, 4], stdout + stderr).to.include(exit);
  });

  it('a java that prints success and exits 1 is not believed', async () => {
    const script = [
      '#!/bin/sh',
      'case "$*" in *-version*) echo \'openjdk version "17.0.1" 2021-10-19\' >&2; exit 0;; esac',
      "printf '@!@!@STARTMSG 2193:0 @!@!@\\nModel checking completed. No error has been found.\\n@!@!@ENDMSG 2193 @!@!@\\n'",
      'exit 1',
      '',
    ].join('\n');
    await ws.write('bin/java', script);
    const { exit, stdout, stderr } = await ws.run(['check', 'good'], {
      PATH: `${bin}:${process.env.PATH ?? ''}`,
      JAVA_HOME: undefined,
    });
    expect(exit, stdout + stderr).to.not.equal(0);
    expect(stdout).to.not.match(/^ok/m);
  });

  it('a state explosion ends at the deadline as a timeout, exit 4', async () => {
    const { exit, stdout } = await ws.run(['check', 'Endless.tla', '--invariant', 'Inv', '--timeout', '4']);
    expect(exit).to.equal(4);
    expect(stdout).to.match(/deadline of 4 s/);
  });

  it('a tiny heap ends as out of memory or at the deadline, never as a pass', async () => {
    const { exit, stdout } = await ws.run([
      'check',
      'Endless.tla',
      '--invariant',
      'Inv',
      '--memory',
      '64',
      '--jobs',
      '1',
      '--timeout',
      '20',
    ]);
    expect(exit).to.equal(4);
    expect(stdout).to.not.match(/^ok/m);
  });

  it('runs/ that is a file, and a TMPDIR that does not exist, are one line each and no bug of ours, exit 3', async () => {
    await ws.write('runs', '');
    for (const command of [['check', 'good'], ['verify'], ['runs', 'list']]) {
      const result = await ws.run(command);
      expect(result.exit, result.stderr).to.equal(3);
      expect(result.stderr).to.match(/^error RUNS-UNWRITABLE: .*\(ENOTDIR\)\nhint: /m);
    }
    await rm(join(ws.root, 'runs'));
    const result = await ws.run(['check', 'good'], { TMPDIR: '/no/such/folder' });
    expect(result.exit, result.stderr).to.equal(3);
    expect(result.stderr).to.match(/^error TMP-UNWRITABLE: \/no\/such\/folder: /m);
  });

  it('JAVA_TOOL_OPTIONS does not reach TLC', async () => {
    const { exit, stdout, stderr } = await ws.run(['check', 'good'], {
      JAVA_TOOL_OPTIONS: '-Xmx1k -Dbroken',
    });
    expect(exit, stdout + stderr).to.equal(0);
  });

  it('two checks at once give two records and two passes', async () => {
    const results = await Promise.all([ws.run(['check', 'good']), ws.run(['check', 'good'])]);
    expect(results.map((r) => r.exit)).to.deep.equal([0, 0]);
    expect(await ws.runs()).to.have.length(2);
  });

  it('standard output closed early gives no stack and no error', async () => {
    const child = spawn(process.execPath, [CLI, 'check', '--json'], {
      cwd: ws.root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const exit = await new Promise((resolve) => child.once('exit', resolve));
    expect(stderr).to.not.match(/EPIPE|^\s+at /m);
    expect(exit).to.equal(0);
  });

  const startEndless = async (): Promise<ReturnType<typeof spawn>> => {
    const child = spawn(process.execPath, [CLI, 'check', 'Endless.tla', '--invariant', 'Inv'], {
      cwd: ws.root,
      stdio: 'ignore',
    });
    const mark = `-${child.pid ?? 0}-`;
    await becomes(() => findRunning(mark).length > 0, 20_000);
    return child;
  };

  it('Ctrl-C ends with 130, leaves a record and no java', async () => {
    const child = await startEndless();
    const before = tempFolders().length;
    child.kill('SIGINT');
    const exit = await new Promise((resolve) => child.once('exit', resolve));
    expect(exit).to.equal(130);
    expect(before).to.be.greaterThan(0);
    expect((await ws.run(['runs', 'list'])).stdout).to.match(/exit 130/);
  });

  it('Ctrl-C in the middle of verify ends with 130; what was not begun is so recorded, and nothing is left', async () => {
    const endless = { path: 'specs/Endless/Endless.tla', features: [] };
    const models = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => ({
      path: `specs/Endless/e${n}.cfg`,
      result: 'success',
      workbench: { checks: ['Inv'] },
    }));
    const manifest = { sources: [], authors: [], tags: [], modules: [{ ...endless, models }] };
    await ws.write('specs/Endless/Endless.tla', ENDLESS);
    for (const { path } of models) await ws.write(path, 'INIT Init\nNEXT Next\nINVARIANT Inv\n');
    await ws.write('specs/Endless/manifest.json', JSON.stringify(manifest));
    const child = spawn(process.execPath, [CLI, 'verify', '--jobs', '2', '--json'], {
      cwd: ws.root,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let stdout = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    const closed = new Promise((resolve) => child.once('close', resolve));
    const mark = `-${child.pid ?? 0}-`;
    await becomes(() => findRunning(mark).length > 1, 30_000);
    child.kill('SIGINT');
    expect(await closed).to.equal(130);
    expect(findRunning(mark)).to.deep.equal([]);
    const record = JSON.parse(stdout) as RunRecord;
    expect(record.state).to.equal('interrupted');
    const unstarted = record.models.filter((run) => run.outcome.kind === 'NotRun');
    expect(unstarted.length).to.be.greaterThan(3);
    expect(unstarted.every((run) => run.attempts.length === 0 && !run.verdict.asDeclared)).to.equal(true);
  });

  it('a workbench killed with SIGKILL leaves no java behind', async () => {
    const child = await startEndless();
    const owner = `-${child.pid ?? 0}-`;
    const java = findRunning(owner);
    expect(java, 'java runs in a folder of this workbench').to.not.deep.equal([]);
    child.kill('SIGKILL');
    expect(await becomes(() => findRunning(owner).length === 0, 5000)).to.equal(true);
  });
});

describe('a repository path with blanks and umlauts', () => {
  it('is checked like any other', async () => {
    const ws = await makeWorkspace('Prüf stand é');
    const { exit, stdout } = await ws.run(['check'], { LC_ALL: 'C', LANG: undefined });
    expect(exit, stdout).to.equal(0);
    await ws.remove();
  });
});
