import { expect } from 'chai';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Problem } from '../../src/domain/problem.js';
import { findJavaTool, javaEnvironment, locateJava, readMajor } from '../../src/engine/java.js';

describe('engine/java', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jävä '));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  /** A java that is a shell script; each start of it is counted in a file. */
  async function fakeHome(script: string): Promise<NodeJS.ProcessEnv> {
    const java = join(folder, 'bin', 'java');
    await mkdir(join(folder, 'bin'), { recursive: true });
    await writeFile(java, `#!/bin/sh\necho start >>"${join(folder, 'starts')}"\n${script}\n`);
    await chmod(java, 0o755);
    return { JAVA_HOME: folder, PATH: '/usr/bin:/bin' };
  }

  const locate = async (env: NodeJS.ProcessEnv): Promise<unknown> =>
    locateJava(join(folder, 'cache'), env).catch((error: unknown) => error);

  it('the real java tells its version', async () => {
    const java = await locateJava(join(folder, 'cache'));
    expect(java.major).to.be.at.least(11);
  });

  it('no java is JAVA-MISSING with exit code 3 and a hint', async () => {
    const failure = await locate({ PATH: folder });
    expect(failure).to.be.instanceOf(Problem).and.include({ code: 'JAVA-MISSING', exit: 3 });
    expect((failure as Problem).hint).to.contain('JAVA_HOME');
  });

  it('a java that prints nothing is JAVA-SILENT, whatever it exits with', async () => {
    for (const exit of [0, 1]) {
      const failure = await locate(await fakeHome(`exit ${exit}`));
      expect(failure).to.be.instanceOf(Problem).and.include({ code: 'JAVA-SILENT', exit: 3 });
    }
  });

  it('a java that tells a version and exits 1 is not used', async () => {
    const failure = await locate(await fakeHome(`echo 'openjdk version "17.0.1"' >&2; exit 1`));
    expect(failure).to.be.instanceOf(Problem).and.include({ code: 'JAVA-MISSING' });
  });

  it('Java 8 is too old', async () => {
    const failure = await locate(await fakeHome(`echo 'java version "1.8.0_442"' >&2`));
    expect(failure).to.be.instanceOf(Problem).and.include({ code: 'JAVA-TOO-OLD', exit: 3 });
  });

  it('a known java is not started again, a changed one is', async () => {
    const env = await fakeHome(`echo 'openjdk version "17.0.1"' >&2`);
    expect(await locate(env)).to.include({ version: '17.0.1', major: 17 });
    expect(await locate(env)).to.include({ version: '17.0.1' });
    expect(await readFile(join(folder, 'starts'), 'utf8')).to.equal('start\n');
    await fakeHome(`echo 'openjdk version "21.0.2"' >&2`);
    expect(await locate(env)).to.include({ version: '21.0.2', major: 21 });
  });

  it('JAVA_HOME wins over PATH, and a JAVA_HOME without java does not hide the one on PATH', async () => {
    const env = await fakeHome('exit 0');
    expect(findJavaTool('java', env)).to.equal(join(folder, 'bin', 'java'));
    const other = { JAVA_HOME: '/nowhere', PATH: join(folder, 'bin') };
    expect(findJavaTool('java', other)).to.equal(join(folder, 'bin', 'java'));
  });

  it('variables that change every JVM do not reach ours', () => {
    const env = javaEnvironment({
      ...{
        JAVA_TOOL_OPTIONS: '-Xmx1m',
        JDK_JAVA_OPTIONS: '-x',
        _JAVA_OPTIONS: '-y',
        CLASSPATH: '/x',
        HOME: '/h',
      },
    });
    expect(env).to.deep.equal({ HOME: '/h', LC_ALL: 'C.UTF-8', LANGUAGE: 'en' });
  });

  it('versions of every style are read', () => {
    expect(['17.0.15', '1.8.0_442', '24-ea', '11', '9.0.1'].map(readMajor)).to.deep.equal([17, 8, 24, 11, 9]);
  });
});
