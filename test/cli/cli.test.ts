import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from '@commander-js/extra-typings';
import { loadCommands } from '../../src/commands/all-commands.js';
import type { Program } from '../../src/commands/command.js';

/** The built program: a start from its sources takes ten times as long. `npm test` builds it first. */
const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

interface Ended {
  stdout: string;
  stderr: string;
  exit: number | null;
}

describe('cli', function () {
  this.timeout(120_000);
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'clï '));
  });
  after(async () => {
    await rm(folder, { recursive: true });
  });

  /** @param closeOutput the reader of standard output goes away before anything is written */
  function workbench(args: string[], env: NodeJS.ProcessEnv = {}, closeOutput = false): Promise<Ended> {
    const child = spawn(process.execPath, [CLI, ...args], {
      cwd: folder,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended: Ended = { stdout: '', stderr: '', exit: null };
    if (closeOutput) child.stdout.destroy();
    else child.stdout.on('data', (chunk: Buffer) => (ended.stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (ended.stderr += chunk.toString()));
    return new Promise((resolve) =>
      child.once('close', (exit) => {
        resolve({ ...ended, exit });
      }),
    );
  }

  it('wrong usage is one line and a hint, exit code 2, and nothing on standard output', async () => {
    const wrong: [string[], RegExp][] = [
      [['no-such-command'], /unknown command 'no-such-command'/],
      [['doctor', '--no-such-option'], /unknown option '--no-such-option'/],
      [[], /no command given/],
    ];
    for (const [args, message] of wrong) {
      const ended = await workbench(args);
      expect(ended.exit, args.join(' ')).to.equal(2);
      expect(ended.stdout).to.equal('');
      expect(ended.stderr).to.match(message);
      expect(ended.stderr).to.match(/^error USAGE: [^\n]*\nhint: [^\n]*--help[^\n]*\n$/);
    }
  });

  it('with --json an error is one JSON object on standard output as well, and still a line for people', async () => {
    for (const [args, exitCode, code] of [
      [['verify', '--json', '--no-such-option'], 2, 'USAGE'],
      [['check', '--json'], 2, 'NO-MODELS'],
      [['runs', 'show', '--json'], 2, 'RUN-UNKNOWN'],
    ] as const) {
      const ended = await workbench([...args]);
      expect(ended.exit).to.equal(exitCode);
      const told = JSON.parse(ended.stdout) as {
        problems: { code: string; hint: string }[];
        exitCode: number;
      };
      expect(told.exitCode).to.equal(exitCode);
      expect(told.problems.map((p) => p.code)).to.deep.equal([code]);
      expect(ended.stderr).to.match(new RegExp(`^error ${code}: `));
    }
  });

  it('a mistyped command is answered with the one that was meant', async () => {
    expect((await workbench(['docter'])).stderr).to.contain('Did you mean doctor?');
  });

  it('--version tells the version of package.json', async () => {
    const manifest = fileURLToPath(new URL('../../package.json', import.meta.url));
    const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
    expect(await workbench(['--version'])).to.include({ exit: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('every command has help with its exit codes', async () => {
    let shown = '';
    const show = (command: Program): void => {
      const nested = command.commands as unknown as Program[];
      if (nested.length > 0) {
        nested.forEach(show);
        return;
      }
      shown = '';
      command.configureOutput({ writeOut: (text) => (shown += text) }).outputHelp();
      expect(shown, command.name())
        .to.match(/Exit codes:/)
        .and.match(/^ {2}130 /m);
    };
    for (const command of await loadCommands()) {
      const program = new Command();
      command.register(program, () => Promise.resolve());
      show(program);
    }
  });

  it('the doctor names each part with its state, and --json is pure JSON', async () => {
    const { exit, stdout } = await workbench(['doctor', '--json']);
    const view = JSON.parse(stdout) as { exit: number; parts: { name: string; state: string }[] };
    expect(view.exit).to.equal(exit);
    const names = view.parts.map((part) => part.name);
    for (const name of [
      'node',
      'java',
      'javac',
      'maven',
      'TLC jar',
      'launcher',
      'class archive',
      'cmake',
      'ninja',
    ]) {
      expect(names).to.contain(name);
    }
  });

  it('the doctor exits 3 without java, says what to do, and changes nothing', async () => {
    const cache = join(folder, 'untouched');
    const ended = await workbench(['doctor'], { PATH: folder, JAVA_HOME: '', XDG_CACHE_HOME: cache });
    expect(ended.exit).to.equal(3);
    expect(ended.stdout)
      .to.match(/^java +missing/m)
      .and.match(/-> install Java 11 or newer/);
    expect(existsSync(cache)).to.equal(false);
  });

  it('the doctor mentions variables that runs do not see', async () => {
    const ended = await workbench(['doctor'], { JAVA_TOOL_OPTIONS: '-Xmx9m', PATH: folder });
    expect(ended.stdout).to.contain('JAVA_TOOL_OPTIONS is set; runs do not see it');
  });

  it('a reader that goes away costs no stack trace, and the exit code is the one that was due', async () => {
    // Without anything on PATH the doctor's code is 3, so that a 0 that came from nowhere would be seen.
    const ended = await workbench(['doctor'], { PATH: folder, JAVA_HOME: '' }, true);
    expect(ended).to.deep.equal({ stdout: '', stderr: '', exit: 3 });
  });

  it('a Problem prints its code, one line and a hint, without a stack', async () => {
    await mkdir(join(folder, 'empty'), { recursive: true });
    const ended = await workbench(['doctor', '--prepare'], { PATH: join(folder, 'empty'), JAVA_HOME: '' });
    expect(ended.exit).to.equal(3);
    expect(ended.stderr).to.match(/^error JAVA-MISSING: [^\n]+\nhint: [^\n]+\n$/);
  });

  it('the doctor exits 2 when only workbench.json is wrong, with line and column', async () => {
    const wrong = join(folder, 'wrong');
    await mkdir(wrong, { recursive: true });
    await writeFile(join(wrong, 'workbench.json'), '{oops');
    const preload = join(folder, 'into-wrong.mjs');
    await writeFile(preload, `process.chdir(${JSON.stringify(wrong)});\n`);
    const ended = await workbench(['doctor'], {
      NODE_OPTIONS: `--import ${new URL(`file://${preload}`).href}`,
    });
    expect(ended.exit, ended.stdout).to.equal(2);
    expect(ended.stdout).to.match(/^workbench\.json +not usable +workbench\.json:1:2/m);
  });

  it('an unexpected error prints one line and where its stack is', async () => {
    // A folder where the project file should be: reading it fails in a way no command expects.
    const broken = join(folder, 'broken');
    await mkdir(join(broken, 'workbench.json'), { recursive: true });
    await writeFile(join(broken, 'cwd'), '');
    const preload = join(folder, 'preload.mjs');
    await writeFile(preload, `process.chdir(${JSON.stringify(broken)});\n`);
    const env = {
      NODE_OPTIONS: `--import ${new URL(`file://${preload}`).href}`,
      XDG_CACHE_HOME: join(folder, 'c'),
    };
    const ended = await workbench(['doctor'], env);
    expect(ended.exit).to.equal(3);
    expect(ended.stderr).to.match(/^error INTERNAL: [^\n]+\nhint: [^\n]+\n$/);
    const saved = /the stack is in (.*), and --debug/.exec(ended.stderr)?.[1] ?? '';
    expect(readFileSync(saved, 'utf8')).to.match(/\n {4}at /);
    expect((await workbench(['doctor', '--debug'], env)).stderr).to.match(/\n {4}at /);
  });
});
