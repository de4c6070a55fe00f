import { expect } from 'chai';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WORKFLOW_FILE, workflowText } from '../../src/init/ci-workflow.js';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

/** mocha's own reader of YAML: enough to see that a file is what it is meant to be. */
const yaml = createRequire(import.meta.url)('js-yaml') as { load: (text: string) => unknown };
const readYaml = (text: string): unknown => yaml.load(text);
const readFile = (path: string): string => readFileSync(join(REPOSITORY, path), 'utf8');

/** A stand-in for the program: tells its arguments, writes the reports it is asked for, ends with STUB_EXIT. */
const STUB = `const { writeFileSync } = require('node:fs');
const args = process.argv.slice(2);
const reports = args.flatMap((a, i) => (args[i - 1] === '--report' ? [a] : []));
console.log(JSON.stringify(args.filter((a, i) => a !== '--report' && args[i - 1] !== '--report')));
if (process.env.STUB_EXIT !== '2') {
  for (const r of reports) writeFileSync(r.slice(r.indexOf('=') + 1), r.startsWith('markdown') ? (process.env.STUB_TEXT ?? '# done\\n') : 'x');
  console.error('record runs/20261123T120000Z-0a1b2c3d');
} else console.error('error CFG-UNNAMED: specs/A.cfg: no manifest names this configuration');
process.exitCode = Number(process.env.STUB_EXIT ?? 0);
`;

interface Step {
  exit: number | null;
  stdout: string;
  /** The arguments that the program was given; undefined where it was not started. */
  asked: string[] | undefined;
  outputs: Record<string, string>;
  summary: string;
}

