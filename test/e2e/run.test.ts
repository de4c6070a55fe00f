/** What `workbench run` shows of a program that it started. */
import { expect } from 'chai';
import { execa } from 'execa';
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdtemp, readFile, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { becomes } from '../host/running.js';
import { makeRunLab, repository, type RunLab } from './run-lab.js';
import { CLI } from './workspace.js';

interface Outcome {
  command: string[];
  pid: number;
  exit: number | null;
  signal: string | null;
  state: string;
  shown: boolean;
  hooks: number;
  statistics: Record<string, number>;
  exitCode: number;
}

describe('workbench run', function () {
  this.timeout(300_000);
  let lab: RunLab;
  before(async () => (lab = await makeRunLab()));
  after(() => lab.ws.remove());

  it('a program that dies of the race survives, keeps its output, and the fix is shown to be active', async () => {
    expect((await execa(lab.application, ['after-end'], { reject: false })).signal).to.equal('SIGSEGV');
    const TMPDIR = await mkdtemp(join(tmpdir(), 'wb-tmp-'));
    const { exit, stdout, stderr } = await lab.run(['--', lab.application, 'after-end'], { TMPDIR });
    expect(JSON.parse(stdout)).to.include({ active: 1, skips: 1 });
    expect(stderr).to.match(/^fix: active in pid \d+: \d\d+ methods hooked, 5 calls guarded, 1 skip$/);
    expect(exit).to.equal(0);
    // The library's path cannot be preloaded: a copy was, and it is gone. An empty folder can be removed.
    await rmdir(TMPDIR);
  });

  it('in the project itself no library has to be named', async () => {
    const { exitCode, stderr } = await execa(
      process.execPath,
      [CLI, 'run', '--', lab.application, 'after-end'],
      {
        cwd: repository,
        reject: false,
      },
    );
    expect(stderr).to.contain('fix: active in pid ');
    expect(exitCode).to.equal(0);
  });

  it('a program that never loads the driver is NOT active, and 1 takes the place of 0', async () => {
    const { exit, stderr } = await lab.run(['--quiet', '--', 'true']);
    expect(stderr).to.match(/^fix: NOT active in pid \d+: loaded, and found no class of the driver$/);
    expect(exit).to.equal(1);
  });

  it("the program's own exit code stays, and so does the number of the signal that ended it", async () => {
    expect((await lab.run(['--', 'sh', '-c', 'exit 7'])).exit).to.equal(7);
    expect((await lab.run(['--', 'sh', '-c', 'kill -ABRT $$'])).exit).to.equal(134);
    expect((await lab.run(['--quiet', '--', lab.application, 'wrong'])).exit).to.equal(2);
  });

  it('of a program that ends by _exit or a signal it is still known that the fix was active', async () => {
    const driver = join(lab.built, 'libagx_sim.so');
    const left = await lab.run(['--', './acts', '_exit', '5', driver]);
    expect(left.stderr).to.match(/ active in pid \d+: \d+ methods hooked; no counts: it ended by _exit/);
    expect(left.exit).to.equal(5);
    const killed = await lab.run(['--', './acts', 'kill', '9', driver]);
    expect(killed.stderr).to.contain('; no counts: it ended by SIGKILL before its last report');
    expect(killed.exit).to.equal(137);
  });

  it('input, arguments and variables are its own', async () => {
    const script = 'cat; printf "<%s>" "$@" "$MARK"';
    const { stdout } = await execa(
      process.execPath,
      [CLI, 'run', '--library', lab.library, '--', 'sh', '-c', script, 'sh', 'a b', '--json', '', "'"],
      { cwd: lab.ws.root, env: { MARK: 'ü' }, input: 'from input\n', reject: false },
    );
    expect(stdout).to.equal("from input\n<a b><--json><><'><ü>");
  });

  it('a signal for the workbench is handed on, and the program decides', async () => {
    const script = 'trap "exit 9" TERM; echo ready; while :; do sleep 0.05; done';
    const child = spawn(process.execPath, [CLI, 'run', '--library', lab.library, '--', 'sh', '-c', script], {
      cwd: lab.ws.root,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let said = '';
    child.stdout.on('data', (data: Buffer) => (said += data.toString()));
    const ended = new Promise((resolve) => child.once('exit', resolve));
    expect(await becomes(() => said.includes('ready'), 30_000)).to.equal(true);
    child.kill('SIGTERM');
    expect(await ended).to.equal(9);
  });

  it('AGX_FIX_DISABLE turns the fix off, and that is said', async () => {
    const { exit, stderr } = await lab.run(['--', lab.application, 'after-end'], { AGX_FIX_DISABLE: '1' });
    expect(stderr).to.match(/\nfix: NOT active in pid \d+: loaded, and turned off by AGX_FIX_DISABLE$/);
    expect(exit).to.equal(139);
    expect((await lab.run(['--', lab.application, 'after-end'], { AGX_FIX_DISABLE: '0' })).exit).to.equal(0);
  });

  it('a program that drops the environment on its way is not taken for active', async () => {
    const { exit, stderr } = await lab.run(['--', 'env', '-i', lab.application, 'after-end']);
    expect(stderr).to.contain('fix: NOT active in pid ');
    expect(exit).to.equal(139);
  });

  it('a child process counts with --children only', async () => {
    const words = ['--', 'sh', '-c', '"$0" after-end; exit 0', lab.application];
    const [alone, asked] = await Promise.all([lab.run(words), lab.run(['--children', ...words])]);
    expect(alone.stderr).to.match(
      /NOT active in pid .*\nfix: active in child process .*\nfix: with --children /,
    );
    expect(alone.exit).to.equal(1);
    expect(asked.exit).to.equal(0);
  });

  it('--dry-run starts nothing, and prints a line that a shell can run', async () => {
    const plain = join(lab.built, 'libagx_fix.so');
    const words = ['--library', plain, '--dry-run', '--', lab.application, 'work', '1', '2'];
    const { stdout, exit } = await lab.ws.run(['run', ...words]);
    expect(stdout).to.equal(`LD_PRELOAD=${plain} ${lab.application} work 1 2`);
    expect(exit).to.equal(0);
    expect(JSON.parse((await execa('sh', ['-c', stdout])).stdout)).to.include({
      active: 1,
      guardedCalls: 26,
    });
    const staged = await lab.run(['--json', '--dry-run', '--', 'sh', '-c', 'touch started']);
    const { command } = JSON.parse(staged.stdout) as { command: string[] };
    expect(command[0]).to.equal(`LD_PRELOAD=<a copy of ${lab.library}>`);
    expect(readdirSync(lab.ws.root)).to.not.include('started');
  });

  it('--json is nothing but JSON, --report the same in a file, and an older outcome does not stay', async () => {
    await lab.ws.write('out.json', 'of an earlier run');
    const said = await lab.run(['--json', '--report', 'out.json', '--', lab.application, 'after-end']);
    const outcome = JSON.parse(said.stdout) as Outcome;
    expect(outcome).to.include({ exit: 0, signal: null, state: 'active', shown: true, exitCode: 0 });
    expect(outcome.statistics).to.include({ skips: 1, guarded_calls: 5, calls_after_end: 1 });
    expect(said.stderr).to.match(/^\{"active":1,/);
    expect(JSON.parse(await readFile(join(lab.ws.root, 'out.json'), 'utf8'))).to.deep.equal(outcome);
    const missing = await lab.run(['--report', 'out.json', '--', './acts', 'kill', '11']);
    expect(missing.exit).to.equal(139);
    expect(JSON.parse(await readFile(join(lab.ws.root, 'out.json'), 'utf8'))).to.include({
      signal: 'SIGSEGV',
    });
    const nowhere = await lab.run(['--json', '--report', 'specs', '--', 'touch', 'started']);
    expect(JSON.parse(nowhere.stdout)).to.have.nested.property('problems[0].code', 'REPORT-UNWRITABLE');
    expect(nowhere.exit).to.equal(2);
    expect(readdirSync(lab.ws.root)).to.not.include('started');
  });

  it('a report that the user asks for gets its lines, one copy of the fix writing in a process with two', async () => {
    const { exit } = await lab.run(['--', join(lab.built, 'host_program'), 'work', '1', '1'], {
      AGX_FIX_REPORT: 'lines.jsonl',
    });
    expect(exit).to.equal(0);
    const lines = (await readFile(join(lab.ws.root, 'lines.jsonl'), 'utf8')).trimEnd().split('\n');
    const events = lines.map((line) => (JSON.parse(line) as { event: string }).event);
    expect(events.filter((event) => event !== 'hooks')).to.deep.equal(['load', 'exit']);
  });
});
