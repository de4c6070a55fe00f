/** Makes the records that the tests of reports read: npx tsx test/report/refresh-records.ts, after a build. */
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RunRecord } from '../../src/domain/run-record.js';
import { canonicalJson, sha256 } from '../../src/host/files.js';
import { makeWorkspace } from '../e2e/workspace.js';
import { ODD, ODD_CFG, ODD_LASSO_CFG, oddManifest } from './odd-module.js';

const FIXTURES = fileURLToPath(new URL('fixtures/records/', import.meta.url));

/** Command lines without the folders of the machine that ran them. */
const withoutPlaces = (record: RunRecord): RunRecord => ({
  ...record,
  models: record.models.map((run) => ({
    ...run,
    attempts: run.attempts.map((attempt) => ({
      ...attempt,
      command: attempt.command.map((word) => word.replace(/\/[^:=\s]*\//g, '/elsewhere/')),
    })),
  })),
});

async function refresh(): Promise<void> {
  const ws = await makeWorkspace('shards');
  await ws.write('specs/Odd/Odd.tla', ODD);
  await ws.write('specs/Odd/odd.cfg', ODD_CFG);
  await ws.write('specs/Odd/lasso.cfg', ODD_LASSO_CFG);
  await ws.write('specs/Odd/manifest.json', JSON.stringify(oddManifest(), null, 2));
  await rm(FIXTURES, { recursive: true, force: true });
  const keep = async (name: string, args: string[]): Promise<void> => {
    const before = new Set(await ws.runs());
    const { exit, stderr } = await ws.run([...args, '--fresh']);
    const id = (await ws.runs()).find((run) => !before.has(run)) ?? '';
    console.log(name, id, exit, exit === 2 ? stderr : '');
    const text = await readFile(join(ws.root, 'runs', id, 'run.json'), 'utf8');
    const { hash: _old, ...record } = withoutPlaces(JSON.parse(text) as RunRecord);
    const clean = canonicalJson(record);
    const folder = join(FIXTURES, name);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'run.json'), `${clean.slice(0, -1)},"hash":"${sha256(clean)}"}\n`);
    await cp(join(ws.root, 'runs', id, 'sources.json'), join(folder, 'sources.json'));
  };
  await keep('check-locks', ['check', 'Locks']);
  await keep('check-odd', ['check', 'Odd']);
  await keep('check-one', ['check', 'specs/Locks/no-lock.cfg']);
  await keep('short', ['check', 'Locks', '--timeout', '0.05']);
  await keep('verify', ['verify']);
  await ws.edit('specs/Locks/Locks.tla', (text) =>
    text.replace('TypeOK == rounds \\in 0..Rounds', 'TypeOK == rounds \\in 0..(Rounds - 1)'),
  );
  await keep('check-edited', ['check', 'Locks']);
  await ws.remove();
}

if (process.argv[1]?.endsWith('refresh-records.ts') === true) await refresh();