describe('the step of the composite action', () => {
  let folder = '';
  let workspace = '';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'workbench action '));
    workspace = join(folder, 'their repository');
    mkdirSync(join(workspace, 'sub folder'), { recursive: true });
    cpSync(join(REPOSITORY, 'action'), join(folder, 'program', 'action'), { recursive: true });
    mkdirSync(join(folder, 'program', 'dist'));
    writeFileSync(join(folder, 'program', 'dist', 'cli.js'), STUB);
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** Runs the step with the environment that GitHub gives it. */
  function step(env: NodeJS.ProcessEnv): Step {
    const [output, summary] = [join(folder, 'output'), join(folder, 'summary')];
    for (const file of [output, summary]) writeFileSync(file, '');
    const github = {
      GITHUB_WORKSPACE: workspace,
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
      GITHUB_ACTIONS: 'true',
      RUNNER_TEMP: folder,
    };
    const { status, stdout } = spawnSync('bash', [join(folder, 'program', 'action', 'run.sh')], {
      cwd: workspace,
      env: { PATH: process.env.PATH, HOME: folder, ...github, ...env },
      encoding: 'utf8',
    });
    const asked = /^(\[.*\])$/m.exec(stdout)?.[1];
    const lines = readFileSync(output, 'utf8').trim().split('\n');
    return {
      exit: status,
      stdout,
      asked: asked === undefined ? undefined : (JSON.parse(asked) as string[]),
      outputs: Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string])),
      summary: readFileSync(summary, 'utf8'),
    };
  }

  it('runs verify in the workspace, and hands on verdict, record, reports and summary', () => {
    const { exit, stdout, asked, outputs, summary } = step({});
    expect([exit, asked, summary]).to.deep.equal([0, ['verify'], '# done\n']);
    expect(outputs).to.deep.include({
      verdict: 'as declared',
      'exit-code': '0',
      record: 'runs/20261123T120000Z-0a1b2c3d',
    });
    for (const file of ['report.html', 'report.md', 'junit.xml', 'results.sarif'])
      expect(readFileSync(join(outputs.report ?? '', file), 'utf8')).to.not.equal('');
    const matcher = /^::add-matcher::(.+)$/m.exec(stdout)?.[1] ?? '';
    expect(readFileSync(matcher, 'utf8')).to.equal(readFile('action/problem-matcher.json'));
  });

  for (const [code, verdict] of [
    [1, 'not as declared'],
    [2, 'wrong input'],
    [3, 'environment'],
    [4, 'incomplete'],
    [130, 'interrupted'],
  ] as const)
    it(`ends with exit ${code} as the workbench did, and calls it ${verdict}`, () => {
      const result = step({ STUB_EXIT: String(code) });
      expect([result.exit, result.outputs.verdict]).to.deep.equal([code, verdict]);
      expect(result.summary).to.not.equal('');
    });

  it('what has no report has the last lines of its output for a summary', () => {
    const { summary, outputs } = step({ STUB_EXIT: '2' });
    expect(summary).to.contain('workbench verify: wrong input');
    expect(summary).to.contain('error CFG-UNNAMED: specs/A.cfg');
    expect(outputs.record).to.equal('');
  });

  it('a summary that GitHub would refuse for its length is not written', () => {
    const { summary } = step({ STUB_TEXT: 'x'.repeat(120_000), WORKBENCH_COMMAND: 'check' });
    expect(summary).to.have.length(120_000);
    writeFileSync(
      join(folder, 'program', 'dist', 'cli.js'),
      STUB.replace("process.env.STUB_TEXT ?? '# done\\n'", "'x'.repeat(1000001)"),
    );
    expect(step({}).summary).to.contain('workbench verify: as declared');
  });

  it('splits arguments as a shell does, and expands and runs nothing in them', () => {
    const args = `--jobs 2 "two words" 'it $HOME' \`touch ${folder}/run\` $(touch ${folder}/run) * ;\n--fresh`;
    const { asked } = step({ WORKBENCH_COMMAND: 'check', WORKBENCH_ARGS: args });
    const touch = [`touch`, ...`${folder}/run`.split(' ')];
    expect(asked).to.deep.equal([
      ...['check', '--jobs', '2', 'two words', 'it $HOME'],
      ...[`\`${touch[0] ?? ''}`, ...touch.slice(1, -1), `${touch.at(-1) ?? ''}\``],
      ...[`$(${touch[0] ?? ''}`, ...touch.slice(1, -1), `${touch.at(-1) ?? ''})`],
      ...['*', ';', '--fresh'],
    ]);
    const open = step({ WORKBENCH_ARGS: '"not closed' });
    expect([open.exit, open.asked, open.outputs.verdict]).to.deep.equal([2, undefined, 'wrong input']);
  });

  it('starts the workbench in the folder that is named', () => {
    writeFileSync(join(folder, 'program', 'dist', 'cli.js'), 'console.log(`in ${process.cwd()}`)');
    expect(step({ WORKBENCH_DIRECTORY: 'sub folder' }).stdout).to.contain(`in ${workspace}/sub folder\n`);
    const gone = step({ WORKBENCH_DIRECTORY: 'gone' });
    expect([gone.exit, gone.outputs.verdict]).to.deep.equal([2, 'wrong input']);
  });

  it('refuses a command that is none of its own', () => {
    for (const command of ['run', 'verify; ls', '--version']) {
      const { exit, asked, summary } = step({ WORKBENCH_COMMAND: command });
      expect([exit, asked]).to.deep.equal([2, undefined]);
      expect(summary).to.contain('is none of verify, check, gate');
    }
  });

  it('with the program itself: a configuration that no manifest names is told in the summary', () => {
    rmSync(join(folder, 'program', 'dist'), { recursive: true });
    const dist = join(REPOSITORY, 'dist', 'cli.js');
    mkdirSync(join(folder, 'program', 'dist'));
    writeFileSync(join(folder, 'program', 'dist', 'cli.js'), `import(${JSON.stringify(dist)});\n`);
    mkdirSync(join(workspace, 'specs'));
    writeFileSync(join(workspace, 'workbench.json'), '{}');
    writeFileSync(join(workspace, 'specs', 'A.cfg'), 'SPECIFICATION Spec\n');
    const { exit, outputs, summary } = step({ WORKBENCH_COMMAND: 'check' });
    expect([exit, outputs.verdict]).to.deep.equal([2, 'wrong input']);
    expect(summary).to.contain('error CFG-UNNAMED: specs/A.cfg: no manifest names this configuration');
  });

  it('a gate has a base, which is fetched where the checkout does not have it', () => {
    const git = (args: string[], cwd = workspace): string =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd })
        .toString()
        .trim();
    const gate = (base: string): Step => step({ WORKBENCH_COMMAND: 'gate', WORKBENCH_BASE: base });
    expect([gate('').exit, gate('--output=x').exit]).to.deep.equal([2, 2]);
    const origin = join(folder, 'origin');
    git(['init', '-q', '-b', 'main', origin]);
    for (const name of ['one', 'two']) git(['commit', '-q', '--allow-empty', '-m', name], origin);
    const base = git(['rev-parse', 'main~1'], origin);
    rmSync(workspace, { recursive: true });
    git(['clone', '-q', '--depth=1', `file://${origin}`, workspace], folder);
    expect(gate(base).asked).to.deep.equal(['gate', '--base', base]);
    expect(git(['cat-file', '-t', base])).to.equal('commit');
    // What cannot be had is for the gate to tell.
    expect(gate('gone').asked).to.deep.equal(['gate', '--base', 'gone']);
  });
});

