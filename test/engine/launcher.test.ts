import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { javaCommand, javaEnvironment, type Profile, type Toolchain } from '../../src/engine/launcher.js';
import { prepareToolchain } from '../../src/engine/toolchain.js';
import { isGroupAlive, liveGroups } from '../../src/host/process-groups.js';
import { runProcess, type ProcessOptions, type ProcessResult } from '../../src/host/processes.js';
import { becomes, findRunning } from '../host/running.js';

const ENDLESS = `---- MODULE Endless ----
EXTENDS Naturals
VARIABLE n
Init == n = 0
Next == n' = n + 1
====
`;
const CLOCK = `---- MODULE Clock ----
EXTENDS Naturals
VARIABLE hour
Init == hour = 1
Next == hour' = IF hour = 12 THEN 1 ELSE hour + 1
Small == hour < 20
====
`;
const PROFILES: Profile[] = ['tiny', 'large', 'plain'];

describe('engine/launcher', function () {
  this.timeout(120_000);
  let toolchain: Toolchain;
  let folder = '';
  before(async () => {
    toolchain = await prepareToolchain();
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lä uncher '));
    await mkdir(join(folder, 'tmp'));
    await writeFile(join(folder, 'Endless.tla'), ENDLESS);
    await writeFile(join(folder, 'Endless.cfg'), 'INIT Init\nNEXT Next\n');
    await writeFile(join(folder, 'Clock.tla'), CLOCK);
    await writeFile(join(folder, 'Clock.cfg'), 'INIT Init\nNEXT Next\nINVARIANT Small\n');
  });
  afterEach(async () => {
    expect(findRunning(folder), 'a java is left').to.deep.equal([]);
    await rm(folder, { recursive: true });
  });

  const run = (
    module: string,
    profile: Profile,
    options: Partial<ProcessOptions> = {},
    using: Toolchain = toolchain,
  ): Promise<ProcessResult> =>
    runProcess({
      command: [
        ...javaCommand(using, { profile, heapMb: 200, tmpdir: join(folder, 'tmp'), workers: 1 }),
        ...['-tool', '-workers', '1', '-metadir', join(folder, 'meta'), `${module}.tla`],
      ],
      cwd: folder,
      env: javaEnvironment(),
      keepStdin: true,
      timeoutSeconds: 60,
      ...options,
    });

  for (const profile of PROFILES) {
    it(`${profile}: a model in a folder with blanks and umlauts runs to its end, with TLC's exit code`, async () => {
      const result = await run('Clock', profile);
      expect(result.exit).to.equal(0);
      expect(result.stdout).to.contain('12 distinct states found, 0 states left on queue');
      expect(result.stdout).to.match(/^@!@!@STARTMSG 2262/);
      await writeFile(join(folder, 'Clock.cfg'), 'INIT Init\nNEXT Next\nINVARIANT Missing\n');
      await rm(join(folder, 'meta'), { recursive: true, force: true });
      expect((await run('Clock', profile)).exit).to.equal(151);
    });

    it(`${profile}: no java outlives a workbench killed with SIGKILL`, async () => {
      const program = fileURLToPath(new URL('programs/long-run.ts', import.meta.url));
      const workbench = spawn(process.execPath, ['--import', 'tsx', program, folder, profile]);
      let output = '';
      workbench.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
      expect(await becomes(() => output.includes('\n'), 60_000), 'TLC runs').to.equal(true);
      const group = Number(output.trim());
      expect(isGroupAlive(group)).to.equal(true);
      workbench.kill('SIGKILL');
      expect(await becomes(() => !isGroupAlive(group), 3000), 'gone within 3 s').to.equal(true);
    });

    it(`${profile}: the deadline ends it, and nothing of the group is left`, async () => {
      const result = await run('Endless', profile, { timeoutSeconds: 3 });
      expect(result.timedOut).to.equal(true);
    });
  }

  it('variables such as JAVA_TOOL_OPTIONS change nothing', async () => {
    const env = javaEnvironment({
      ...process.env,
      JAVA_TOOL_OPTIONS: '-Xmx2m -XX:+PrintFlagsFinal',
      CLASSPATH: '/x',
    });
    const result = await run('Clock', 'tiny', { env });
    expect(result.exit).to.equal(0);
    expect(result.stderr).not.to.contain('Picked up');
  });

  it('a broken archive, or one made for other jars, changes nothing and prints nothing', async () => {
    await writeFile(join(folder, 'broken.jsa'), 'no archive');
    for (const cds of [join(folder, 'broken.jsa'), join(folder, 'missing.jsa')]) {
      await rm(join(folder, 'meta'), { recursive: true, force: true });
      const result = await run('Clock', 'tiny', {}, { ...toolchain, cds });
      expect(result.exit).to.equal(0);
      expect(result.stdout).to.match(/^@!@!@STARTMSG 2262/);
    }
  });

  it('progress comes on standard error in the agreed form, and none of it on standard output', async () => {
    const lines: string[] = [];
    const result = await run('Endless', 'tiny', {
      timeoutSeconds: 4,
      onStderrLine: (line) => lines.push(line),
    });
    expect(lines.filter((line) => /^@wb progress \d+ \d+ \d+$/.test(line)).length).to.be.greaterThan(2);
    expect(result.stdout).not.to.contain('@wb');
  });

  it('under the launcher TLC listens on no network port', async () => {
    const abort = new AbortController();
    let checked = false;
    const running = run('Endless', 'tiny', {
      signal: abort.signal,
      onStderrLine: (line) => {
        if (!line.startsWith('@wb') || checked) return;
        checked = true;
        const tables = ['tcp', 'tcp6'].filter((table) => existsSync(`/proc/net/${table}`));
        const listening = tables.flatMap((table) =>
          readFileSync(`/proc/net/${table}`, 'utf8')
            .split('\n')
            .map((row) => row.trim().split(/\s+/))
            .filter((cells) => cells[3] === '0A')
            .map((cells) => `socket:[${cells[9] ?? ''}]`),
        );
        const open = liveGroups().flatMap((pid) =>
          readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`)),
        );
        expect(open.filter((name) => listening.includes(name))).to.deep.equal([]);
        abort.abort();
      },
    });
    await running;
    expect(checked).to.equal(true);
  });

  it('out of memory is exit code 3 at once, not a JVM that hangs', async () => {
    const filler = CLOCK.replace('Clock', 'Filler')
      .replace('Init == hour = 1', 'Init == hour \\in SUBSET (1..22)')
      .replace(/Next ==.*/, 'Next == UNCHANGED hour');
    await writeFile(join(folder, 'Filler.tla'), filler);
    await writeFile(join(folder, 'Filler.cfg'), 'INIT Init\nNEXT Next\n');
    const [program = '', ...rest] = javaCommand(toolchain, {
      ...{ profile: 'tiny', heapMb: 12, tmpdir: join(folder, 'tmp'), workers: 1 },
    });
    const result = await run('Filler', 'tiny', {
      command: [program, ...rest, '-tool', '-metadir', join(folder, 'meta'), 'Filler.tla'],
    });
    expect(result).to.include({ exit: 3, timedOut: false });
  });

  it('without a javac there is no launcher, TLC starts plainly, and the note says why', async () => {
    const env = { ...process.env, PATH: join(folder, 'bin'), XDG_CACHE_HOME: join(folder, 'cache') };
    await mkdir(join(folder, 'bin'));
    await symlink(toolchain.java.path, join(folder, 'bin', 'java'));
    delete (env as NodeJS.ProcessEnv).JAVA_HOME;
    const plain = await prepareToolchain({ env: { ...env, TLA2TOOLS_JAR: toolchain.jar.path } });
    expect(plain.launcher).to.equal(undefined);
    expect(plain.notes.join()).to.contain('no javac');
    const result = await run('Clock', 'tiny', {}, plain);
    expect(result.exit).to.equal(0);
    expect(result.stdout).to.contain('12 distinct states found');
  });

  it('a prepared toolchain is found again within a moment, with nothing fetched or compiled', async () => {
    const notes: string[] = [];
    const startedAt = performance.now();
    const again = await prepareToolchain({ onNote: (line) => notes.push(line) });
    expect(performance.now() - startedAt).to.be.lessThan(1000);
    expect(again).to.deep.equal({ ...toolchain, jar: again.jar });
    expect(notes).to.deep.equal([]);
  });
});
