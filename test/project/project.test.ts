import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { Problem } from '../../src/domain/problem.js';
import { findRoot, loadProject, readProject } from '../../src/project/project.js';

describe('a project', () => {
  let folder: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'workbench root ')));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const write = (text: string): void => {
    writeFileSync(join(folder, 'workbench.json'), text);
  };
  const messages = (): string[] => readProject(folder).problems.map((p) => `${p.code} ${p.message}`);

  it('has its root where workbench.json is, even below a folder with .git', () => {
    mkdirSync(join(folder, 'inner/specs/deep'), { recursive: true });
    mkdirSync(join(folder, 'inner/.git'));
    write('{}');
    expect(findRoot(join(folder, 'inner/specs/deep'))).to.equal(folder);
  });

  it('has its root at the nearest .git or specs folder where there is no workbench.json', () => {
    mkdirSync(join(folder, 'a/specs/M'), { recursive: true });
    expect(findRoot(join(folder, 'a/specs/M'))).to.equal(join(folder, 'a'));
    mkdirSync(join(folder, 'a/specs/M/.git'));
    expect(findRoot(join(folder, 'a/specs/M'))).to.equal(join(folder, 'a/specs/M'));
  });

  it('has defaults for everything when there is no workbench.json', () => {
    expect(loadProject(folder)).to.deep.equal({
      root: folder,
      configured: false,
      specs: 'specs',
      moduleFolders: [],
      leftOut: [],
      assumptions: [],
      requiredRung: 1,
      budgets: {},
      gate: {},
    });
  });

  it('takes its values from workbench.json, the smoke tests beside the native root', () => {
    write('{"specs": "models", "native": {"root": "native", "covered": ["native/fix"]}, "requiredRung": 3}');
    const project = loadProject(folder);
    expect([project.specs, project.requiredRung]).to.deep.equal(['models', 3]);
    expect(project.native?.smoke).to.equal('native/smoke/tests.json');
  });

  it('with broken JSON is refused with line and column', () => {
    write('{\n  "specs": "specs",\n  oops\n}\n');
    expect(messages()).to.deep.equal([
      'PROJECT-JSON workbench.json:3:3: is not JSON: expected a key in double quotes, found "o"',
    ]);
    expect(() => loadProject(folder)).to.throw(Problem);
  });

  it('with a key that stands twice is refused, where JSON.parse keeps the last in silence', () => {
    write('{"specs": "a",\n "specs": "b"}');
    expect(messages()[0]).to.match(/^PROJECT-JSON workbench\.json:2:2: .*"specs" stands twice/);
  });

  it('with a wrong key is refused with line, path, the known keys and the nearest one', () => {
    write('{\n "budgets": {\n  "job": 2\n }\n}');
    const problem = readProject(folder).problems[0]!;
    expect(problem.message).to.match(
      /^workbench\.json:3: budgets\.job: unknown key, expected one of jobs, memoryMb,/,
    );
    expect(problem.hint).to.equal('did you mean jobs?');
  });

  it('with a value of the wrong kind or a missing one is refused with what was expected', () => {
    write('{"requiredRung": "two",\n "native": {"root": "native"}}');
    expect(messages()[0]).to.contain('requiredRung: expected number, received string');
    expect(messages()[1]).to.contain('workbench.json:2: native.covered: is missing, expected array');
  });

  it('whose folders lead out of the repository is refused', () => {
    write('{"specs": "../other", "native": {"root": "/etc", "covered": []}}');
    expect(messages()).to.have.length(3);
    expect(messages()[0]).to.equal(
      'PATH-OUTSIDE workbench.json: specs: ../other leads out of the repository',
    );
  });

  it('may leave out a link that leads out of the repository, since that is never read, and no path that does', () => {
    symlinkSync('/etc/hostname', join(folder, 'out.cfg'));
    write('{"leftOut": [{"path": "out.cfg", "reason": "a link"}]}');
    expect(messages()).to.deep.equal([]);
    write('{"leftOut": [{"path": "../out.cfg", "reason": "elsewhere"}]}');
    expect(messages()).to.deep.equal([
      'PATH-OUTSIDE workbench.json: leftOut[0].path: ../out.cfg leads out of the repository',
    ]);
  });

  it('with one assumption id twice is refused', () => {
    const a = { id: 'A-X', statement: 's', believed: 'b', monitored: 'm' };
    write(JSON.stringify({ assumptions: [a, a] }));
    expect(messages()[0]).to.match(/^ASSUMPTION-TWICE .*A-X/);
  });
});