interface ActionFile {
  inputs: Record<string, { description?: string; default?: unknown }>;
  outputs: Record<string, { description?: string; value?: string }>;
  runs: { using: string; steps: Record<string, unknown>[] };
}
interface Workflow {
  on: unknown;
  permissions: unknown;
  jobs: Record<string, { 'runs-on': string; 'timeout-minutes': number; steps: Record<string, unknown>[] }>;
}

/** What GitHub asks of every step. */
function expectSteps(steps: Record<string, unknown>[], inAction: boolean): void {
  for (const step of steps) {
    expect(('run' in step ? 1 : 0) + ('uses' in step ? 1 : 0), JSON.stringify(step)).to.equal(1);
    if (inAction && 'run' in step)
      expect(step.shell, 'a run step of an action names its shell').to.be.a('string');
    // An expression in a script would make code of whatever a title or a branch is called.
    if (typeof step.run === 'string') expect(step.run).to.not.contain('${{');
  }
}

describe('files for GitHub and pre-commit', () => {
  it('action.yml describes every input and output, and its steps are well-formed', () => {
    const action = readYaml(readFile('action.yml')) as ActionFile;
    expect(Object.keys(action.inputs)).to.deep.equal([
      ...['command', 'base', 'args', 'working-directory', 'java-version'],
    ]);
    for (const entry of [...Object.values(action.inputs), ...Object.values(action.outputs)])
      expect(entry.description).to.be.a('string');
    expect(action.runs.using).to.equal('composite');
    expectSteps(action.runs.steps, true);
    const ids = action.runs.steps.map((step) => step.id);
    const script = readFile('action/run.sh');
    for (const [name, { value }] of Object.entries(action.outputs)) {
      const id = /^\$\{\{ steps\.(\w+)\.outputs\.([\w-]+) \}\}$/.exec(value ?? '');
      expect([id?.[2], ids.includes(id?.[1])]).to.deep.equal([name, true]);
      expect(script).to.contain(`say_output ${name} `);
    }
    const env = action.runs.steps.flatMap((step) => Object.keys(step.env ?? {}));
    for (const name of env) expect(script).to.contain(`\${${name}:-`);
  });

  it('the project’s own workflow uses its own action, for everything and for a change', () => {
    const workflow = readYaml(readFile('.github/workflows/ci.yml')) as Workflow;
    const jobs = Object.values(workflow.jobs);
    for (const job of jobs) {
      expect(job['timeout-minutes']).to.be.at.most(20);
      expectSteps(job.steps, false);
    }
    const own = jobs.flatMap((job) => job.steps).filter((step) => step.uses === './');
    const action = readYaml(readFile('action.yml')) as ActionFile;
    expect(own.map((step) => (step.with as { command: string }).command)).to.deep.equal(['verify', 'gate']);
    for (const step of own) expect(action.inputs).to.include.keys(Object.keys(step.with as object));
  });

  it('installs on its own machines what setup.sh would install', () => {
    const packages =
      /^ {2}PACKAGES: (.+)$/m.exec(readFile('.github/workflows/ci.yml'))?.[1]?.split(' ') ?? [];
    const script = readFile('setup.sh');
    for (const name of packages)
      expect(script.replaceAll('$clang', '19'), name).to.match(
        new RegExp(`echo "?${name.replaceAll('+', '\\+')}"?$`, 'm'),
      );
  });

  it('the hooks of pre-commit start a script that is there and can be executed', () => {
    const hooks = readYaml(readFile('.pre-commit-hooks.yaml')) as Record<string, unknown>[];
    expect(hooks.map((hook) => hook.id)).to.deep.equal(['workbench-check', 'workbench-gate']);
    for (const hook of hooks) {
      const [file = ''] = String(hook.entry).split(' ');
      expect(spawnSync('test', ['-x', join(REPOSITORY, file)]).status, file).to.equal(0);
      expect([hook.language, hook.pass_filenames]).to.deep.equal(['script', false]);
    }
    const files = new RegExp(String(hooks[0]?.files));
    for (const path of ['a b/Foo.tla', 'Foo_1.cfg', 'specs/A/manifest.json', 'workbench.json'])
      expect(files.test(path), path).to.equal(true);
    for (const path of ['a.json', 'x/Foo.tlaps', 'the-manifest.json'])
      expect(files.test(path), path).to.equal(false);
  });

  it('what is open stops no commit, what is wrong does, and git’s own variables stay behind', () => {
    const folder = mkdtempSync(join(tmpdir(), 'workbench pre-commit '));
    cpSync(join(REPOSITORY, 'action'), join(folder, 'action'), { recursive: true });
    mkdirSync(join(folder, 'dist'));
    writeFileSync(join(folder, 'setup.sh'), 'echo set up\n');
    const stub =
      'console.log(process.argv.slice(2).join(), process.env.GIT_DIR); process.exitCode = +process.env.CODE;';
    writeFileSync(join(folder, 'dist', 'cli.js'), stub);
    for (const [code, exit] of [
      ['0', 0],
      ['1', 1],
      ['2', 2],
      ['3', 3],
      ['4', 0],
    ] as const) {
      const env = { PATH: process.env.PATH, CODE: code, GIT_DIR: '/nowhere' };
      const args = [join(folder, 'action', 'pre-commit.sh'), 'check', '--quiet'];
      const { status, stdout, stderr } = spawnSync('sh', args, { env, encoding: 'utf8' });
      expect([status, stdout], stderr).to.deep.equal([exit, 'check,--quiet undefined\n']);
      expect(stderr.includes('something is open'), code).to.equal(code === '4');
    }
    rmSync(folder, { recursive: true });
  });

  it('the workflow of init is one, with npm or an action, at the top or in a folder', () => {
    const choice = { package: 'tla-workbench@0.1.0', installed: false, folder: '' };
    for (const [more, uses] of [
      [
        {},
        [
          'npm install --no-save --no-audit --no-fund tla-workbench@0.1.0',
          'npx --no-install workbench verify',
        ],
      ],
      [{ installed: true, folder: 'sub folder' }, ['npm ci', "working-directory: 'sub folder'"]],
      [
        { action: 'them/workbench@v1', folder: "it's" },
        ['uses: them/workbench@v1', "working-directory: 'it''s'"],
      ],
    ] as const) {
      const text = workflowText({ ...choice, ...more });
      const workflow = readYaml(text) as Workflow;
      const [job] = Object.values(workflow.jobs);
      expect(workflow.permissions).to.deep.equal({ contents: 'read' });
      expectSteps(job?.steps ?? [], false);
      for (const part of uses) expect(text).to.contain(part);
    }
    expect(WORKFLOW_FILE).to.match(/^\.github\/workflows\/.+\.yml$/);
  });
});
