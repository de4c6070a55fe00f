import { expect } from 'chai';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepareToolchain } from '../../src/engine/toolchain.js';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
const SPEC = `---- MODULE Clock ----
EXTENDS Naturals
VARIABLE hour
Init == hour = 1
Next == hour' = IF hour = 12 THEN 1 ELSE hour + 1
Small == hour < 13
====
`;

describe('the package in a foreign repository', function () {
  this.timeout(300_000);
  let root = '';
  let foreign = '';
  let env: NodeJS.ProcessEnv = {};

  before(async () => {
    expect(existsSync(join(REPOSITORY, 'dist', 'cli.js')), 'built by ./setup.sh').to.equal(true);
    root = await mkdtemp(join(tmpdir(), 'förein '));
    foreign = join(root, 'their project');
    const bin = join(root, 'bin');
    for (const folder of [foreign, bin]) mkdirSync(folder);
    const packed = execFileSync('npm', ['pack', '--json', '--pack-destination', root], { cwd: REPOSITORY });
    const [{ filename }] = JSON.parse(packed.toString()) as [{ filename: string }];
    writeFileSync(join(foreign, 'package.json'), '{ "name": "theirs", "private": true }\n');
    // Their npm runs install scripts, as npm does by default: ours must need none.
    const quiet = ['--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts=false'];
    execFileSync('npm', ['install', ...quiet, join(root, filename)], { cwd: foreign, stdio: 'pipe' });
    const { java, jar } = await prepareToolchain();
    // A Java runtime and nothing else: no javac, no Maven, no compiler, no CMake.
    const programs = { java: java.path, node: process.execPath, sh: '/bin/sh' };
    for (const [name, path] of Object.entries(programs)) symlinkSync(path, join(bin, name));
    env = { PATH: bin, HOME: root, XDG_CACHE_HOME: join(root, 'cache'), TLA2TOOLS_JAR: jar.path };
    writeFileSync(join(foreign, 'Clock.tla'), SPEC);
    writeFileSync(join(foreign, 'Clock.cfg'), 'INIT Init\nNEXT Next\nINVARIANT Small\n');
  });
  after(async () => {
    await rm(root, { recursive: true, force: true });
  });

  const workbench = (...args: string[]): { status: number | null; stdout: string; stderr: string } => {
    const cli = join(foreign, 'node_modules', '.bin', 'workbench');
    const { status, stdout, stderr } = spawnSync(cli, args, { cwd: foreign, env, encoding: 'utf8' });
    return { status, stdout, stderr };
  };

  it('brings no grammar package and no development tool with it', () => {
    const names = readdirSync(join(foreign, 'node_modules'));
    for (const name of ['@tlaplus', 'tree-sitter-cpp', 'typescript', 'mocha', 'tsx']) {
      expect(names).not.to.contain(name);
    }
    const grammars = join(foreign, 'node_modules', 'tla-workbench', 'dist', 'grammars');
    expect(readdirSync(grammars).length).to.equal(2);
  });

  it('the doctor says that TLC can run, and what is slower or not run without the rest', () => {
    const ended = workbench('doctor', '--json');
    expect(ended.status, ended.stderr).to.equal(4);
    const { parts } = JSON.parse(ended.stdout) as { parts: { name: string; state: string }[] };
    const states = Object.fromEntries(parts.map((part) => [part.name, part.state]));
    expect(states).to.include({ java: 'found', 'TLC jar': 'found', javac: 'missing', launcher: 'missing' });
    expect(states).to.include({ cmake: 'missing', maven: 'not needed' });
  });

  it('check runs a model with a Java runtime only', () => {
    const ended = workbench('check', 'Clock.tla', '--config', 'Clock.cfg');
    expect(ended.status, ended.stdout + ended.stderr).to.equal(0);
    expect(ended.stdout + ended.stderr).to.contain('12');
  });
});
